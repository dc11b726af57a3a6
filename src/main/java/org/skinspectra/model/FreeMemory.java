package org.skinspectra.model;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory this process can still take. */
final class FreeMemory {

  private static final Path MEMINFO = Path.of("/proc/meminfo");

  private FreeMemory() {}

  /** Bytes of physical memory that can be had outside the Java heap. */
  static long nativeBytes() {
    long free =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getFreeMemorySize()
            : Long.MAX_VALUE;
    return Math.max(free, availableOnLinux());
  }

  /** Bytes that can still be allocated on the Java heap. */
  static long heapBytes() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
  }

  /**
   * Linux counts file caches as used, though it gives them back on demand; its own estimate of what
   * is available includes them. A container's limit is smaller and is then what counts.
   */
  private static long availableOnLinux() {
    if (!Files.isReadable(MEMINFO)) {
      return 0;
    }
    try (var lines = Files.lines(MEMINFO)) {
      long available =
          lines
              .filter(line -> line.startsWith("MemAvailable:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
              .findFirst()
              .orElse(0);
      return Math.min(available, containerLimit());
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  private static long containerLimit() throws IOException {
    Path limit = Path.of("/sys/fs/cgroup/memory.max");
    Path used = Path.of("/sys/fs/cgroup/memory.current");
    if (!Files.isReadable(limit) || !Files.isReadable(used)) {
      return Long.MAX_VALUE;
    }
    String max = Files.readString(limit).trim();
    return max.equals("max")
        ? Long.MAX_VALUE
        : Long.parseLong(max) - Long.parseLong(Files.readString(used).trim());
  }
}

package org.skinspectra.model;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skinspectra.SkinSpectraException;

/** How much memory this process can still take. */
public final class FreeMemory {

  /**
   * Largest amount of memory that a reconstruction may take for its maps, such as {@code 4g}; what
   * does not fit is kept in temporary files. Without it, what is free.
   */
  public static final String PROPERTY = "skinspectra.memory";

  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([kmgKMG]?)");

  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final Path CGROUP = Path.of("/sys/fs/cgroup");
  private static final Path CGROUP_V1 = CGROUP.resolve("memory");

  private FreeMemory() {}

  /**
   * Bytes of physical memory that can be had outside the Java heap; never more than {@link
   * #PROPERTY} allows.
   *
   * @throws SkinSpectraException if that is no size
   */
  public static long nativeBytes() {
    return Math.min(freeOfMachine(), limit(System.getProperty(PROPERTY)));
  }

  /** A size as Java's own options have it: {@code 1500m}, {@code 4g}, or bytes. */
  static long limit(String text) {
    if (text == null || text.isBlank()) {
      return Long.MAX_VALUE;
    }
    Matcher size = SIZE.matcher(text.trim());
    if (!size.matches()) {
      throw new SkinSpectraException(
          "-D%s=%s is no size of memory; give one such as 1500m or 4g.".formatted(PROPERTY, text));
    }
    int shift =
        size.group(2).isEmpty()
            ? 0
            : 10 * (" kmg".indexOf(Character.toLowerCase(size.group(2).charAt(0))));
    return Long.parseLong(size.group(1)) << shift;
  }

  private static long freeOfMachine() {
    try {
      if (Files.isReadable(MEMINFO)) {
        return Math.min(
            available(MEMINFO), Math.min(freeInContainer(CGROUP), freeInContainer(CGROUP_V1)));
      }
    } catch (IOException | NumberFormatException e) {
      // Java's own figure serves, though it is lower by the file caches.
    }
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? freeOf(system)
        : Long.MAX_VALUE;
  }

  private static long freeOf(OperatingSystemMXBean system) {
    // What macOS counts as free is close to nothing at all times: it leaves out all that it would
    // give back on demand, and says nowhere how much that is.
    return System.getProperty("os.name").startsWith("Mac")
        ? system.getTotalMemorySize()
        : system.getFreeMemorySize();
  }

  /** Bytes that can still be allocated on the Java heap. */
  public static long heapBytes() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
  }

  /** Linux' own estimate, which includes the file caches that it gives back on demand. */
  private static long available(Path meminfo) throws IOException {
    return field(meminfo, "MemAvailable:") * 1024;
  }

  /**
   * What the memory limit of a container leaves, caches of files it no longer uses included;
   * without a limit, more than any machine has. Files are those of Linux' cgroup v2 or v1.
   */
  static long freeInContainer(Path cgroup) throws IOException {
    boolean v2 = Files.isReadable(cgroup.resolve("memory.max"));
    Path limit = cgroup.resolve(v2 ? "memory.max" : "memory.limit_in_bytes");
    Path used = cgroup.resolve(v2 ? "memory.current" : "memory.usage_in_bytes");
    if (!Files.isReadable(limit) || !Files.isReadable(used)) {
      return Long.MAX_VALUE;
    }
    String max = Files.readString(limit).trim();
    if (max.equals("max")) {
      return Long.MAX_VALUE;
    }
    long caches =
        field(cgroup.resolve("memory.stat"), v2 ? "inactive_file" : "total_inactive_file");
    return Long.parseLong(max) - Long.parseLong(Files.readString(used).trim()) + caches;
  }

  /** The number in the line that starts with {@code name}. */
  private static long field(Path file, String name) throws IOException {
    for (String line : Files.readAllLines(file)) {
      String[] words = line.trim().split("\\s+");
      if (words.length > 1 && words[0].equals(name)) {
        return Long.parseLong(words[1]);
      }
    }
    throw new IOException("There is no " + name + " in " + file);
  }
}

package org.skinspectra.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.skinspectra.SoftwareVersion;

/**
 * The computer that was measured.
 *
 * @param processor its name, as the system has it
 * @param instructions those that matter here and that it has, such as {@code avx512f}
 * @param cores that this process may use
 * @param memoryBytes of the machine, or of the container
 * @param heapBytes at most of a Java process
 */
public record Machine(
    String processor,
    List<String> instructions,
    int cores,
    long memoryBytes,
    long heapBytes,
    String system,
    String java,
    String software,
    LocalDate date) {

  private static final Path CPU = Path.of("/proc/cpuinfo");
  private static final Path STATUS = Path.of("/proc/self/status");

  private static final List<String> INSTRUCTIONS =
      List.of("avx", "avx2", "fma", "avx512f", "avx512_bf16", "amx_bf16");

  public Machine {
    instructions = List.copyOf(instructions);
  }

  /** This one, today. */
  public static Machine here() {
    List<String> cpu = lines(CPU);
    List<String> flags = List.of(value(cpu, "flags").orElse("").split(" "));
    return new Machine(
        value(cpu, "model name").orElse(System.getProperty("os.arch")),
        INSTRUCTIONS.stream().filter(flags::contains).toList(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : 0,
        Runtime.getRuntime().maxMemory(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ")",
        "skin-spectra " + SoftwareVersion.text(),
        LocalDate.now());
  }

  /** For people: what, and its value. */
  public Map<String, String> described() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("processor", processor);
    all.put("instructions", String.join(" ", instructions));
    all.put("cores", Integer.toString(cores));
    all.put("memory", "%d MiB".formatted(memoryBytes >> 20));
    all.put("Java heap at most", "%d MiB".formatted(heapBytes >> 20));
    all.put("system", system);
    all.put("Java", java);
    all.put("software", software);
    all.put("date", date.toString());
    return all;
  }

  /** The most memory that this process has had resident, in bytes; empty where only Linux tells. */
  static OptionalLong peakResidentBytes() {
    return peak(lines(STATUS));
  }

  static OptionalLong peak(List<String> status) {
    return value(status, "VmHWM")
        .filter(text -> text.matches("\\d{1,15} kB"))
        .map(text -> OptionalLong.of(1024 * Long.parseLong(text.replace(" kB", ""))))
        .orElse(OptionalLong.empty());
  }

  /** The first value of a name in lines such as {@code name : value}. */
  static Optional<String> value(List<String> lines, String name) {
    return lines.stream()
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2 && parts[0].strip().equals(name))
        .map(parts -> parts[1].strip())
        .findFirst();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isReadable(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }
}

package org.skinspectra.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SoftwareVersion;
import org.skinspectra.camera.MicroManagerVersions;
import org.skinspectra.model.Devices;
import org.skinspectra.model.Models;

/**
 * What this program runs on, as text to send to somebody who shall help: versions, processor,
 * memory, devices, GPU libraries, Micro-Manager and models. What fails is part of it.
 */
public final class Diagnostics {

  /** What TensorFlow 2.18's build for NVIDIA GPUs loads, with CUDA 12.5 and cuDNN 9.3. */
  private static final List<String> GPU_LIBRARIES =
      List.of(
          "libcuda.so.1",
          "libcudart.so.12",
          "libcublas.so.12",
          "libcublasLt.so.12",
          "libcufft.so.11",
          "libcusolver.so.11",
          "libcusparse.so.12",
          "libcudnn.so.9",
          "libcupti.so.12",
          "libnccl.so.2");

  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final int MOST_MODELS = 50;
  private static final double GIB = 1L << 30;

  private Diagnostics() {}

  /**
   * Tries everything and writes down what was seen. The first use of TensorFlow takes seconds.
   *
   * @param microManager folder of an installation to look at
   */
  public static String text(Optional<Path> microManager) {
    return String.join(
        "\n",
        section("Skin Spectra " + SoftwareVersion.text(), system()),
        section("Processor and memory", processor() + memory()),
        section("TensorFlow", attempt(Diagnostics::tensorFlow)),
        section("GPU libraries", gpuLibraries()),
        section("Micro-Manager", microManager(microManager)),
        section("Models", attempt(Diagnostics::models)));
  }

  private static String section(String title, String content) {
    return title + "\n" + "-".repeat(title.length()) + "\n" + content;
  }

  private static String attempt(Supplier<String> part) {
    try {
      return part.get();
    } catch (SkinSpectraException e) {
      return "failed: " + e.getMessage() + "\n";
    }
  }

  private static String system() {
    return "Java %s (%s), %s%n%s %s, %s%n"
        .formatted(
            Runtime.version(),
            System.getProperty("java.vendor"),
            System.getProperty("java.home"),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch"));
  }

  private static String processor() {
    return "%d processors; vector instructions: %s%n"
        .formatted(Runtime.getRuntime().availableProcessors(), vectorInstructions(CPUINFO));
  }

  /**
   * Which of the instructions that TensorFlow uses the processor has; it does not start without
   * AVX.
   *
   * @param cpuinfo as Linux tells it; need not exist
   */
  static String vectorInstructions(Path cpuinfo) {
    try (Stream<String> lines = Files.lines(cpuinfo)) {
      List<String> flags =
          lines
              .filter(line -> line.startsWith("flags"))
              .findFirst()
              .map(line -> List.of(line.replaceFirst(".*:", "").strip().split("\\s+")))
              .orElse(List.of());
      if (flags.isEmpty()) {
        return "not known on this processor (" + System.getProperty("os.arch") + ")";
      }
      List<String> found =
          Stream.of("avx", "avx2", "fma", "avx512f").filter(flags::contains).toList();
      return found.isEmpty()
          ? "no AVX; TensorFlow does not run here"
          : String.join(", ", found).toUpperCase(Locale.ROOT);
    } catch (IOException | RuntimeException e) {
      return "not known on this system";
    }
  }

  private static String memory() {
    Runtime java = Runtime.getRuntime();
    String heap =
        String.format(
            Locale.ROOT,
            "Java heap: %.2f GiB used of at most %.2f GiB%n",
            (java.totalMemory() - java.freeMemory()) / GIB,
            java.maxMemory() / GIB);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      return heap
          + String.format(
              Locale.ROOT,
              "Memory: %.2f GiB free of %.2f GiB%n",
              system.getFreeMemorySize() / GIB,
              system.getTotalMemorySize() / GIB);
    }
    return heap;
  }

  private static String tensorFlow() {
    StringBuilder text =
        new StringBuilder(
            "TensorFlow %s from %s\n"
                .formatted(Devices.tensorFlowVersion(), Devices.tensorFlowSource()));
    for (Devices.Status device : Devices.probe()) {
      text.append(device.name())
          .append(device.usable() ? ", usable: " : ", not usable: ")
          .append(device.detail())
          .append('\n');
    }
    return text.toString();
  }

  private static String gpuLibraries() {
    if (!System.getProperty("os.name").startsWith("Linux")) {
      return "TensorFlow for Java uses GPUs on Linux only.\n";
    }
    return gpuLibraries(SharedLibraries.ofThisSystem())
        + "LD_LIBRARY_PATH: "
        + Optional.ofNullable(System.getenv("LD_LIBRARY_PATH")).orElse("not set")
        + "\n";
  }

  static String gpuLibraries(SharedLibraries libraries) {
    TextTable table = TextTable.of("library", "in LD_LIBRARY_PATH or the linker's folders");
    for (String name : GPU_LIBRARIES) {
      table = table.with(name, libraries.find(name).map(Path::toString).orElse("missing"));
    }
    return table.text();
  }

  private static String microManager(Optional<Path> folder) {
    String loaded = MicroManagerVersions.loaded();
    return "In this program: "
        + (loaded.isEmpty() ? "not loaded" : loaded)
        + "\n"
        + (MicroManagerVersions.isStudioRunning() ? "Micro-Manager Studio is running\n" : "")
        + folder
            .map(f -> "Installed: " + attempt(() -> MicroManagerVersions.installed(f) + "\n"))
            .orElse("");
  }

  private static String models() {
    TextTable table = TextTable.of("model", "id (SHA-256)", "file");
    for (String name : List.of(Models.DEFAULT, Models.WIENER)) {
      table = table.with(name, id(name), "built in");
    }
    for (Path file : Models.inFolder().stream().limit(MOST_MODELS).toList()) {
      table = table.with(file.getFileName(), id(file.toString()), file);
    }
    return "Folder: " + Models.folder().map(Path::toString).orElse("none") + "\n" + table.text();
  }

  private static String id(String model) {
    return attempt(() -> Models.weights(model).id()).strip();
  }
}

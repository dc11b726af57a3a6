package org.skinspectra.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skinspectra.SkinSpectraException;

/**
 * Refuses processors that TensorFlow's native library would end Java on: its builds for x86_64 use
 * AVX from their first instructions.
 *
 * @param architecture as Java names it
 * @param cpuinfo Linux' description of the processors; where there is none, nothing is known
 */
record ProcessorCheck(String architecture, Path cpuinfo) {

  static final ProcessorCheck OF_THIS_COMPUTER =
      new ProcessorCheck(System.getProperty("os.arch", ""), Path.of("/proc/cpuinfo"));

  /** Whether the processor has AVX; empty where that is not known or means nothing. */
  Optional<Boolean> avx() {
    if (!List.of("amd64", "x86_64").contains(architecture.toLowerCase(Locale.ROOT))) {
      return Optional.empty();
    }
    try (var lines = Files.lines(cpuinfo)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> Arrays.asList(line.split("\\s+")).contains("avx"));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /**
   * @throws SkinSpectraException if the processor is known to lack AVX
   */
  void check() {
    if (avx().equals(Optional.of(false))) {
      throw new SkinSpectraException(
          "This computer's processor has no AVX instructions ("
              + cpuinfo
              + " lists none), without which TensorFlow would end Java at once. Use the model"
              + " 'wiener', which needs no TensorFlow, or another computer; a virtual machine may"
              + " have to be told to pass the processor's features on.");
    }
  }
}

package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/** Opens a cube of 1024x1024x61 doubles, 512 MB, in a process of its own. */
class MatlabMemoryIT {

  private static final int SIDE = 1024;
  private static final int BANDS = 61;

  @TempDir Path folder;

  /** Values that take no memory: band + 0.5. */
  private record Even(int width, int height, int bands) implements CubeSource {
    @Override
    public void readBands(int first, float[][] planes) {
      for (int i = 0; i < planes.length; i++) {
        Arrays.fill(planes[i], first + i + 0.5f);
      }
    }
  }

  /** Opens a small file, then a large one, and prints what that took: seconds and bytes. */
  public static final class Reader {
    public static void main(String[] args) throws IOException {
      CubeFiles.readCube(Path.of(args[0]));
      long before = memory("VmRSS");
      long start = System.nanoTime();
      SpectralCube cube = CubeFiles.readCube(Path.of(args[1]));
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.println(seconds + " " + (memory("VmHWM") - before) + " " + cube.plane(60)[7]);
    }

    private static long memory(String key) throws IOException {
      String line =
          Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(text -> text.startsWith(key))
              .findFirst()
              .orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) << 10;
    }
  }

  @ParameterizedTest
  @CsvSource({"MATLAB 7.3", "MATLAB 5"})
  void aLargeCubeTakesLittleMoreMemoryThanItsFloats(String format) throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "there is no /proc to read memory from");
    assumeTrue(
        Files.getFileStore(folder).getUsableSpace() > 2L << 30, "there are no 2 GiB free on disk");
    Path small = folder.resolve("small.mat");
    Path large = folder.resolve("large.mat");
    WriteOptions options = WriteOptions.DEFAULT.withFormat(format).withSample(SampleType.FLOAT64);
    CubeFiles.write(CubeSource.of(SpectralCube.zeros(9, 9, Wavelengths.VIS)), small, options);
    CubeFiles.write(new Even(SIDE, SIDE, BANDS), large, options);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Reader.class.getName(),
                small.toString(),
                large.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(2, TimeUnit.MINUTES));
    List<String> numbers = List.of(output.strip().split(" "));
    assertEquals(3, numbers.size(), output);
    double growth = Double.parseDouble(numbers.get(1)) / (4.0 * SIDE * SIDE * BANDS);
    System.out.printf(
        Locale.ROOT,
        "%s: %d MB opened with %.0f MB/s, memory grew by %.2f times the float32 size%n",
        format,
        Files.size(large) / 1_000_000,
        Files.size(large) / 1e6 / Double.parseDouble(numbers.get(0)),
        growth);
    assertEquals("60.5", numbers.get(2));
    assertTrue(growth <= 1.2, "memory grew by " + growth + " times the float32 size");
  }
}

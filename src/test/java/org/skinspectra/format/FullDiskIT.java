package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/** Writes to a disk of 1 MB, which only root can mount, and only on Linux. */
class FullDiskIT {

  @TempDir Path folder;

  /** Writes a cube of 2 MB to the file it is given and prints the error. */
  public static final class Writer {
    public static void main(String[] args) {
      try {
        CubeFiles.write(SpectralCube.zeros(100, 85, Wavelengths.VIS_NIR), Path.of(args[0]));
        System.out.println("written");
      } catch (SkinSpectraException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cube.hdr", "cube.tif", "cube.mat"})
  void aFullDiskIsAnErrorThatLeavesNothingBehind(String name) throws Exception {
    assumeTrue(run("mount -t tmpfs -o size=1m tmpfs " + folder).isEmpty(), "cannot mount a disk");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String output =
        run(
            "mount -t tmpfs -o size=1m tmpfs '%s' && '%s' -Djava.awt.headless=true -cp '%s' '%s' '%s' && find '%s' -type f"
                .formatted(
                    folder,
                    java,
                    System.getProperty("java.class.path"),
                    Writer.class.getName(),
                    folder.resolve(name),
                    folder));
    assertTrue(output.startsWith("Cannot write " + folder), output);
    assertTrue(output.contains("No space left on device"), output);
    assertEquals(1, output.lines().count(), output);
  }

  /** Output of a shell command in a mount namespace of its own, which ends with it. */
  private static String run(String command) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder("unshare", "-m", "sh", "-c", command)
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      return "there is no unshare: " + e.getMessage();
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    return output.strip();
  }
}

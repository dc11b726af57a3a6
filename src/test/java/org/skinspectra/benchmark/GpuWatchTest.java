package org.skinspectra.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuWatchTest {

  @Test
  void theFullestGpuCountsInMebibytes() {
    assertEquals(OptionalLong.of(2048L << 20), GpuWatch.largest("17\n 2048 \n3\n"));
    assertEquals(OptionalLong.empty(), GpuWatch.largest("[N/A]\n"));
    assertEquals(OptionalLong.empty(), GpuWatch.largest(""));
  }

  @Test
  void thePeakOfSeveralLooksStays(@TempDir Path folder) throws IOException {
    GpuWatch watch = new GpuWatch(script(folder, "cat " + folder.resolve("used")).toString());
    assertEquals(OptionalLong.empty(), watch.peakBytes());
    for (String used : new String[] {"100", "900", "300"}) {
      Files.writeString(folder.resolve("used"), used);
      watch.run();
    }
    assertEquals(OptionalLong.of(900L << 20), watch.peakBytes());
  }

  @Test
  void aProgramThatFailsOrIsMissingTellsNothing(@TempDir Path folder) throws IOException {
    GpuWatch failing = new GpuWatch(script(folder, "echo 5; exit 9").toString());
    failing.run();
    assertEquals(OptionalLong.empty(), failing.peakBytes());
    GpuWatch missing = new GpuWatch(folder.resolve("missing").toString());
    missing.run();
    missing.run();
    assertEquals(OptionalLong.empty(), missing.peakBytes());
    assertEquals(Optional.empty(), missing.describe());
  }

  @Test
  void theGpusAreNamed(@TempDir Path folder) throws IOException {
    String name = "NVIDIA A10, 550.54, 23028";
    GpuWatch watch = new GpuWatch(script(folder, "echo '" + name + "'").toString());
    assertEquals(Optional.of(name), watch.describe());
  }

  private static Path script(Path folder, String line) throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "There is no /bin/sh here.");
    Path script = Files.writeString(folder.resolve("nvidia-smi"), "#!/bin/sh\n" + line + "\n");
    assertTrue(script.toFile().setExecutable(true));
    return script;
  }
}

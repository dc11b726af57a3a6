package org.skinspectra.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.cube.Msi;
import org.skinspectra.format.CubeFiles;

class InterruptedReconstructionIT {

  private static final int SIDE = 640;

  @TempDir Path folder;

  @Test
  void endsAfterThePresentStepWithoutACrashOrAnyFile() throws IOException, InterruptedException {
    Assumptions.assumeFalse(
        System.getProperty("os.name").startsWith("Windows"),
        "Windows ends a process without asking it.");
    float[] pixels = new float[SIDE * SIDE * 4];
    Arrays.fill(pixels, 0.4f);
    Path msi = folder.resolve("msi.tif");
    CubeFiles.write(new Msi(SIDE, SIDE, 4, pixels), msi);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SkinSpectraCli.class.getName(),
                "reconstruct",
                msi.toString(),
                "--device",
                "cpu",
                "--out",
                "cube.hdr")
            .directory(folder.toFile())
            .start();
    List<String> log;
    try (BufferedReader err = process.errorReader()) {
      String line = err.readLine();
      while (line != null && !line.startsWith("Model:")) {
        line = err.readLine();
      }
      TimeUnit.MILLISECONDS.sleep(500);
      // Process.destroy would close the streams that are still to be read.
      process.toHandle().destroy();
      log = err.lines().toList();
    }
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    assertEquals(128 + 15, process.exitValue(), String.join("\n", log));
    assertTrue(log.stream().anyMatch(l -> l.contains("canceled; nothing was written")), "" + log);
    try (var files = Files.list(folder)) {
      assertEquals(List.of(msi), files.toList());
    }
  }
}

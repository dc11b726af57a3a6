package org.skinspectra.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.cube.Msi;
import org.skinspectra.format.CubeFiles;

class InterruptedBatchIT {

  private static final int SIDE = 256;
  private static final int IMAGES = 8;

  @TempDir Path folder;

  private Process start(String output) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SkinSpectraCli.class.getName(),
                "batch",
                "in",
                "out",
                "--device",
                "cpu",
                "--threads",
                "3"));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectOutput(folder.resolve(output).toFile())
        .redirectErrorStream(true)
        .start();
  }

  private List<String> cubes() throws IOException {
    Path out = folder.resolve("out");
    if (!Files.isDirectory(out)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(out)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("batch.jsonl") && !name.equals("reconstructions.csv"))
          .toList();
    }
  }

  @Test
  void keepsWholeCubesAndNothingElseAndTheNextRunDoesTheRest()
      throws IOException, InterruptedException {
    Assumptions.assumeFalse(
        System.getProperty("os.name").startsWith("Windows"),
        "Windows ends a process without asking it.");
    float[] pixels = new float[SIDE * SIDE * 4];
    for (int i = 0; i < IMAGES; i++) {
      Arrays.fill(pixels, 0.1f + 0.1f * i);
      CubeFiles.write(new Msi(SIDE, SIDE, 4, pixels), folder.resolve("in/" + i + ".tif"));
    }
    Process process = start("first");
    while (process.isAlive() && cubes().stream().noneMatch(name -> name.endsWith(".tif"))) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    process.toHandle().destroy();
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    String first = Files.readString(folder.resolve("first"));
    assertEquals(128 + 15, process.exitValue(), first);
    assertTrue(first.contains("cubes are done and stay"), first);
    List<String> kept = cubes();
    assertTrue(kept.stream().allMatch(name -> name.endsWith("-spectra.tif")), kept.toString());
    for (String cube : kept) {
      assertEquals(61, CubeFiles.readCube(folder.resolve("out").resolve(cube)).bands());
    }
    Process second = start("second");
    assertTrue(second.waitFor(2, TimeUnit.MINUTES));
    String text = Files.readString(folder.resolve("second"));
    assertEquals(0, second.exitValue(), text);
    assertTrue(
        text.contains(
            "%d cubes done, %d done before, 0 failed".formatted(IMAGES - kept.size(), kept.size())),
        text);
  }
}

package org.skinspectra;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptedWriteIT {

  @TempDir Path folder;

  /** Writes half of a file, says so and waits to be stopped. */
  public static final class Writer {
    public static void main(String[] args) {
      WholeFile.write(
          Path.of(args[0]),
          temporary -> {
            Files.writeString(temporary, "half");
            System.out.println("writing");
            try {
              TimeUnit.MINUTES.sleep(1);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
  }

  @Test
  void aProgramStoppedWhileItWritesLeavesNothingBehind() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.resolve("file").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertEquals("writing", process.inputReader().readLine());
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
    process.destroy();
    process.waitFor(1, TimeUnit.MINUTES);
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }
}

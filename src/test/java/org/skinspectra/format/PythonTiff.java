package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs Python with the TIFF libraries of others, where they are installed. */
final class PythonTiff {

  private static final String PYTHON = "/usr/bin/python3";

  private PythonTiff() {}

  /** Skips the test, saying why, where a module is missing. */
  static void requireModules(String... modules) throws Exception {
    boolean there =
        Files.isExecutable(Path.of(PYTHON))
            && exitCode("import " + String.join(", ", modules)) == 0;
    if (!there) {
      System.out.println(
          "Skipped: " + PYTHON + " with " + String.join(", ", modules) + " is not installed.");
    }
    assumeTrue(there, "python3 with " + String.join(", ", modules));
  }

  private static int exitCode(String script) throws Exception {
    Process process = new ProcessBuilder(PYTHON, "-c", script).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }

  /** Runs a script and returns what it prints. */
  static String run(Path folder, String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PYTHON, "-c", script));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    assertEquals(0, process.exitValue(), output);
    return output.strip();
  }
}

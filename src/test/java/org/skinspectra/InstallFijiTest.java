package org.skinspectra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/install-fiji} used wrongly; it builds nothing then. */
class InstallFijiTest {

  private record Outcome(int code, String messages) {}

  private static final Path SCRIPT = Path.of("scripts", "install-fiji").toAbsolutePath();

  @TempDir Path folder;

  @BeforeAll
  static void needsAShell() {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/bin/bash")), "The script is one for bash, in /bin.");
    assertTrue(Files.isExecutable(SCRIPT), SCRIPT.toString());
  }

  @Test
  void withoutOneFolderItSaysHowItIsUsed() throws Exception {
    for (List<String> wrong : List.of(List.<String>of(), List.of("a", "b"), List.of("--fiji"))) {
      Outcome outcome = run(wrong);
      assertEquals(2, outcome.code());
      assertTrue(outcome.messages().contains("Usage:"), outcome.messages());
    }
    assertEquals(0, run(List.of("--help")).code());
  }

  @Test
  void aFolderThatIsNoFijiIsLeftAsItIs() throws Exception {
    Files.createDirectory(folder.resolve("plugins"));
    Outcome outcome = run(List.of(folder.toString()));
    assertEquals(1, outcome.code());
    assertTrue(outcome.messages().contains(folder + " is no Fiji"), outcome.messages());
    try (var left = Files.list(folder)) {
      assertEquals(1, left.count());
    }
  }

  @Test
  void aMissingFolderIsNamed() throws Exception {
    Path missing = folder.resolve("Fiji of Ann.app");
    Outcome outcome = run(List.of(missing.toString()));
    assertEquals(1, outcome.code());
    assertTrue(outcome.messages().contains(missing + " is no folder"), outcome.messages());
  }

  private static Outcome run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/bash", SCRIPT.toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String messages = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), messages);
  }
}

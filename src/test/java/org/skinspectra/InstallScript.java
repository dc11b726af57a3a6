package org.skinspectra;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Runs {@code scripts/install-fiji}. */
final class InstallScript {

  /** Its exit code, and what it wrote, both streams together. */
  record Outcome(int code, String messages) {}

  private static final Path SCRIPT = Path.of("scripts", "install-fiji").toAbsolutePath();

  private final Path script;
  private final List<Path> commands;

  private InstallScript(Path script, List<Path> commands) {
    this.script = script;
    this.commands = commands;
  }

  /** Skips the test where there is no shell for it. */
  static void requireShell() {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/bin/bash")), "The script is one for bash, in /bin.");
    assertTrue(Files.isExecutable(SCRIPT), SCRIPT.toString());
  }

  /** The script where it lies. */
  static InstallScript ofThisCheckout() {
    return new InstallScript(SCRIPT, List.of());
  }

  /** The script in a folder of its own, where "mvn" only gives a zip that is there. */
  static InstallScript whoseBuildGives(Path zip, Path folder) throws IOException {
    Path home = folder.resolve("a checkout");
    Path script = Files.createDirectories(home.resolve("scripts")).resolve("install-fiji");
    Files.copy(SCRIPT, script);
    Path maven = Files.createDirectory(folder.resolve("bin")).resolve("mvn");
    Files.writeString(
        maven,
        "#!/bin/bash\nln -f '%s' '%s'\n"
            .formatted(zip, home.resolve("target/skin-spectra-fiji-2.zip")));
    assertTrue(maven.toFile().setExecutable(true));
    return new InstallScript(script, List.of(maven.getParent()));
  }

  Outcome run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/bash", script.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    for (Path folder : commands) {
      builder.environment().compute("PATH", (key, path) -> folder + File.pathSeparator + path);
    }
    Process process = builder.start();
    process.getOutputStream().close();
    String messages = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), messages);
  }
}

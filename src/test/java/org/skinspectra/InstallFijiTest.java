package org.skinspectra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/install-fiji} used wrongly, and what it lays; it builds nothing here. */
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

  @Test
  void replacesItsOwnJarsAndWarnsOfOtherVersionsThatItLeaves() throws Exception {
    Path script = copyWhoseBuildMakes("jars/skin-spectra-2.jar", "jars/pickle-1.5.jar");
    Path fiji = folder.resolve("A Fiji");
    Path jars = Files.createDirectories(fiji.resolve("jars"));
    Files.createDirectory(fiji.resolve("plugins"));
    for (String name : List.of("skin-spectra-1.jar", "pickle-1.4.jar", "pickle-extra-1.jar")) {
      Files.createFile(jars.resolve(name));
    }
    Outcome outcome = run(script, List.of(fiji.toString()));
    assertEquals(0, outcome.code(), outcome.messages());
    try (var left = Files.list(jars)) {
      assertEquals(
          List.of("pickle-1.4.jar", "pickle-1.5.jar", "pickle-extra-1.jar", "skin-spectra-2.jar"),
          left.map(jar -> jar.getFileName().toString()).sorted().toList());
    }
    assertTrue(
        outcome.messages().contains("now holds pickle-1.4.jar and our pickle-1.5.jar"),
        outcome.messages());
    assertEquals(1, outcome.messages().split("warning", -1).length - 1, outcome.messages());
  }

  /** The script in a folder of its own, where "mvn" only lays a bundle with these files. */
  private Path copyWhoseBuildMakes(String... names) throws IOException {
    Path bundle = folder.resolve("bundle.zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(bundle))) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
      }
      zip.putNextEntry(new ZipEntry("lib/skin-spectra/LICENSE.txt"));
    }
    Path home = folder.resolve("a checkout");
    Path script = Files.createDirectories(home.resolve("scripts")).resolve("install-fiji");
    Files.copy(SCRIPT, script);
    Path maven = Files.createDirectory(folder.resolve("bin")).resolve("mvn");
    Files.writeString(
        maven,
        "#!/bin/bash\ncp '%s' '%s'\n"
            .formatted(bundle, home.resolve("target/skin-spectra-fiji-2.zip")));
    assertTrue(maven.toFile().setExecutable(true));
    return script;
  }

  private Outcome run(List<String> arguments) throws IOException, InterruptedException {
    return run(SCRIPT, arguments);
  }

  private Outcome run(Path script, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/bash", script.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder
        .environment()
        .compute("PATH", (key, path) -> folder.resolve("bin") + File.pathSeparator + path);
    Process process = builder.start();
    process.getOutputStream().close();
    String messages = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), messages);
  }
}

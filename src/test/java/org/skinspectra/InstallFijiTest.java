package org.skinspectra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.InstallScript.Outcome;

/** {@code scripts/install-fiji} used wrongly, and what it lays; it builds nothing here. */
class InstallFijiTest {

  @TempDir Path folder;

  @BeforeAll
  static void needsAShell() {
    InstallScript.requireShell();
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
    Path bundle = bundleOf("jars/skin-spectra-2.jar", "jars/pickle-1.5.jar");
    Path fiji = folder.resolve("A Fiji");
    Path jars = Files.createDirectories(fiji.resolve("jars"));
    Files.createDirectory(fiji.resolve("plugins"));
    for (String name : List.of("skin-spectra-1.jar", "pickle-1.4.jar", "pickle-extra-1.jar")) {
      Files.createFile(jars.resolve(name));
    }
    Outcome outcome = InstallScript.whoseBuildGives(bundle, folder).run(List.of(fiji.toString()));
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

  private Path bundleOf(String... names) throws IOException {
    Path bundle = folder.resolve("bundle.zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(bundle))) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
      }
      zip.putNextEntry(new ZipEntry("lib/skin-spectra/LICENSE.txt"));
    }
    return bundle;
  }

  private static Outcome run(List<String> arguments) throws IOException, InterruptedException {
    return InstallScript.ofThisCheckout().run(arguments);
  }
}

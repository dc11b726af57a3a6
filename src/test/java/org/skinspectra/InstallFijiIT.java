package org.skinspectra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.skinspectra.InstallScript.Outcome;

/**
 * {@code scripts/install-fiji} with the bundle that Maven laid into {@code target/fiji-bundle}, as
 * a zip, so that nothing is built a second time. What its jars do there is for {@code
 * FijiBundleIT}.
 */
class InstallFijiIT {

  private static final Path BUILD = build();
  private static final Path BUNDLE = BUILD.resolve("fiji-bundle");

  /** In target, for the bundle's 180 MB. */
  static final class InTarget implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test)
        throws IOException {
      return Files.createTempDirectory(Files.createDirectories(BUILD), "install-");
    }
  }

  @TempDir(factory = InTarget.class)
  Path folder;

  @BeforeAll
  static void needsTheBundle() {
    InstallScript.requireShell();
    Assumptions.assumeTrue(
        Files.isDirectory(BUNDLE),
        "Maven lays the bundle into target before this test: mvn verify.");
  }

  @Test
  void laysTheBundleReplacesAnOlderOneAndLeavesWhatIsNotItsOwn() throws Exception {
    InstallScript script = InstallScript.whoseBuildGives(zipped(BUNDLE), folder);
    Path fiji = folder.resolve("My Fiji.app");
    Outcome noFiji = script.run(List.of(Files.createDirectory(fiji).toString()));
    assertEquals(1, noFiji.code());
    assertTrue(noFiji.messages().contains("is no Fiji"), noFiji.messages());
    assertEquals(Set.of(), files(fiji));

    Set<String> others =
        Set.of(
            "ImageJ-linux64",
            "jars/ij-1.54p.jar",
            "jars/skin-spectra-viewer.jar",
            "models/mine.safetensors",
            "plugins/Other_.jar",
            "plugins/Skin_Spectra/Mine.ijm",
            "macros/toolsets/Other.ijm",
            "lib/other/library.so");
    Set<String> older =
        Set.of(
            "jars/skin-spectra-0.0.1.jar",
            "lib/skin-spectra/tensorflow-1.0.0/tensorflow-core-api-1.0.0.jar",
            "lib/skin-spectra/tensorflow-1.1.0/stray-2.jar");
    for (String file : union(others, older)) {
      Files.createDirectories(fiji.resolve(file).getParent());
      Files.writeString(fiji.resolve(file), "what was there");
    }
    Outcome laid = script.run(List.of(fiji.toString()));
    assertEquals(0, laid.code(), laid.messages());
    assertFalse(laid.messages().contains("warning"), laid.messages());
    assertTrue(laid.messages().contains("Skin Spectra lies in " + fiji), laid.messages());
    String list = "lib/skin-spectra/installed-jars.txt";
    Set<String> wanted = union(union(files(BUNDLE), others), Set.of(list));
    assertEquals(wanted, files(fiji));
    for (String file : others) {
      assertEquals("what was there", Files.readString(fiji.resolve(file)), file);
    }
    for (String file : files(BUNDLE)) {
      assertEquals(-1, Files.mismatch(BUNDLE.resolve(file), fiji.resolve(file)), file);
    }

    // As a later version, which no longer has a jar that this one laid.
    Path gone = fiji.resolve("jars/gone-1.jar");
    Files.writeString(gone, "laid before");
    Files.writeString(
        fiji.resolve(list), Files.readString(fiji.resolve(list)) + "gone-1.jar\n../ij-1.54p.jar\n");
    Outcome again = script.run(List.of(fiji.toString()));
    assertEquals(0, again.code(), again.messages());
    assertEquals(wanted, files(fiji));
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    return Stream.concat(one.stream(), other.stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** Fast rather than small. */
  private Path zipped(Path bundle) throws IOException {
    Path zip = folder.resolve("bundle.zip");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.setLevel(Deflater.NO_COMPRESSION);
      for (String name : files(bundle)) {
        out.putNextEntry(new ZipEntry(name));
        Files.copy(bundle.resolve(name), out);
      }
    }
    return zip;
  }

  private static Path build() {
    try {
      return Path.of(
              InstallFijiIT.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}

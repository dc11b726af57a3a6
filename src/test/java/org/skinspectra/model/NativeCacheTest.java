package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;

class NativeCacheTest {

  private static final String OWN = ".skin-spectra";

  @TempDir Path folder;

  @Test
  void aFolderThatCanBeWrittenIsKnownByTryingAndLeftAsItWas() throws IOException {
    assertTrue(NativeCache.isWritable(folder));
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void aMissingHomeAndOneThatJavaDoesNotKnowCannotBeWritten() {
    assertFalse(NativeCache.isWritable(folder.resolve("missing")));
    assertFalse(NativeCache.isWritable(Path.of("?")));
    assertFalse(NativeCache.isWritable(Path.of("")));
  }

  @Test
  void aFileIsNoHome() throws IOException {
    assertFalse(NativeCache.isWritable(Files.createFile(folder.resolve("file"))));
  }

  @Test
  void aFolderThatIsMadeIsTheUsersAlone() throws IOException {
    Path own = folder.resolve("own");
    NativeCache.requireOwn(own);
    NativeCache.requireOwn(own);
    assumeTrue(Files.getFileStore(own).supportsFileAttributeView("posix"), "POSIX permissions");
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(own)));
  }

  @Test
  void aFolderThatOnlyPointsElsewhereOrCannotBeMadeIsRefused() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), elsewhere);
    Path file = Files.createFile(folder.resolve("file"));
    for (Path wrong : List.of(link, file)) {
      String message =
          assertThrows(SkinSpectraException.class, () -> NativeCache.requireOwn(wrong))
              .getMessage();
      assertTrue(message.contains(wrong.toString()), message);
      assertTrue(message.contains("-D" + NativeCache.PROPERTY), message);
    }
  }

  @Test
  void ourFilesLieInTheHomeOrAmongTheTemporaryFiles() {
    assertEquals(folder.resolve(OWN), NativeCache.ownFolder(folder, Path.of("tmp"), "ann"));
    assertEquals(
        Path.of("tmp", OWN + "-ann"),
        NativeCache.ownFolder(folder.resolve("missing"), Path.of("tmp"), "ann"));
  }
}

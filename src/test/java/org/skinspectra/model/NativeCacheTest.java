package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void ourFilesLieInTheHomeOrAmongTheTemporaryFiles() {
    assertEquals(folder.resolve(OWN), NativeCache.ownFolder(folder, Path.of("tmp"), "ann"));
    assertEquals(
        Path.of("tmp", OWN + "-ann"),
        NativeCache.ownFolder(folder.resolve("missing"), Path.of("tmp"), "ann"));
  }
}

package org.skinspectra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

  @TempDir private Path folder;

  @Test
  void makesMissingFoldersAndLeavesOnlyTheFile() throws IOException {
    Path target = folder.resolve("a/b/result.txt");
    WholeFile.write(target, temporary -> Files.writeString(temporary, "whole"));
    assertEquals("whole", Files.readString(target));
    assertEquals(List.of(target), filesOf(target.getParent()));
  }

  @Test
  void replacesAFileOnlyByACompleteOne() throws IOException {
    Path target = Files.writeString(folder.resolve("result.txt"), "before");
    String message =
        assertThrows(
                SkinSpectraIOException.class,
                () ->
                    WholeFile.write(
                        target,
                        temporary -> {
                          Files.writeString(temporary, "half");
                          throw new IOException("No space left on device");
                        }))
            .getMessage();
    assertTrue(message.contains(target.toString()), message);
    assertTrue(message.contains("No space left on device. Nothing was written there."), message);
    assertEquals("before", Files.readString(target));
    assertEquals(List.of(target), filesOf(folder));
  }

  @Test
  void leavesNothingWhenTheContentFailsForAnyOtherReason() throws IOException {
    Path target = folder.resolve("result.txt");
    assertThrows(
        CanceledException.class,
        () ->
            WholeFile.write(
                target,
                temporary -> {
                  throw new CanceledException("Writing");
                }));
    assertEquals(List.of(), filesOf(folder));
  }

  @Test
  void saysThatAFileStandsWhereTheFolderShouldBe() throws IOException {
    Path file = Files.writeString(folder.resolve("results"), "");
    String message =
        assertThrows(
                SkinSpectraIOException.class,
                () -> WholeFile.write(file.resolve("cube.tif"), temporary -> {}))
            .getMessage();
    assertTrue(message.contains(file + " is a file, not a folder"), message);
  }

  @Test
  void doesNotReplaceAFolder() throws IOException {
    Path target = Files.createDirectories(folder.resolve("results/kept")).getParent();
    assertThrows(SkinSpectraIOException.class, () -> WholeFile.write(target, temporary -> {}));
    assertEquals(List.of(target), filesOf(folder));
    assertTrue(Files.isDirectory(target.resolve("kept")));
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }
}

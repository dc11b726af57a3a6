package org.skinspectra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFolderTest {

  @TempDir private Path folder;
  private Path target;

  @BeforeEach
  void name() {
    target = folder.resolve("data.zarr");
  }

  private static boolean isOurs(Path existing) {
    return Files.exists(existing.resolve("mark"));
  }

  private static void fill(Path data) throws IOException {
    Files.createFile(data.resolve("mark"));
    Files.createDirectories(data.resolve("0/1"));
    Files.writeString(data.resolve("0/1/chunk"), "new");
  }

  private List<String> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFolderIsMadeWithAllThatIsInIt() throws IOException {
    Path deep = folder.resolve("a/b/data.zarr");
    WholeFolder.write(deep, WholeFolderTest::isOurs, WholeFolderTest::fill);
    assertEquals("new", Files.readString(deep.resolve("0/1/chunk")));
    try (Stream<Path> files = Files.list(deep.getParent())) {
      assertEquals(List.of(deep), files.toList());
    }
  }

  @Test
  void aFolderOfTheSameKindIsReplacedWhole() throws IOException {
    Files.createDirectories(target.resolve("old"));
    Files.createFile(target.resolve("mark"));
    WholeFolder.write(target, WholeFolderTest::isOurs, WholeFolderTest::fill);
    assertFalse(Files.exists(target.resolve("old")));
    assertEquals("new", Files.readString(target.resolve("0/1/chunk")));
    assertEquals(List.of("data.zarr"), list());
  }

  @Test
  void anEmptyFolderIsReplacedAndOneOfOtherThingsIsNot() throws IOException {
    Files.createDirectory(target);
    WholeFolder.write(target, any -> false, WholeFolderTest::fill);
    assertTrue(isOurs(target));
    String message =
        assertThrows(
                SkinSpectraIOException.class,
                () -> WholeFolder.write(target, any -> false, WholeFolderTest::fill))
            .getMessage();
    assertTrue(message.contains(target + ": a folder of this name holds something else"), message);
    assertEquals(List.of("data.zarr"), list());
  }

  @Test
  void whatStoodThereSurvivesAFailure() throws IOException {
    WholeFolder.write(target, WholeFolderTest::isOurs, WholeFolderTest::fill);
    Files.writeString(target.resolve("0/1/chunk"), "before");
    String message =
        assertThrows(
                SkinSpectraIOException.class,
                () ->
                    WholeFolder.write(
                        target,
                        WholeFolderTest::isOurs,
                        data -> {
                          fill(data);
                          throw new IOException("No space left on device");
                        }))
            .getMessage();
    assertTrue(message.endsWith("No space left on device. Nothing was written there."), message);
    assertEquals("before", Files.readString(target.resolve("0/1/chunk")));
    assertEquals(List.of("data.zarr"), list());
  }

  @Test
  void nothingIsLeftOfAnUnfinishedFolder() throws IOException {
    assertThrows(
        CanceledException.class,
        () ->
            WholeFolder.write(
                target,
                any -> true,
                data -> {
                  fill(data);
                  throw new CanceledException("The conversion");
                }));
    assertEquals(List.of(), list());
  }

  @Test
  void aFileIsNotReplacedByAFolder() throws IOException {
    Files.writeString(target, "file");
    String message =
        assertThrows(
                SkinSpectraIOException.class,
                () -> WholeFolder.write(target, any -> true, WholeFolderTest::fill))
            .getMessage();
    assertTrue(message.contains("a file has this name"), message);
    assertEquals("file", Files.readString(target));
  }

  @Test
  void linksInTheOldFolderAreNotFollowed() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("precious"), "kept");
    Files.createDirectory(target);
    Files.createSymbolicLink(target.resolve("link"), elsewhere);
    WholeFolder.write(target, any -> true, WholeFolderTest::fill);
    assertEquals("kept", Files.readString(elsewhere.resolve("precious")));
    assertEquals(List.of("data.zarr", "elsewhere"), list());
  }
}

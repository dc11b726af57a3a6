package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;

class CubeFormatsTest {

  @TempDir private Path folder;

  /** A format of which only the name, the endings and what it recognizes count. */
  private record Named(String name, String ending, boolean isFolder) implements CubeFormat {

    @Override
    public List<String> endings() {
      return List.of(ending);
    }

    @Override
    public boolean recognizes(Path file, byte[] head) {
      assertTrue(Files.isRegularFile(file), "folders are asked for apart");
      return false;
    }

    @Override
    public boolean recognizesFolder(Path data) {
      return isFolder && Files.exists(data.resolve("mark"));
    }

    @Override
    public CubeSource open(Path file, ReadOptions options) {
      return new FullDisk();
    }

    @Override
    public Optional<WriteSupport> writing() {
      return Optional.of(WriteSupport.PLAIN);
    }
  }

  private static final CubeFormats FORMATS =
      new CubeFormats(
          List.of(
              new Named("Plain", ".tif", false),
              new Named("Other", ".tif", false),
              new Named("Long", ".ome.tif", false),
              new Named("Folder", ".zarr", true)));

  private static String formatOf(String file, WriteOptions options) {
    return FORMATS.forWriting(Path.of(file), options).name();
  }

  @Test
  void theLongestEndingDecidesAndThenTheOrder() {
    assertEquals("Plain", formatOf("a.tif", WriteOptions.DEFAULT));
    assertEquals("Long", formatOf("a.OME.tif", WriteOptions.DEFAULT));
    assertEquals("Folder", formatOf("a.ome.zarr", WriteOptions.DEFAULT));
  }

  @Test
  void aNamedFormatIsTakenAmongThoseOfTheEnding() {
    assertEquals("Other", formatOf("a.tif", WriteOptions.DEFAULT.withFormat("other")));
    String message =
        assertThrows(
                SkinSpectraException.class,
                () -> formatOf("a.tif", WriteOptions.DEFAULT.withFormat("Else")))
            .getMessage();
    assertTrue(message.contains("'Else'") && message.contains("Long (.ome.tif)"), message);
    String misnamed =
        assertThrows(
                SkinSpectraException.class,
                () -> formatOf("a.zarr", WriteOptions.DEFAULT.withFormat("Other")))
            .getMessage();
    assertTrue(misnamed.contains("a.zarr does not end as files of Other do"), misnamed);
    assertTrue(misnamed.contains(".tif"), misnamed);
  }

  @Test
  void foldersAreOfferedToTheFormatsOfFolders() throws IOException {
    String message =
        assertThrows(SkinSpectraException.class, () -> FORMATS.of(folder)).getMessage();
    assertTrue(message.contains("is a folder that holds no cube"), message);
    assertTrue(message.endsWith("or a folder of Folder (.zarr)."), message);
    Files.createFile(folder.resolve("mark"));
    assertEquals("Folder", FORMATS.of(folder).name());
  }

  @Test
  void emptyAndUnknownFilesAreRefused() throws IOException {
    Path file = Files.createFile(folder.resolve("a.tif"));
    assertThrows(SkinSpectraException.class, () -> FORMATS.of(file));
    Files.write(file, new byte[] {1, 2, 3});
    String message = assertThrows(SkinSpectraException.class, () -> FORMATS.of(file)).getMessage();
    assertTrue(message.contains("of no known format"), message);
  }
}

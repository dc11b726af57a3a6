package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.skinspectra.format.MicroscopyFiles.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;

class NdTiffFormatTest {

  private static final Path DATA = Path.of("../shared/data/micromanager");

  @TempDir Path folder;

  private static Path shared(String name) {
    Path path = DATA.resolve(name);
    if (!Files.exists(path)) {
      System.out.println("Skipped: there is no " + path + ".");
    }
    assumeTrue(Files.exists(path), "no " + path);
    return path;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ndtiffv2.0_test",
        "ndtiffv3.0_test",
        "ndtiffv3.0_test/NDTiff.index",
        "ndtiffv3.0_test/ndtiffv3.0_test_NDTiffStack.tif"
      })
  void dataSetsOfBothVersionsAreOpenedByFolderIndexOrFile(String name) throws IOException {
    Path path = shared(name);
    try (CubeSource source = CubeFiles.open(path, ReadOptions.DEFAULT.withImage(5))) {
      assertEquals(List.of("DAPI", "FITC"), source.bandNames());
      assertEquals(32, source.height());
      float[][] planes = new float[2][32 * 32];
      source.readBands(0, planes);
      assertTrue(planes[0][0] > 0);
      float[][] corner = new float[1][2];
      source.readRegion(1, new PixelRegion(30, 31, 2, 1), corner);
      assertArrayEquals(Arrays.copyOfRange(planes[1], 1022, 1024), corner[0]);
    }
    assertRefused(path, ReadOptions.DEFAULT, "5 images: 1 (time 0)");
  }

  @Test
  void tilesOfAnExploredSampleAreImagesAndItsPyramidIsLeftAside() throws IOException {
    Path path = shared("no_magellan_explore_multi_channel");
    assertRefused(path, ReadOptions.DEFAULT, "7 images: 1 (column 4, row 3)");
    ReadOptions chosen = ReadOptions.DEFAULT.withImage(2);
    try (CubeSource source = CubeFiles.open(path, chosen)) {
      assertEquals(List.of("Cy5", "DAPI", "FITC", "Rhodamine"), source.bandNames());
    }
    Msi msi = CubeFiles.readMsi(path, chosen.withVariable("Rhodamine,FITC,DAPI,Cy5"));
    float[] all = MicroscopyFiles.values(path, chosen);
    int last = msi.pixels().length;
    assertArrayEquals(
        new float[] {all[3], all[2], all[1], all[0]},
        Arrays.copyOfRange(msi.pixels(), last - 4, last));
  }

  @Test
  void aColourCameraAndAMonochromeOneMakeOneImage() throws IOException {
    List<String> axes =
        List.of(
            "{\"time\": 0, \"channel\": \"RGB\"}",
            "{\"channel\": \"N960\", \"time\": 0}",
            "{\"time\": 1, \"channel\": \"RGB\"}",
            "{\"time\": 1, \"channel\": \"N960\"}");
    Path set =
        MicroscopyFiles.ndTiff(
            folder.resolve("set"),
            "a_NDTiffStack.tif",
            axes,
            new int[] {2, 4, 2, 4},
            new int[] {10, 1000, 20, 2000});
    Msi msi = CubeFiles.readMsi(set, ReadOptions.DEFAULT.withImage(2));
    assertArrayEquals(new float[] {20, 21, 22, 2000}, Arrays.copyOf(msi.pixels(), 4));
  }

  @ParameterizedTest
  @CsvSource({
    "../secret.tif, 1, no name of a file beside it",
    "/etc/passwd, 1, no name of a file beside it",
    "a.tif, 9, pixel type 9"
  })
  void whatAnIndexMustNotSayIsRefused(String name, int type, String expected) throws IOException {
    Path set =
        MicroscopyFiles.ndTiff(
            folder.resolve("set"), name, List.of("{\"time\": 0}"), new int[] {type}, new int[] {1});
    assertRefused(set, ReadOptions.DEFAULT, expected);
  }

  @Test
  void aCutIndexAndPixelsBeyondTheFileAreRefused() throws IOException {
    Path set =
        MicroscopyFiles.ndTiff(
            folder.resolve("set"),
            "a.tif",
            List.of("{\"channel\": \"A\"}"),
            new int[] {1},
            new int[] {1});
    Path data = set.resolve("a.tif");
    byte[] whole = Files.readAllBytes(data);
    Files.write(data, Arrays.copyOf(whole, 30));
    assertRefused(set, ReadOptions.DEFAULT, "beyond its end");
    Files.delete(data);
    assertRefused(set, ReadOptions.DEFAULT, "has no file a.tif");
    Path index = set.resolve("NDTiff.index");
    byte[] bytes = Files.readAllBytes(index);
    Files.write(index, Arrays.copyOf(bytes, bytes.length - 5));
    assertRefused(set, ReadOptions.DEFAULT, "ends within a frame");
    Files.write(index, new byte[0]);
    assertRefused(set, ReadOptions.DEFAULT, "holds no image");
  }

  @Test
  void itIsNotWritten() {
    String message =
        assertThrows(
                SkinSpectraException.class,
                () ->
                    CubeFiles.requireWritable(
                        folder.resolve("a"), WriteOptions.DEFAULT.withFormat("NDTiff")))
            .getMessage();
    assertTrue(message.contains("Cannot write") && message.contains("OME-TIFF"), message);
  }
}

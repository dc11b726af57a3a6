package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jhdf.api.DatasetCreationOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

class MatlabFormatTest {

  @TempDir Path folder;

  /** Value of a pixel, unlike that of any other. */
  private static int value(int band, int x, int y) {
    return 10_000 * band + 100 * x + y;
  }

  private static double[][][] doubles(int bands, int width, int height) {
    double[][][] values = new double[bands][width][height];
    for (int band = 0; band < bands; band++) {
      for (int x = 0; x < width; x++) {
        int b = band;
        int column = x;
        Arrays.setAll(values[band][x], y -> value(b, column, y));
      }
    }
    return values;
  }

  private static float[][][] floats(double[][][] values) {
    return Arrays.stream(values)
        .map(
            plane ->
                Arrays.stream(plane)
                    .map(
                        column -> {
                          float[] floats = new float[column.length];
                          for (int i = 0; i < floats.length; i++) {
                            floats[i] = (float) column[i];
                          }
                          return floats;
                        })
                    .toArray(float[][]::new))
        .toArray(float[][][]::new);
  }

  private static void assertValues(SpectralCube cube, int bands, int width, int height) {
    assertEquals(List.of(bands, width, height), List.of(cube.bands(), cube.width(), cube.height()));
    for (int band = 0; band < bands; band++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          assertEquals(value(band, x, y), cube.plane(band)[y * width + x]);
        }
      }
    }
  }

  @Test
  void matlabsRowsAndColumnsAreNotSwapped() throws IOException {
    Path file =
        MatFile.write(folder.resolve("a.mat"), hdf -> hdf.putDataset("cube", doubles(61, 7, 5)));
    SpectralCube cube = CubeFiles.readCube(file);
    assertValues(cube, 61, 7, 5);
    assertEquals(Wavelengths.VIS_NIR, cube.wavelengths());
  }

  @Test
  void singlePrecisionAndIntegersAreRead() throws IOException {
    ReadOptions two = ReadOptions.DEFAULT.withWavelengths(Wavelengths.of(500, 600));
    Path single =
        MatFile.write(
            folder.resolve("f.mat"), hdf -> hdf.putDataset("x", floats(doubles(2, 3, 4))));
    assertValues(CubeFiles.readCube(single, two), 2, 3, 4);

    DatasetCreationOptions unsigned = DatasetCreationOptions.builder().unsigned().build();
    Path bytes =
        MatFile.write(
            folder.resolve("b.mat"),
            hdf -> hdf.putDataset("x", new byte[][][] {{{-1, 2}}, {{3, -128}}}, unsigned));
    assertArrayEquals(new float[] {255, 2}, CubeFiles.readCube(bytes, two).plane(0));
    assertArrayEquals(new float[] {3, 128}, CubeFiles.readCube(bytes, two).plane(1));

    Path shorts =
        MatFile.write(
            folder.resolve("s.mat"),
            hdf -> hdf.putDataset("x", new short[][][] {{{-1, 2}}, {{3, 4}}}, unsigned));
    assertArrayEquals(new float[] {65535, 2}, CubeFiles.readCube(shorts, two).plane(0));
  }

  @Test
  void chunksOfAnyShapeAreReadAlikeWithCompressionAndShuffle() throws IOException {
    for (int[] chunk :
        List.of(
            new int[] {1, 9, 11},
            new int[] {61, 2, 3},
            new int[] {8, 4, 5},
            new int[] {7, 9, 2},
            new int[] {1, 1, 11})) {
      DatasetCreationOptions options =
          DatasetCreationOptions.builder().chunkDimensions(chunk).shuffle().deflate(4).build();
      Path file =
          MatFile.write(
              folder.resolve("c.mat"), hdf -> hdf.putDataset("cube", doubles(61, 9, 11), options));
      assertValues(CubeFiles.readCube(file), 61, 9, 11);
    }
  }

  @Test
  void negativeAndNonFiniteValuesAreKept() throws IOException {
    double[][][] odd = {{{-0.5, Double.NaN}}, {{Double.POSITIVE_INFINITY, 1e-3}}};
    Path file = MatFile.write(folder.resolve("n.mat"), hdf -> hdf.putDataset("cube", odd));
    SpectralCube cube =
        CubeFiles.readCube(file, ReadOptions.DEFAULT.withWavelengths(Wavelengths.of(1, 2)));
    assertArrayEquals(new float[] {-0.5f, Float.NaN}, cube.plane(0));
    assertArrayEquals(new float[] {Float.POSITIVE_INFINITY, 1e-3f}, cube.plane(1));
  }

  @Test
  void fourBandsAreAMultispectralImageWithItsChannelsTogether() throws IOException {
    Path file =
        MatFile.write(folder.resolve("m.mat"), hdf -> hdf.putDataset("cube", doubles(4, 3, 2)));
    Msi msi = CubeFiles.readMsi(file);
    assertEquals(value(3, 2, 1), msi.get(2, 1, 3));
    assertEquals(value(0, 1, 0), msi.get(1, 0, 0));
  }

  @Test
  void otherVariablesOfTheFileDoNotDisturb() throws IOException {
    Path file =
        MatFile.write(
            folder.resolve("v.mat"),
            hdf -> {
              hdf.putDataset("wavelength", new double[] {1, 2});
              hdf.putDataset("title", "text");
              hdf.putGroup("#refs#").putDataset("a", doubles(2, 2, 2));
              hdf.putDataset("reflectance", doubles(61, 2, 2));
            });
    assertValues(CubeFiles.readCube(file), 61, 2, 2);
  }

  @Test
  void twoCubesInAFileNeedAChoice() throws IOException {
    Path file =
        MatFile.write(
            folder.resolve("two.mat"),
            hdf -> {
              hdf.putDataset("cube", doubles(61, 2, 3));
              hdf.putDataset("other", doubles(61, 4, 5));
              hdf.putDataset("mask", new double[2][3]);
            });
    assertMessage(
        () -> CubeFiles.readCube(file),
        "'cube' (3x2x61 double)",
        "'other' (5x4x61 double)",
        "--variable NAME");
    assertValues(CubeFiles.readCube(file, ReadOptions.DEFAULT.withVariable("other")), 61, 4, 5);
    assertMessage(
        () -> CubeFiles.readCube(file, ReadOptions.DEFAULT.withVariable("cub")),
        "no numeric 3-D variable 'cub'",
        "'mask' (3x2 double)");
  }

  @Test
  void aFileWithoutACubeSaysWhatItHolds() throws IOException {
    Path file =
        MatFile.write(folder.resolve("w.mat"), hdf -> hdf.putDataset("flat", new double[3][4]));
    assertMessage(() -> CubeFiles.readCube(file), "no numeric 3-D variable", "'flat' (4x3 double)");
  }

  @Test
  void wavelengthsAreAskedForUnlessTheyAreKnown() throws IOException {
    Path file =
        MatFile.write(folder.resolve("v.mat"), hdf -> hdf.putDataset("cube", doubles(31, 2, 2)));
    assertMessage(() -> CubeFiles.readCube(file), "31 bands", "--wavelengths 400:10:700");
    assertEquals(
        Wavelengths.NIR,
        CubeFiles.readCube(file, ReadOptions.DEFAULT.withWavelengths(Wavelengths.NIR))
            .wavelengths());
    assertMessage(
        () -> CubeFiles.readCube(file, ReadOptions.DEFAULT.withWavelengths(Wavelengths.VIS_NIR)),
        "31 bands, but there are 61 wavelengths");
  }

  @Test
  void aCubeIsNoMultispectralImageAndTheOtherWayRound() throws IOException {
    Path cube =
        MatFile.write(folder.resolve("c.mat"), hdf -> hdf.putDataset("cube", doubles(61, 2, 2)));
    assertMessage(() -> CubeFiles.readMsi(cube), "61 bands", "seems to be a spectral cube");
    Path msi =
        MatFile.write(folder.resolve("m.mat"), hdf -> hdf.putDataset("cube", doubles(4, 2, 2)));
    assertMessage(() -> CubeFiles.readCube(msi), "4 bands", "seems to be a multispectral image");
  }

  @Test
  void missingEmptyAndForeignFilesAreNamed() throws IOException {
    assertMessage(() -> CubeFiles.readCube(folder.resolve("no.mat")), "no file", "no.mat");
    assertMessage(() -> CubeFiles.readCube(folder), "is a folder");
    assertMessage(() -> CubeFiles.readCube(Files.createFile(folder.resolve("e.mat"))), "is empty");
    Path text = Files.writeString(folder.resolve("t.mat"), "hello");
    assertMessage(() -> CubeFiles.readCube(text), "no known format", "MATLAB 7.3 (.mat)");
  }

  @Test
  void aMissingChunkIsAnErrorAndNotZeros() throws IOException {
    DatasetCreationOptions options =
        DatasetCreationOptions.builder().chunkDimensions(1, 2, 2).deflate().build();
    Path file =
        MatFile.write(
            folder.resolve("cut.mat"), hdf -> hdf.putDataset("cube", doubles(61, 2, 2), options));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertMessage(() -> CubeFiles.readCube(file), "cut.mat");
  }

  @Test
  void allFilesInTheLayoutOfHyperSkinAreRead() throws IOException {
    Path layout = Path.of("..", "shared", "data", "hyperskin-layout");
    assumeTrue(Files.isDirectory(layout), "no " + layout + ", so its files are not read");
    List<Path> files;
    try (Stream<Path> walk = Files.walk(layout)) {
      files = walk.filter(file -> file.toString().endsWith(".mat")).sorted().toList();
    }
    assertEquals(12, files.size());
    for (Path file : files) {
      String kind = file.getParent().getFileName().toString();
      if (kind.equals("MSI_CIE")) {
        Msi msi = CubeFiles.readMsi(file);
        assertEquals(List.of(96, 96, 4), List.of(msi.width(), msi.height(), msi.channels()));
      } else {
        Wavelengths grid = kind.equals("VIS") ? Wavelengths.VIS : Wavelengths.NIR;
        SpectralCube cube = CubeFiles.readCube(file, ReadOptions.DEFAULT.withWavelengths(grid));
        assertEquals(List.of(96, 96, 31), List.of(cube.width(), cube.height(), cube.bands()));
      }
    }
  }

  private static void assertMessage(
      org.junit.jupiter.api.function.Executable reading, String... parts) {
    String message = assertThrows(SkinSpectraException.class, reading).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }
}

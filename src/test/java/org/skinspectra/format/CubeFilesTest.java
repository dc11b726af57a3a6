package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

class CubeFilesTest {

  private static final int WIDTH = 4;
  private static final int HEIGHT = 3;
  private static final Wavelengths FIVE = Wavelengths.range(500, 10, 540);

  @TempDir private Path folder;

  /** Value = band + pixel / 16, exact in every float. */
  private static SpectralCube cube() {
    SpectralCube cube = SpectralCube.zeros(WIDTH, HEIGHT, FIVE);
    for (int band = 0; band < cube.bands(); band++) {
      for (int i = 0; i < WIDTH * HEIGHT; i++) {
        cube.plane(band)[i] = band + i / 16f;
      }
    }
    return cube.withProvenance(Map.of("model", "none"));
  }

  private static void assertRegion(CubeSource source) throws IOException {
    PixelRegion region = new PixelRegion(1, 1, 2, 2);
    float[][] part = new float[2][4];
    source.readRegion(3, region, part);
    for (int i = 0; i < 2; i++) {
      float[] plane = cube().plane(3 + i);
      assertArrayEquals(new float[] {plane[5], plane[6], plane[9], plane[10]}, part[i]);
    }
    float[][] rows = new float[5][2 * WIDTH];
    source.readRegion(0, new PixelRegion(0, 1, WIDTH, 2), rows);
    assertArrayEquals(Arrays.copyOfRange(cube().plane(4), WIDTH, 3 * WIDTH), rows[4]);
    for (Executable wrong :
        new Executable[] {
          () -> source.readRegion(4, region, part),
          () -> source.readRegion(-1, region, part),
          () -> source.readRegion(0, new PixelRegion(3, 0, 2, 1), part),
          () -> source.readRegion(0, new PixelRegion(0, 2, 1, Integer.MAX_VALUE), part)
        }) {
      assertThrows(SkinSpectraException.class, wrong);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cube.hdr", "cube.tif", "memory"})
  void aRegionIsReadWithoutTheRest(String name) throws IOException {
    if (name.equals("memory")) {
      assertRegion(CubeSource.of(cube()));
      return;
    }
    CubeFiles.write(cube(), folder.resolve(name));
    try (CubeSource source = CubeFiles.open(folder.resolve(name), ReadOptions.DEFAULT)) {
      assertRegion(source);
      assertEquals(1, source.bandsAtOnce());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRegionIsReadFromEveryInterleave(Interleave order) throws IOException {
    try (CubeSource source = CubeFiles.open(envi(order), ReadOptions.DEFAULT)) {
      assertRegion(source);
      assertEquals(order == Interleave.BSQ ? 1 : 5, source.bandsAtOnce());
      BandReader reader = new BandReader(source, 2 * WIDTH * HEIGHT * Float.BYTES);
      for (int band : new int[] {0, 1, 2, 3, 4, 0, 4}) {
        assertArrayEquals(cube().plane(band), reader.plane(band));
      }
    }
  }

  private Path envi(Interleave order) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(5 * WIDTH * HEIGHT * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int band = 0; band < 5; band++) {
      for (int i = 0; i < WIDTH * HEIGHT; i++) {
        int at =
            switch (order) {
              case BSQ -> band * WIDTH * HEIGHT + i;
              case BIL -> (i / WIDTH * 5 + band) * WIDTH + i % WIDTH;
              case BIP -> i * 5 + band;
            };
        data.putFloat(4 * at, cube().plane(band)[i]);
      }
    }
    Files.write(folder.resolve("e.img"), data.array());
    return Files.writeString(
        folder.resolve("e.hdr"),
        "ENVI\nsamples = 4\nlines = 3\nbands = 5\ndata type = 4\ninterleave = "
            + order.key()
            + "\nwavelength = {500, 510, 520, 530, 540}\n");
  }

  @Test
  void aBandReaderTakesAsManyBandsAtOnceAsFit() throws IOException {
    List<String> reads = new ArrayList<>();
    CubeSource source = new Recording(reads);
    BandReader reader = new BandReader(source, 2 * 6 * Float.BYTES);
    for (int band = 0; band < 5; band++) {
      assertEquals(band, reader.plane(band)[0]);
    }
    assertEquals(List.of("0+2", "2+2", "4+1"), reads);
    reads.clear();
    BandReader poor = new BandReader(source, 0);
    poor.plane(1);
    poor.plane(1);
    poor.plane(0);
    assertEquals(List.of("1+1", "0+1"), reads);
  }

  /** Five planes of their number that had best be read together. */
  private record Recording(List<String> reads) implements CubeSource {

    @Override
    public int width() {
      return 3;
    }

    @Override
    public int height() {
      return 2;
    }

    @Override
    public int bands() {
      return 5;
    }

    @Override
    public int bandsAtOnce() {
      return 5;
    }

    @Override
    public void readBands(int first, float[][] planes) {
      reads.add(first + "+" + planes.length);
      for (int i = 0; i < planes.length; i++) {
        Arrays.fill(planes[i], first + i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeOfSampleIsReadAgainFromEnvi(SampleType type) {
    SpectralCube cube =
        SpectralCube.ofPlanes(2, 2, Wavelengths.of(500), new float[] {0, 0.2f, 0.6f, 1});
    Path file = folder.resolve("c.hdr");
    CubeFiles.write(CubeSource.of(cube), file, WriteOptions.DEFAULT.withSample(type));
    assertArrayEquals(cube.plane(0), CubeFiles.readCube(file).plane(0));
  }

  @Test
  void integerSamplesStateTheirScale() throws IOException {
    Path file = folder.resolve("c.hdr");
    WriteOptions options = WriteOptions.DEFAULT.withSample(SampleType.UINT16).withScale(8000);
    assertEquals(0, CubeFiles.write(CubeSource.of(cube()), file, options));
    String header = Files.readString(file);
    assertTrue(header.contains("reflectance scale factor = 8000\n"), header);
    assertTrue(header.contains("data type = 12\n"), header);
    assertEquals(5 * WIDTH * HEIGHT * 2, Files.size(folder.resolve("c.img")));
    assertArrayEquals(cube().plane(4), CubeFiles.readCube(file).plane(4));
  }

  @Test
  void aValueThatDoesNotFitLeavesNothingUnlessItIsClipped() throws IOException {
    Path file = folder.resolve("c.hdr");
    WriteOptions bytes = WriteOptions.DEFAULT.withSample(SampleType.UINT8);
    String message =
        assertThrows(
                SkinSpectraException.class,
                () -> CubeFiles.write(CubeSource.of(cube()), file, bytes))
            .getMessage();
    assertTrue(message.contains("1.0625 does not fit uint8"), message);
    assertEquals(List.of(), list());
    assertEquals(
        4 * WIDTH * HEIGHT - 1, CubeFiles.write(CubeSource.of(cube()), file, bytes.withClip(true)));
  }

  @Test
  void aFileIsConvertedWithWavelengthsAndProvenance() throws IOException {
    Path from = folder.resolve("a.hdr");
    Path to = folder.resolve("b.tif");
    CubeFiles.write(cube(), from);
    try (CubeSource source = CubeFiles.open(from, ReadOptions.DEFAULT)) {
      CubeFiles.write(source, to, WriteOptions.DEFAULT);
    }
    SpectralCube back = CubeFiles.readCube(to);
    assertEquals(FIVE, back.wavelengths());
    assertEquals(Map.of("model", "none"), back.provenance());
    assertArrayEquals(cube().planes(), back.planes());
  }

  @Test
  void givenWavelengthsReplaceThoseOfTheFileAndItsNames() throws IOException {
    Path file = folder.resolve("a.hdr");
    CubeFiles.write(cube(), file);
    Wavelengths given = Wavelengths.range(900, 10, 940);
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT.withWavelengths(given))) {
      assertEquals(given, source.wavelengths().orElseThrow());
      assertEquals("900 nm", source.bandNames().get(0));
    }
    try (CubeSource source =
        CubeFiles.open(file, ReadOptions.DEFAULT.withWavelengths(Wavelengths.VIS))) {
      assertThrows(SkinSpectraException.class, source::wavelengths);
    }
  }

  @Test
  void multispectralImagesHaveNoWavelengthsAndCubesOfHyperSkinHaveTheirs() throws IOException {
    Path file = folder.resolve("a.hdr");
    CubeFiles.write(new Msi(1, 1, 4, new float[4]), file);
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
      assertTrue(source.wavelengths().isEmpty());
    }
    MatFile.write(folder.resolve("c.mat"), hdf -> hdf.putDataset("cube", new float[61][1][1]));
    try (CubeSource source = CubeFiles.open(folder.resolve("c.mat"), ReadOptions.DEFAULT)) {
      assertEquals(Wavelengths.VIS_NIR, source.wavelengths().orElseThrow());
    }
  }

  @Test
  void anErrorWhileAnOpenFileIsReadNamesTheFile() throws IOException {
    Path file = folder.resolve("a.hdr");
    CubeFiles.write(cube(), file);
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
      Files.write(folder.resolve("a.img"), new byte[5]);
      String message =
          assertThrows(
                  SkinSpectraException.class,
                  () -> CubeFiles.write(source, folder.resolve("b.tif"), WriteOptions.DEFAULT))
              .getMessage();
      assertTrue(message.contains(file + ": the data end before their last value"), message);
    }
    assertEquals(List.of("a.hdr", "a.img"), list());
  }

  @Test
  void anImageNumberIsHeldAgainstFilesOfOneImage() {
    Path file = folder.resolve("a.tif");
    CubeFiles.write(cube(), file);
    ReadOptions second = ReadOptions.DEFAULT.withImage(2);
    String message =
        assertThrows(SkinSpectraException.class, () -> CubeFiles.readCube(file, second))
            .getMessage();
    assertTrue(message.contains("no image 2"), message);
    assertEquals(5, CubeFiles.readCube(file, ReadOptions.DEFAULT.withImage(1)).bands());
  }

  @Test
  void whatAFormatCannotWriteIsRefusedBeforeTheWork() {
    Path file = folder.resolve("a.tif");
    assertThrows(
        SkinSpectraException.class,
        () -> CubeFiles.requireWritable(file, WriteOptions.DEFAULT.withInterleave(Interleave.BIL)));
    CubeFiles.requireWritable(file);
  }

  private List<String> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}

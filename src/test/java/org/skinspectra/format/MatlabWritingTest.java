package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

class MatlabWritingTest {

  private static final List<String> FORMATS = List.of("MATLAB 7.3", "MATLAB 5");

  @TempDir Path folder;

  private static SpectralCube cube(int width, int height, int bands) {
    SpectralCube cube =
        SpectralCube.zeros(
            width, height, Wavelengths.range(400.5, 2.25, 400.5 + 2.25 * (bands - 1)));
    for (int band = 0; band < bands; band++) {
      for (int i = 0; i < width * height; i++) {
        cube.plane(band)[i] = band + i / 7f;
      }
    }
    return cube;
  }

  private static void assertSame(SpectralCube expected, SpectralCube actual) {
    assertEquals(
        List.of(expected.width(), expected.height(), expected.bands()),
        List.of(actual.width(), actual.height(), actual.bands()));
    for (int band = 0; band < expected.bands(); band++) {
      assertArrayEquals(expected.plane(band), actual.plane(band));
    }
  }

  private static String message(org.junit.jupiter.api.function.Executable writing) {
    return assertThrows(SkinSpectraException.class, writing).getMessage();
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1, 7, 2", "7, 1, 3", "3, 2, 70", "257, 3, 2", "5, 513, 2", "300, 270, 2"})
  void float32IsReadBackExactlyInEverySize(int width, int height, int bands) {
    SpectralCube cube = cube(width, height, bands);
    for (String format : FORMATS) {
      for (boolean compressed : new boolean[] {false, true}) {
        Path file = folder.resolve("a.mat");
        WriteOptions options =
            WriteOptions.DEFAULT.withFormat(format).withCompressed(compressed).withVariable("x_1");
        assertEquals(0, CubeFiles.write(CubeSource.of(cube), file, options));
        SpectralCube back = CubeFiles.readCube(file, ReadOptions.DEFAULT.withVariable("x_1"));
        assertSame(cube, back);
        assertEquals(cube.wavelengths(), back.wavelengths());
      }
    }
  }

  @Test
  void theEndingAloneGivesVersion7_3AndItsHeader() throws IOException {
    Path file = folder.resolve("A.MAT");
    CubeFiles.write(cube(4, 3, 2), file);
    byte[] bytes = Files.readAllBytes(file);
    assertTrue(
        new String(bytes, 0, 116, StandardCharsets.US_ASCII).startsWith("MATLAB 7.3 MAT-file"));
    assertArrayEquals(new byte[] {0, 2, 'I', 'M'}, java.util.Arrays.copyOfRange(bytes, 124, 128));
    try (HdfFile hdf = new HdfFile(file)) {
      assertEquals(512, hdf.getUserBlockSize());
      assertEquals("single", hdf.getDatasetByPath("cube").getAttribute("MATLAB_class").getData());
    }
  }

  @Test
  void oddValuesAreKept() {
    SpectralCube cube = cube(2, 2, 1);
    float[] odd = {Float.NaN, Float.NEGATIVE_INFINITY, -0f, Float.MIN_VALUE};
    System.arraycopy(odd, 0, cube.plane(0), 0, 4);
    for (String format : FORMATS) {
      for (SampleType type : List.of(SampleType.FLOAT32, SampleType.FLOAT64)) {
        Path file = folder.resolve("odd.mat");
        CubeFiles.write(
            CubeSource.of(cube), file, WriteOptions.DEFAULT.withFormat(format).withSample(type));
        assertArrayEquals(odd, CubeFiles.readCube(file).plane(0));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"UINT16, 10000", "UINT8, 255"})
  void integersComeBackByTheScaleThatTheFileStates(SampleType type, double scale) {
    SpectralCube cube = SpectralCube.zeros(300, 2, Wavelengths.of(500));
    for (int i = 0; i < 600; i++) {
      cube.plane(0)[i] = i / 600f;
    }
    for (String format : FORMATS) {
      for (boolean compressed : new boolean[] {false, true}) {
        Path file = folder.resolve("i.mat");
        WriteOptions options =
            WriteOptions.DEFAULT.withFormat(format).withSample(type).withCompressed(compressed);
        CubeFiles.write(CubeSource.of(cube), file, options);
        float[] back = CubeFiles.readCube(file).plane(0);
        for (int i = 0; i < 600; i++) {
          assertEquals((float) (Math.rint(i / 600f * scale) / scale), back[i]);
        }
      }
    }
  }

  @Test
  void valuesThatDoNotFitAreRefusedOrClippedAndCountedAndNothingIsLeft() throws IOException {
    SpectralCube cube = cube(4, 3, 9);
    for (String format : FORMATS) {
      Path file = folder.resolve("deep").resolve("c.mat");
      WriteOptions options = WriteOptions.DEFAULT.withFormat(format).withSample(SampleType.UINT16);
      String message = message(() -> CubeFiles.write(CubeSource.of(cube), file, options));
      assertTrue(message.contains("does not fit uint16 samples"), message);
      try (Stream<Path> files = Files.list(file.getParent())) {
        assertEquals(0, files.count());
      }
      // Above 6.5535 are one value of band 5, eight of band 6, and all of bands 7 and 8.
      assertEquals(33, CubeFiles.write(CubeSource.of(cube), file, options.withClip(true)));
      Files.delete(file);
    }
  }

  /** A source that states all that can stand beside a cube. */
  private record Noted(SpectralCube cube) implements CubeSource {
    @Override
    public int width() {
      return cube.width();
    }

    @Override
    public int height() {
      return cube.height();
    }

    @Override
    public int bands() {
      return cube.bands();
    }

    @Override
    public Optional<Wavelengths> wavelengths() {
      return Optional.of(cube.wavelengths());
    }

    @Override
    public List<String> bandNames() {
      return List.of("blue", "", "far red µ");
    }

    @Override
    public Optional<double[]> fwhm() {
      return Optional.of(new double[] {9.5, 10, 10.25});
    }

    @Override
    public Optional<boolean[]> badBands() {
      return Optional.of(new boolean[] {false, true, false});
    }

    @Override
    public Map<String, String> provenance() {
      Map<String, String> provenance = new LinkedHashMap<>();
      provenance.put("source", "C:\\a {b}\n\"c\".mat");
      provenance.put("µ", "λ 😀");
      return provenance;
    }

    @Override
    public void readBands(int first, float[][] planes) {
      for (int i = 0; i < planes.length; i++) {
        System.arraycopy(cube.plane(first + i), 0, planes[i], 0, planes[i].length);
      }
    }
  }

  @Test
  void whatTheSourceSaysOfItsBandsIsReadAgain() throws IOException {
    Noted noted = new Noted(cube(2, 3, 3));
    for (String format : FORMATS) {
      Path file = folder.resolve("n.mat");
      CubeFiles.write(noted, file, WriteOptions.DEFAULT.withFormat(format));
      try (CubeSource back = CubeFiles.open(file, ReadOptions.DEFAULT)) {
        assertEquals(noted.wavelengths(), back.wavelengths());
        assertEquals(noted.bandNames(), back.bandNames());
        assertArrayEquals(noted.fwhm().orElseThrow(), back.fwhm().orElseThrow());
        assertArrayEquals(noted.badBands().orElseThrow(), back.badBands().orElseThrow());
        assertEquals(noted.provenance(), back.provenance());
        assertEquals(
            List.copyOf(noted.provenance().keySet()), List.copyOf(back.provenance().keySet()));
      }
    }
  }

  @Test
  void aMultispectralImageIsWrittenWithItsChannelNames() throws IOException {
    Msi msi = CubeFiles.readMsi(written(cube(3, 2, 4)));
    for (String format : FORMATS) {
      Path file = folder.resolve("m.mat");
      CubeFiles.write(CubeSource.of(msi), file, WriteOptions.DEFAULT.withFormat(format));
      Msi back = CubeFiles.readMsi(file);
      assertEquals(msi.get(2, 1, 3), back.get(2, 1, 3));
      try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
        assertEquals(msi.channelNames(), source.bandNames());
        assertTrue(source.wavelengths().isEmpty());
      }
    }
  }

  private Path written(SpectralCube cube) {
    Path file = folder.resolve("written.mat");
    CubeFiles.write(cube, file);
    return file;
  }

  @Test
  void regionsAndSingleBandsAreThoseOfTheWhole() throws IOException {
    SpectralCube cube = cube(300, 270, 3);
    for (String format : FORMATS) {
      for (boolean compressed : new boolean[] {false, true}) {
        Path file = folder.resolve("r.mat");
        WriteOptions options = WriteOptions.DEFAULT.withFormat(format).withCompressed(compressed);
        CubeFiles.write(CubeSource.of(cube), file, options);
        try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
          for (PixelRegion region :
              List.of(
                  new PixelRegion(250, 200, 50, 70),
                  new PixelRegion(0, 0, 1, 1),
                  new PixelRegion(255, 255, 2, 2),
                  new PixelRegion(0, 100, 300, 1),
                  PixelRegion.whole(300, 270))) {
            // Backwards too, where a stream must begin again.
            for (int band : new int[] {2, 0, 1, 1}) {
              float[][] part = new float[1][(int) region.pixels()];
              source.readRegion(band, region, part);
              float[] expected = new float[(int) region.pixels()];
              region.crop(cube.plane(band), 300, expected);
              assertArrayEquals(expected, part[0]);
            }
          }
          PixelRegion beyond = new PixelRegion(299, 0, 2, 1);
          assertTrue(
              message(() -> source.readRegion(0, beyond, new float[1][2]))
                  .contains("does not lie within"));
        }
      }
    }
  }

  @Test
  void theSameCubeGivesTheSameBytes() throws IOException {
    for (String format : FORMATS) {
      for (boolean compressed : new boolean[] {false, true}) {
        WriteOptions options = WriteOptions.DEFAULT.withFormat(format).withCompressed(compressed);
        Path once = folder.resolve("1.mat");
        Path again = folder.resolve("2.mat");
        CubeFiles.write(new Noted(cube(20, 30, 3)), once, options);
        CubeFiles.write(new Noted(cube(20, 30, 3)), again, options);
        assertEquals(-1, Files.mismatch(once, again));
      }
    }
  }

  @Test
  void compressedFilesAreSmaller() throws IOException {
    SpectralCube smooth = SpectralCube.zeros(200, 200, Wavelengths.range(400, 10, 500));
    for (String format : FORMATS) {
      Path file = folder.resolve("s.mat");
      CubeFiles.write(
          CubeSource.of(smooth),
          file,
          WriteOptions.DEFAULT.withFormat(format).withCompressed(true));
      assertTrue(Files.size(file) < 200 * 200 * 11 * 4 / 20, "" + Files.size(file));
      assertSame(smooth, CubeFiles.readCube(file));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "a b", "a-b", "../x", "scale", "wavelengths", "µ"})
  void aNameThatMatlabDoesNotTakeIsRefused(String name) {
    for (String format : FORMATS) {
      Path file = folder.resolve("v.mat");
      WriteOptions options = WriteOptions.DEFAULT.withFormat(format).withVariable(name);
      String message = message(() -> CubeFiles.write(CubeSource.of(cube(1, 1, 1)), file, options));
      assertTrue(message.contains("cannot be the name of the cube"), message);
      assertFalse(Files.exists(file));
    }
  }

  /** Claims a size and gives nothing. */
  private record Huge(int width, int height, int bands) implements CubeSource {
    @Override
    public void readBands(int first, float[][] planes) {
      throw new AssertionError("The size is refused before anything is read.");
    }
  }

  @Test
  void version5IsRefusedForWhatItCannotHold() {
    Path file = folder.resolve("huge.mat");
    WriteOptions options =
        WriteOptions.DEFAULT.withFormat("MATLAB 5").withSample(SampleType.FLOAT64);
    String message = message(() -> CubeFiles.write(new Huge(2048, 2048, 64), file, options));
    assertTrue(message.contains("2 GiB or more") && message.contains("MATLAB 7.3"), message);
  }

  @Test
  void whatABrokenSourceThrowsLeavesTheOldFileAsItWas() throws IOException {
    Path file = Files.writeString(folder.resolve("old.mat"), "old");
    CubeSource broken =
        new CubeSource() {
          @Override
          public int width() {
            return 3;
          }

          @Override
          public int height() {
            return 3;
          }

          @Override
          public int bands() {
            return 3;
          }

          @Override
          public void readBands(int first, float[][] planes) throws IOException {
            if (first > 0) {
              throw new IOException("the network is gone");
            }
          }
        };
    for (String format : FORMATS) {
      for (boolean compressed : new boolean[] {false, true}) {
        WriteOptions options = WriteOptions.DEFAULT.withFormat(format).withCompressed(compressed);
        String message = message(() -> CubeFiles.write(broken, file, options));
        assertTrue(message.contains("the network is gone"), message);
        assertEquals("old", Files.readString(file));
        try (Stream<Path> files = Files.list(folder)) {
          assertEquals(1, files.count());
        }
      }
    }
  }
}

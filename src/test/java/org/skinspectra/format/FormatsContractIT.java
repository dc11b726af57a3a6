package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.spectra.Wavelengths;

/** What every format that can be written promises, whichever there are. */
class FormatsContractIT {

  @TempDir private Path folder;

  static Stream<Arguments> formats() {
    return FormatSamples.writable().map(format -> Arguments.of(format.name(), format));
  }

  static Stream<Arguments> ways() {
    return FormatSamples.writable()
        .flatMap(
            format ->
                FormatSamples.ways(format).stream()
                    .map(way -> Arguments.of(format.name(), FormatSamples.name(way), format, way)));
  }

  static Stream<Arguments> pairs() {
    return FormatSamples.writable()
        .flatMap(
            from ->
                FormatSamples.writable().map(to -> Arguments.of(from.name(), to.name(), from, to)));
  }

  @Test
  void thereAreFormatsToWrite() {
    assertTrue(FormatSamples.writable().count() >= 2);
  }

  private static float[][] planes(CubeSource source) throws IOException {
    float[][] planes = new float[source.bands()][source.width() * source.height()];
    source.readBands(0, planes);
    return planes;
  }

  /** What a value becomes in samples of a type. */
  private static double stored(float value, WriteOptions way) {
    double scale = way.scaleOrUsual();
    return way.sample().isInteger() ? Math.rint(value * scale) / scale : value;
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("ways")
  void whatIsWrittenIsReadAgain(String name, String wayName, CubeFormat format, WriteOptions way)
      throws IOException {
    Path file = FormatSamples.write(format, way, folder);
    assertEquals(name, CubeFiles.formatOf(file).name());
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
      assertEquals(FormatSamples.WIDTH, source.width());
      assertEquals(FormatSamples.HEIGHT, source.height());
      assertEquals(FormatSamples.NM.size(), source.bands());
      assertEquals(FormatSamples.NM, source.wavelengths().orElseThrow());
      FormatSamples.PROVENANCE.forEach(
          (key, value) -> assertEquals(value, source.provenance().get(key), key));
      assertWidthsAndMarks(source);
      float[][] planes = planes(source);
      if (!way.sample().isInteger()) {
        assertArrayEquals(FormatSamples.planes(), planes);
      }
      for (int band = 0; band < planes.length; band++) {
        for (int i = 0; i < planes[band].length; i++) {
          assertEquals((float) stored(FormatSamples.value(band, i), way), planes[band][i], 1.2e-7f);
        }
      }
    }
  }

  private static void assertWidthsAndMarks(CubeSource source) {
    assertArrayEquals(FormatSamples.FWHM, source.fwhm().orElseThrow());
    assertArrayEquals(FormatSamples.BAD, source.badBands().orElseThrow());
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("ways")
  void aRegionIsWhatTheWholeHasThere(
      String name, String wayName, CubeFormat format, WriteOptions way) throws IOException {
    Path file = FormatSamples.write(format, way, folder);
    List<PixelRegion> regions =
        List.of(
            new PixelRegion(0, 0, 1, 1),
            new PixelRegion(12, 6, 1, 1),
            new PixelRegion(0, 2, 13, 3),
            new PixelRegion(5, 0, 2, 7),
            new PixelRegion(3, 1, 8, 5),
            PixelRegion.whole(13, 7));
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
      float[][] whole = planes(source);
      for (PixelRegion region : regions) {
        for (int first = 0; first < source.bands(); first++) {
          int count = Math.min(1 + first % 3, source.bands() - first);
          float[][] part = new float[count][(int) region.pixels()];
          source.readRegion(first, region, part);
          for (int i = 0; i < count; i++) {
            float[] expected = new float[(int) region.pixels()];
            region.crop(whole[first + i], source.width(), expected);
            assertArrayEquals(expected, part[i], region + " of band " + (first + i));
          }
        }
      }
      float[][] one = new float[1][13];
      for (PixelRegion outside :
          List.of(new PixelRegion(1, 0, 13, 1), new PixelRegion(0, 7, 13, 1))) {
        assertThrows(SkinSpectraException.class, () -> source.readRegion(0, outside, one));
      }
      PixelRegion row = new PixelRegion(0, 0, 13, 1);
      assertThrows(SkinSpectraException.class, () -> source.readRegion(5, row, one));
      assertThrows(SkinSpectraException.class, () -> source.readRegion(-1, row, one));
      int atOnce = source.bandsAtOnce();
      assertTrue(atOnce >= 1 && atOnce <= source.bands(), "bandsAtOnce " + atOnce);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("ways")
  void theSameCubeGivesTheSameBytes(
      String name, String wayName, CubeFormat format, WriteOptions way) throws IOException {
    SortedMap<String, byte[]> first =
        FormatSamples.files(FormatSamples.write(format, way, folder.resolve("a")).getParent());
    SortedMap<String, byte[]> second =
        FormatSamples.files(FormatSamples.write(format, way, folder.resolve("b")).getParent());
    assertEquals(first.keySet(), second.keySet());
    first.forEach((file, bytes) -> assertArrayEquals(bytes, second.get(file), file));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("formats")
  void whatAFormatWritesIsWhatItSays(String name, CubeFormat format) throws IOException {
    Path file = FormatSamples.write(format, FormatSamples.ways(format).get(0), folder);
    try (Stream<Path> all = Files.list(file.getParent())) {
      assertEquals(format.written(file).stream().sorted().toList(), all.sorted().toList());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("formats")
  void valuesThatAreNotFiniteOrReflectancesAreKept(String name, CubeFormat format)
      throws IOException {
    float[] values = {
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      -0.25f,
      Float.MIN_VALUE,
      Float.MAX_VALUE
    };
    Path file = folder.resolve("odd" + format.endings().get(0));
    CubeSource odd =
        new PlanesInMemory(
            3,
            2,
            new float[][] {values, values.clone()},
            Optional.of(Wavelengths.of(500, 600)),
            List.of("500 nm", "600 nm"),
            Map.of());
    CubeFiles.write(odd, file, WriteOptions.DEFAULT.withFormat(name));
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
      assertArrayEquals(values, planes(source)[1]);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("formats")
  void aMultispectralImageIsOneAgain(String name, CubeFormat format) throws IOException {
    float[] pixels = new float[3 * 2 * 4];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i / 32f;
    }
    Path file = folder.resolve("msi" + format.endings().get(0));
    CubeFiles.write(
        CubeSource.of(new Msi(3, 2, 4, pixels)), file, WriteOptions.DEFAULT.withFormat(name));
    assertArrayEquals(pixels, CubeFiles.readMsi(file).pixels());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("formats")
  void aMultispectralImageKeepsItsProvenanceAndHasNoWavelengths(String name, CubeFormat format)
      throws IOException {
    Path file = folder.resolve("msi" + format.endings().get(0));
    CubeSource msi =
        new PlanesInMemory(
            2, 1, new float[4][2], Optional.empty(), Msi.CHANNEL_NAMES, FormatSamples.PROVENANCE);
    CubeFiles.write(msi, file, WriteOptions.DEFAULT.withFormat(name));
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
      assertEquals(Optional.empty(), source.wavelengths());
      FormatSamples.PROVENANCE.forEach(
          (key, value) -> assertEquals(value, source.provenance().get(key), key));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("formats")
  void textThatCouldEndALineOrAListDoesNotHarm(String name, CubeFormat format) throws IOException {
    Map<String, String> hostile = new LinkedHashMap<>();
    hostile.put("a<b> & \"c\"", "x }\nbands = 9\n\u0000 ]]> <!-- \\u0041 µ");
    Path file = folder.resolve("hostile" + format.endings().get(0));
    CubeSource source =
        new PlanesInMemory(
            2,
            1,
            new float[][] {{1, 2}, {3, 4}},
            Optional.of(Wavelengths.of(500, 600)),
            List.of("a, b\nc", "} = {"),
            hostile);
    CubeFiles.write(source, file, WriteOptions.DEFAULT.withFormat(name));
    try (CubeSource back = CubeFiles.open(file, ReadOptions.DEFAULT)) {
      assertEquals(2, back.bands());
      assertEquals(Wavelengths.of(500, 600), back.wavelengths().orElseThrow());
      assertArrayEquals(new float[] {3, 4}, planes(back)[1]);
      assertEquals(2, back.bandNames().size());
      assertTrue(back.provenance().size() <= 2, () -> back.provenance().toString());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("formats")
  void aWriteThatFailsLeavesNothingAndWhatWasThereStays(String name, CubeFormat format)
      throws IOException {
    Path file = folder.resolve("c" + format.endings().get(0));
    WriteOptions way = WriteOptions.DEFAULT.withFormat(name);
    assertThrows(SkinSpectraException.class, () -> CubeFiles.write(new FullDisk(), file, way));
    assertEquals(Map.of(), FormatSamples.files(folder));
    CubeFiles.write(FormatSamples.cube(), file, way);
    SortedMap<String, byte[]> before = FormatSamples.files(folder);
    assertThrows(SkinSpectraException.class, () -> CubeFiles.write(new FullDisk(), file, way));
    SortedMap<String, byte[]> after = FormatSamples.files(folder);
    assertEquals(before.keySet(), after.keySet());
    before.forEach((path, bytes) -> assertArrayEquals(bytes, after.get(path), path));
  }

  /** Cancels when it has been asked so often. */
  private static ProgressMonitor patientFor(int questions) {
    int[] asked = {0};
    return new ProgressMonitor() {
      @Override
      public void report(String step, long done, long total) {
        assertTrue(done <= total);
      }

      @Override
      public boolean isCanceled() {
        return ++asked[0] > questions;
      }
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("formats")
  void aCanceledConversionLeavesNothing(String name, CubeFormat format) throws IOException {
    Path from = FormatSamples.write(format, FormatSamples.ways(format).get(0), folder);
    SortedMap<String, byte[]> before = FormatSamples.files(folder);
    Conversion conversion = conversion(format);
    Path to = folder.resolve("to" + format.endings().get(0));
    assertThrows(CanceledException.class, () -> conversion.run(from, to, patientFor(0)));
    assertEquals(before.keySet(), FormatSamples.files(folder).keySet());
    conversion.run(from, to, patientFor(Integer.MAX_VALUE));
    assertTrue(Files.exists(to));
  }

  private static Conversion conversion(CubeFormat to) {
    return new Conversion(
        ReadOptions.DEFAULT, CubeSelection.ALL, WriteOptions.DEFAULT.withFormat(to.name()), false);
  }

  @ParameterizedTest(name = "{0} to {1}")
  @MethodSource("pairs")
  void everyFormatBecomesEveryOther(String fromName, String toName, CubeFormat from, CubeFormat to)
      throws IOException {
    Path first = FormatSamples.write(from, FormatSamples.ways(from).get(0), folder);
    Path second = folder.resolve("converted" + to.endings().get(0));
    Conversion.Result result = conversion(to).run(first, second, ProgressMonitor.NONE);
    assertEquals(Optional.of(toName), result.format());
    try (CubeSource source = CubeFiles.open(second, ReadOptions.DEFAULT)) {
      assertArrayEquals(FormatSamples.planes(), planes(source));
      assertWidthsAndMarks(source);
      assertEquals(FormatSamples.NM, source.wavelengths().orElseThrow());
      FormatSamples.PROVENANCE.forEach(
          (key, value) -> assertEquals(value, source.provenance().get(key), key));
      String converted = source.provenance().get("converted");
      assertTrue(converted.startsWith("from " + first.getFileName() + " by "), converted);
    }
    SkinSpectraException there =
        assertThrows(
            SkinSpectraException.class,
            () -> conversion(to).run(first, second, ProgressMonitor.NONE));
    assertTrue(there.getMessage().contains("already"), there.getMessage());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("formats")
  void anImageThatIsNotThereIsRefused(String name, CubeFormat format) throws IOException {
    Path file = FormatSamples.write(format, FormatSamples.ways(format).get(0), folder);
    SkinSpectraException refused =
        assertThrows(
            SkinSpectraException.class,
            () -> CubeFiles.open(file, ReadOptions.DEFAULT.withImage(2)));
    assertTrue(refused.getMessage().contains("no image 2"), refused.getMessage());
  }
}

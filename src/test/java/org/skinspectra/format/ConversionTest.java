package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.SpectralCsv;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

class ConversionTest {

  private static final Conversion PLAIN =
      new Conversion(ReadOptions.DEFAULT, CubeSelection.ALL, WriteOptions.DEFAULT, false);

  @TempDir private Path folder;

  private Path cube() {
    SpectralCube cube = SpectralCube.zeros(4, 3, Wavelengths.range(500, 10, 540));
    for (int band = 0; band < cube.bands(); band++) {
      for (int i = 0; i < 12; i++) {
        cube.plane(band)[i] = band + i / 16f;
      }
    }
    Path file = folder.resolve("a.hdr");
    CubeFiles.write(cube.withProvenance(Map.of("model", "none")), file);
    return file;
  }

  private static Conversion selecting(CubeSelection selection) {
    return new Conversion(ReadOptions.DEFAULT, selection, WriteOptions.DEFAULT, false);
  }

  private static String refusal(Executable step) {
    return assertThrows(SkinSpectraException.class, step).getMessage();
  }

  private List<String> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFileBecomesAnotherThatSaysWhatItCameFrom() {
    Path from = cube();
    Path to = folder.resolve("b.tif");
    Conversion.Result result = PLAIN.run(from, to, ProgressMonitor.NONE);
    assertEquals(Optional.of("ImageJ TIFF"), result.format());
    assertEquals(Optional.of(new ImageSize(4, 3)), result.size());
    assertEquals(5, result.bands());
    SpectralCube before = CubeFiles.readCube(from);
    SpectralCube after = CubeFiles.readCube(to);
    assertEquals(before.wavelengths(), after.wavelengths());
    assertArrayEquals(before.planes(), after.planes());
    assertEquals("none", after.provenance().get("model"));
    String converted = after.provenance().get("converted");
    assertTrue(converted.startsWith("from a.hdr by skin-spectra "), converted);
  }

  @Test
  void everyConversionIsAddedToTheOnesBeforeAndIntegersNameTheirScale() {
    Path second = folder.resolve("b.tif");
    Path third = folder.resolve("c.hdr");
    PLAIN.run(cube(), second, ProgressMonitor.NONE);
    WriteOptions integers = WriteOptions.DEFAULT.withSample(SampleType.UINT16).withScale(1600);
    new Conversion(ReadOptions.DEFAULT, CubeSelection.ALL, integers, false)
        .run(second, third, ProgressMonitor.NONE);
    String converted = CubeFiles.readCube(third).provenance().get("converted");
    assertTrue(
        converted.matches(
            "from a.hdr by skin-spectra \\S+, then from b.tif to uint16 of scale 1600 by skin-spectra \\S+"),
        converted);
    assertArrayEquals(CubeFiles.readCube(second).planes(), CubeFiles.readCube(third).planes());
  }

  @Test
  void bandsAndPixelsAreChosenTogether() {
    Path to = folder.resolve("b.hdr");
    CubeSelection selection =
        CubeSelection.ALL
            .withBands(Wavelengths.of(510, 540))
            .withRegion(new PixelRegion(1, 1, 2, 2));
    selecting(selection).run(cube(), to, ProgressMonitor.NONE);
    SpectralCube part = CubeFiles.readCube(to);
    assertEquals(Wavelengths.of(510, 540), part.wavelengths());
    assertArrayEquals(
        new float[] {1 + 5 / 16f, 1 + 6 / 16f, 1 + 9 / 16f, 1 + 10 / 16f}, part.plane(0));
    assertArrayEquals(
        new float[] {4 + 5 / 16f, 4 + 6 / 16f, 4 + 9 / 16f, 4 + 10 / 16f}, part.plane(1));
    assertEquals("2x2 pixels at (1, 1) of 4x3", part.provenance().get("region"));
  }

  @Test
  void aRangeHoldsBothItsEnds() {
    Path to = folder.resolve("b.hdr");
    selecting(CubeSelection.ALL.withRange(new NmRange(510, 530)))
        .run(cube(), to, ProgressMonitor.NONE);
    assertEquals(Wavelengths.range(510, 10, 530), CubeFiles.readCube(to).wavelengths());
  }

  @Test
  void bandsThatAreNotThereAreRefusedByName() {
    Path from = cube();
    Path to = folder.resolve("b.hdr");
    CubeSelection other = CubeSelection.ALL.withBands(Wavelengths.of(513));
    String message = refusal(() -> selecting(other).run(from, to, ProgressMonitor.NONE));
    assertTrue(message.contains("no band at 513 nm; the nearest is 510 nm"), message);
    CubeSelection above = CubeSelection.ALL.withRange(new NmRange(600, 700));
    message = refusal(() -> selecting(above).run(from, to, ProgressMonitor.NONE));
    assertTrue(message.contains("no band from 600 to 700 nm"), message);
    CubeSelection outside = CubeSelection.ALL.withRegion(new PixelRegion(3, 0, 2, 1));
    message = refusal(() -> selecting(outside).run(from, to, ProgressMonitor.NONE));
    assertTrue(message.contains("a.hdr") && message.contains("4x3"), message);
    message = refusal(() -> above.withBands(Wavelengths.of(510)));
    assertTrue(message.contains("not by both"), message);
  }

  @Test
  void bandsOfAnImageWithoutWavelengthsCannotBeChosenByThem() {
    Path msi = folder.resolve("m.hdr");
    CubeFiles.write(new Msi(1, 1, 4, new float[4]), msi);
    CubeSelection some = CubeSelection.ALL.withBands(Wavelengths.of(960));
    String message =
        refusal(() -> selecting(some).run(msi, folder.resolve("b.hdr"), ProgressMonitor.NONE));
    assertTrue(message.contains("does not say their wavelengths"), message);
  }

  @Test
  void scatteredBandsOfInterleavedPixelsAreReadInOnePass() throws IOException {
    List<String> reads = new ArrayList<>();
    CubeSource source =
        CubeSelection.ALL
            .withBands(Wavelengths.of(500, 520, 540))
            .of(new Interleaved(reads), "source");
    assertEquals(3, source.bandsAtOnce());
    float[][] planes = new float[3][6];
    source.readBands(0, planes);
    assertArrayEquals(new float[] {2, 12, 22, 102, 112, 122}, planes[1]);
    assertEquals(List.of("0+5"), reads);
    float[][] part = new float[2][2];
    source.readRegion(1, new PixelRegion(2, 0, 1, 2), part);
    assertArrayEquals(new float[][] {{22, 122}, {24, 124}}, part);
    assertEquals(List.of(510.0), List.of(new Interleaved(reads).wavelengths().get().get(1)));
    assertThrows(SkinSpectraException.class, () -> source.readBands(2, planes));
  }

  /** Five bands of pixels that lie together; a value is 100 row + 10 column + band. */
  private record Interleaved(List<String> reads) implements CubeSource {

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
    public Optional<Wavelengths> wavelengths() {
      return Optional.of(Wavelengths.range(500, 10, 540));
    }

    @Override
    public Optional<double[]> fwhm() {
      return Optional.of(new double[] {1, 2, 3, 4, 5});
    }

    @Override
    public Optional<boolean[]> badBands() {
      return Optional.of(new boolean[] {false, false, true, true, false});
    }

    @Override
    public void readBands(int first, float[][] planes) {
      reads.add(first + "+" + planes.length);
      for (int band = 0; band < planes.length; band++) {
        for (int i = 0; i < 6; i++) {
          planes[band][i] = 100 * (i / 3) + 10 * (i % 3) + first + band;
        }
      }
    }
  }

  @Test
  void widthsAndMarksFollowTheBands() {
    CubeSource source =
        CubeSelection.ALL
            .withBands(Wavelengths.of(510, 530))
            .of(new Interleaved(new ArrayList<>()), "source");
    assertArrayEquals(new double[] {2, 4}, source.fwhm().orElseThrow());
    assertArrayEquals(new boolean[] {false, true}, source.badBands().orElseThrow());
    assertEquals(List.of("510 nm", "530 nm"), source.bandNames());
  }

  @Test
  void channelsThatAreNamedAreWrittenInTheOrderOfAMultispectralImage() throws IOException {
    Path from = folder.resolve("m.ome.tif");
    CubeFiles.write(
        new PlanesInMemory(
            1,
            1,
            new float[][] {{3}, {1}, {4}, {2}},
            Optional.empty(),
            List.of("Blue", "Red", "NIR960", "Green"),
            Map.of()),
        from,
        WriteOptions.DEFAULT);
    for (String name : List.of("m.hdr", "m.mat")) {
      Path to = folder.resolve(name);
      PLAIN.run(from, to, ProgressMonitor.NONE);
      assertArrayEquals(new float[] {1, 2, 3, 4}, CubeFiles.readMsi(to).pixels(), name);
    }
    Path infrared = folder.resolve("n.hdr");
    CubeFiles.write(SpectralCube.ofPlanes(1, 1, Wavelengths.of(960), new float[] {5}), infrared);
    Path three = folder.resolve("three.ome.tif");
    CubeFiles.write(
        new PlanesInMemory(
            1,
            1,
            new float[][] {{3}, {1}, {2}},
            Optional.empty(),
            List.of("Blue", "Red", "Green"),
            Map.of()),
        three,
        WriteOptions.DEFAULT);
    ReadOptions together = ReadOptions.DEFAULT.withInfrared(infrared);
    assertArrayEquals(new float[] {1, 2, 3, 5}, CubeFiles.readMsi(three, together).pixels());
  }

  @Test
  void whatIsThereIsReplacedOnlyIfAsked() throws IOException {
    Path from = cube();
    Path to = folder.resolve("b.hdr");
    Files.writeString(folder.resolve("b.img"), "somebody's");
    String message = refusal(() -> PLAIN.run(from, to, ProgressMonitor.NONE));
    assertTrue(message.contains("b.img already"), message);
    assertEquals("somebody's", Files.readString(folder.resolve("b.img")));
    Conversion replacing =
        new Conversion(ReadOptions.DEFAULT, CubeSelection.ALL, WriteOptions.DEFAULT, true);
    replacing.run(from, to, ProgressMonitor.NONE);
    assertArrayEquals(CubeFiles.readCube(from).planes(), CubeFiles.readCube(to).planes());
    for (Path same : List.of(from, folder.resolve("a.img"))) {
      message = refusal(() -> replacing.run(same, from, ProgressMonitor.NONE));
      assertTrue(message.contains("written over while it is read"), message);
    }
  }

  @Test
  void noneOfTheFilesOfTheSourceIsWrittenOver() throws IOException {
    cube();
    Files.move(folder.resolve("a.img"), folder.resolve("a.dat"));
    Conversion replacing =
        new Conversion(ReadOptions.DEFAULT, CubeSelection.ALL, WriteOptions.DEFAULT, true);
    Path data = folder.resolve("a.dat");
    String message =
        refusal(() -> replacing.run(data, folder.resolve("a.hdr"), ProgressMonitor.NONE));
    assertTrue(message.contains("a.hdr would be written over"), message);
    assertEquals(List.of("a.dat", "a.hdr"), list());
  }

  @Test
  void aCanceledConversionLeavesNothing() throws IOException {
    Path from = cube();
    ProgressMonitor impatient =
        new ProgressMonitor() {
          private long done;

          @Override
          public void report(String step, long now, long total) {
            done = now;
          }

          @Override
          public boolean isCanceled() {
            return done > 0;
          }
        };
    assertThrows(
        CanceledException.class, () -> PLAIN.run(from, folder.resolve("b.hdr"), impatient));
    assertEquals(List.of("a.hdr", "a.img"), list());
  }

  @Test
  void resultsInAFolderKeepTheirNamesAndNeverShareOne() {
    List<Path> files = List.of(Path.of("x/p1.mat"), Path.of("p2.TIF"), Path.of("p.3"));
    assertEquals(
        List.of(Path.of("out/p1.hdr"), Path.of("out/p2.hdr"), Path.of("out/p.hdr")),
        List.copyOf(ConversionTargets.in(Path.of("out"), files, ".hdr").values()));
    assertEquals(
        Path.of("out/p1.hdr"),
        ConversionTargets.in(Path.of("out"), files, "envi").get(Path.of("x/p1.mat")));
    List<Path> alike = List.of(Path.of("x/p1.mat"), Path.of("y/P1.tif"));
    String message = refusal(() -> ConversionTargets.in(Path.of("out"), alike, ".hdr"));
    assertTrue(message.contains("would both become"), message);
    message = refusal(() -> ConversionTargets.in(Path.of("out"), files, "parchment"));
    assertTrue(message.contains("no format 'parchment'") && message.contains("ENVI"), message);
  }

  private Path table() {
    Path file = folder.resolve("t.csv");
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("cheek", new double[] {0.25, 0.5, 0.75});
    columns.put("arm", new double[] {0.125, 0.375, 1});
    SpectralTable table =
        SpectralTable.of(Wavelengths.of(400, 500, 650), "reflectance factor", columns);
    SpectralCsv.write(file, table.withProvenance(Map.of("instrument", "none")));
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"u.long.csv", "u.sli", "u.jdx", "u.csv"})
  void aTableOfSpectraBecomesEveryOtherKindOfTable(String name) {
    Path to = folder.resolve(name);
    Conversion.Result result = PLAIN.run(table(), to, ProgressMonitor.NONE);
    assertEquals(2, result.bands());
    assertTrue(result.size().isEmpty());
    SpectralTable back = SpectraFiles.read(to);
    assertEquals(Wavelengths.of(400, 500, 650), back.wavelengths());
    assertEquals(List.of("cheek", "arm"), back.names());
    assertEquals("reflectance factor", back.unit());
    assertArrayEquals(new double[] {0.125, 0.375, 1}, back.column("arm"), 1e-7);
    assertTrue(back.provenance().toString().contains("from t.csv by"), back.provenance()::toString);
    String message = refusal(() -> PLAIN.run(table(), to, ProgressMonitor.NONE));
    assertTrue(message.contains("already"), message);
  }

  @Test
  void imagesAndTablesAreNotMadeOfOneAnother() {
    String message =
        refusal(() -> PLAIN.run(table(), folder.resolve("b.tif"), ProgressMonitor.NONE));
    assertTrue(message.contains("has no pixels") && message.contains("JCAMP"), message);
    message = refusal(() -> PLAIN.run(cube(), folder.resolve("b.csv"), ProgressMonitor.NONE));
    assertTrue(message.contains("ROI Spectra"), message);
    Conversion bytes =
        new Conversion(
            ReadOptions.DEFAULT,
            CubeSelection.ALL,
            WriteOptions.DEFAULT.withSample(SampleType.UINT8),
            false);
    message = refusal(() -> bytes.run(table(), folder.resolve("b.jdx"), ProgressMonitor.NONE));
    assertTrue(message.contains("leave out all options"), message);
  }

  @Test
  void theHeaderOfALibraryIsNotReplacedUnasked() throws IOException {
    Files.writeString(folder.resolve("u.hdr"), "somebody's");
    String message =
        refusal(() -> PLAIN.run(table(), folder.resolve("u.sli"), ProgressMonitor.NONE));
    assertTrue(message.contains("u.hdr already"), message);
  }

  @Test
  void rangesAndRegionsAreReadFromText() {
    assertEquals(new NmRange(400, 700.5), NmRange.parse(" 400 : 700.5 "));
    assertEquals(new PixelRegion(1, 2, 3, 4), PixelRegion.parse("1, 2,3,4"));
    for (String text : List.of("", "400", "400:500:600", "a:b", "700:400", "NaN:5", "0:1")) {
      assertThrows(SkinSpectraException.class, () -> NmRange.parse(text), text);
    }
    for (String text :
        List.of("", "1,2,3", "1,2,3,4,5", "1,2,x,4", "-1,0,3,3", "1,2,0,4", "1e9,0,1,1")) {
      assertThrows(SkinSpectraException.class, () -> PixelRegion.parse(text), text);
    }
  }
}

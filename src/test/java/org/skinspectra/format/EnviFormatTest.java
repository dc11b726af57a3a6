package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

class EnviFormatTest {

  @TempDir Path folder;

  private static SpectralCube cube() {
    SpectralCube cube = SpectralCube.zeros(5, 3, Wavelengths.VIS_NIR);
    for (int band = 0; band < cube.bands(); band++) {
      float base = band;
      float[] plane = cube.plane(band);
      for (int i = 0; i < plane.length; i++) {
        plane[i] = base + i / 100f;
      }
    }
    cube.plane(3)[4] = Float.NaN;
    cube.plane(60)[14] = -0.25f;
    return cube;
  }

  private static void assertSameCube(SpectralCube expected, SpectralCube actual) {
    assertEquals(expected.width(), actual.width());
    assertEquals(expected.height(), actual.height());
    assertTrue(expected.wavelengths().matches(actual.wavelengths()));
    for (int band = 0; band < expected.bands(); band++) {
      assertArrayEquals(expected.plane(band), actual.plane(band));
    }
  }

  @Test
  void aWrittenCubeIsReadAgainFromItsHeaderAndFromItsData() throws IOException {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("model", "mstpp {4,61}\nnext");
    provenance.put("source", "C:\\a: b.mat");
    Path header = folder.resolve("deep/er/cube.hdr");
    CubeFiles.write(cube().withProvenance(provenance), header);

    for (Path file : List.of(header, header.resolveSibling("cube.img"))) {
      SpectralCube back = CubeFiles.readCube(file);
      assertSameCube(cube(), back);
      assertEquals(
          Map.of("model", "mstpp (4,61) next", "source", "C:\\a: b.mat"), back.provenance());
    }
    assertEquals(2, list(header.getParent()).size());
  }

  @Test
  void halvesOfCharactersDoNotKeepACubeFromBeingWritten() {
    Path header = folder.resolve("cube.hdr");
    CubeFiles.write(cube().withProvenance(Map.of("note", "4→61 😀 a\ud800b")), header);
    assertEquals(Map.of("note", "4→61 😀 a\ufffdb"), CubeFiles.readCube(header).provenance());
  }

  @Test
  void theHeaderSaysWhatOtherProgramsNeed() throws IOException {
    Path header = folder.resolve("cube.hdr");
    CubeFiles.write(cube(), header);
    String text = Files.readString(header);
    for (String line :
        List.of(
            "ENVI",
            "samples = 5",
            "lines = 3",
            "bands = 61",
            "data type = 4",
            "interleave = bsq",
            "byte order = 0",
            "reflectance scale factor = 1",
            "default bands = {26, 16, 6}",
            "wavelength units = Nanometers")) {
      assertTrue(text.lines().anyMatch(line::equals), line + " in\n" + text);
    }
    assertTrue(text.contains("wavelength = {400.0, 410.0, "), text);
    assertTrue(text.contains("band names = {400 nm, 410 nm, "), text);
    assertEquals(5 * 3 * 61 * 4, Files.size(folder.resolve("cube.img")));
    byte[] data = Files.readAllBytes(folder.resolve("cube.img"));
    assertEquals(0.01f, ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getFloat(4));
  }

  @Test
  void aMultispectralImageIsWrittenWithItsChannelNames() throws IOException {
    Msi msi = new Msi(2, 1, 4, new float[] {1, 2, 3, 4, 5, 6, 7, 8});
    Path header = folder.resolve("msi.hdr");
    CubeFiles.write(msi, header);
    assertArrayEquals(msi.pixels(), CubeFiles.readMsi(header).pixels());
    assertTrue(Files.readString(header).contains("band names = {R, G, B, 960 nm}"));
  }

  @ParameterizedTest
  @CsvSource({
    "1,bsq,0",
    "1,bip,1",
    "2,bil,0",
    "2,bip,1",
    "3,bsq,1",
    "3,bil,0",
    "4,bip,1",
    "4,bil,1",
    "5,bsq,0",
    "5,bip,1",
    "12,bil,1",
    "12,bsq,0",
    "13,bip,0",
    "13,bsq,1",
    "14,bil,0",
    "14,bip,1",
    "15,bsq,1",
    "15,bil,0"
  })
  void everyTypeInterleaveAndByteOrderIsRead(int type, String interleave, int order)
      throws IOException {
    int bytes = Map.of(1, 1, 2, 2, 3, 4, 4, 4, 5, 8, 12, 2, 13, 4, 14, 8, 15, 8).get(type);
    int width = 3;
    int height = 2;
    int bands = 4;
    int offset = 7;
    ByteBuffer data =
        ByteBuffer.allocate(offset + width * height * bands * bytes)
            .order(order == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (int band = 0; band < bands; band++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int sample =
              switch (interleave) {
                case "bsq" -> (band * height + y) * width + x;
                case "bil" -> (y * bands + band) * width + x;
                default -> (y * width + x) * bands + band;
              };
          int at = offset + sample * bytes;
          int value = 40 * band + 10 * y + x;
          switch (type) {
            case 1 -> data.put(at, (byte) (value + 100));
            case 2 -> data.putShort(at, (short) -value);
            case 3 -> data.putInt(at, -value);
            case 4 -> data.putFloat(at, value);
            case 5 -> data.putDouble(at, value);
            case 12 -> data.putShort(at, (short) (value + 60000));
            case 14 -> data.putLong(at, -value * (1L << 40));
            case 15 -> data.putLong(at, (1L << 63) + value * (1L << 48));
            default -> data.putInt(at, (int) (value + 4_000_000_000L));
          }
        }
      }
    }
    Files.write(folder.resolve("c.dat"), data.array());
    Path header =
        header(
            "c.hdr",
            "Samples = 3",
            "LINES=2",
            "bands = 4",
            "Header  Offset = 7",
            "data type = " + type,
            "interleave = " + interleave.toUpperCase(),
            "byte order = " + order,
            "wavelength units = Micrometers",
            "wavelength = {0.4,",
            " 0.5, 0.6 ,",
            "0.7}");

    SpectralCube cube = CubeFiles.readCube(header);

    assertTrue(cube.wavelengths().matches(Wavelengths.range(400, 100, 700)));
    for (int band = 0; band < bands; band++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int value = 40 * band + 10 * y + x;
          float expected =
              switch (type) {
                case 1 -> value + 100;
                case 2, 3 -> -value;
                case 12 -> value + 60000;
                case 13 -> value + 4_000_000_000L;
                case 14 -> -value * 0x1p40f;
                case 15 -> 0x1p63f + value * 0x1p48f;
                default -> value;
              };
          assertEquals(expected, cube.plane(band)[y * width + x]);
        }
      }
    }
    CubeSource source = new EnviFormat().open(header, ReadOptions.DEFAULT);
    float[][] part = new float[2][6];
    try (source) {
      source.readBands(1, part);
    }
    assertArrayEquals(cube.plane(1), part[0]);
    assertArrayEquals(cube.plane(2), part[1]);
  }

  private Path header(String name, String... lines) throws IOException {
    return Files.writeString(
        folder.resolve(name), "ENVI\n; a comment = 1\n" + String.join("\r\n", lines) + "\n");
  }

  private static final String[] TWO_BYTES = {
    "samples = 1", "lines = 1", "bands = 2", "data type = 1", "interleave = bsq"
  };

  private Path headerOfTwo(String... more) throws IOException {
    return header(
        "c.hdr", Stream.concat(Stream.of(TWO_BYTES), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void dataAreFoundUnderEveryUsualName() throws IOException {
    for (String name : List.of("c.img", "c.dat", "c.raw", "c.bsq", "c", "c.IMG")) {
      Path data = Files.write(folder.resolve(name), new byte[] {10, 20});
      Path header = headerOfTwo("wavelength = {500, 600}");
      assertEquals(20, CubeFiles.readCube(header).plane(1)[0]);
      assertEquals(20, CubeFiles.readCube(data).plane(1)[0]);
      Files.delete(data);
    }
    Path data = Files.write(folder.resolve("d.img"), new byte[] {10, 20});
    Path header = header("d.img.hdr", TWO_BYTES);
    ReadOptions given = ReadOptions.DEFAULT.withWavelengths(Wavelengths.of(500, 600));
    assertEquals(10, CubeFiles.readCube(header, given).plane(0)[0]);
    assertEquals(10, CubeFiles.readCube(data, given).plane(0)[0]);
  }

  @Test
  void scaledReflectanceIsDividedByItsFactor() throws IOException {
    Files.write(folder.resolve("c.img"), new byte[] {50, (byte) 200});
    Path header = headerOfTwo("reflectance scale factor = 200", "wavelength = {500, 600}");
    assertEquals(0.25f, CubeFiles.readCube(header).plane(0)[0]);
  }

  @Test
  void unitsAreUnderstoodAndGuessedOnlyWhereTheyAreMissing() throws IOException {
    Files.write(folder.resolve("c.img"), new byte[2]);
    for (String unit : List.of("wavelength units = um", "wavelength units = Unknown", "x = y")) {
      assertEquals(
          Wavelengths.of(500, 600),
          CubeFiles.readCube(headerOfTwo(unit, "wavelength = {0.5, 0.6}")).wavelengths());
    }
    assertEquals(
        Wavelengths.of(50, 60),
        CubeFiles.readCube(headerOfTwo("wavelength units = nm", "wavelength = {50, 60}"))
            .wavelengths());
    assertMessage(headerOfTwo("wavelength units = Index", "wavelength = {1, 2}"), "--wavelengths");
    assertMessage(headerOfTwo("wavelength = {600, 500}"), "500.0 nm follows 600.0 nm");
    assertMessage(
        headerOfTwo("wavelength = {500, red}"), "'wavelength' holds 'red', which is no number");
    assertMessage(headerOfTwo("wavelength = {500}"), "2 bands, but there are 1 wavelengths");
  }

  @Test
  void lengthsOfEveryUnitAndFrequenciesBecomeNanometres() throws IOException {
    Files.write(folder.resolve("c.img"), new byte[2]);
    Wavelengths expected = Wavelengths.of(500, 625);
    for (String lines :
        List.of(
            "Angstroms {5000, 6250}",
            "Millimeters {0.0005, 0.000625}",
            "mm {5e-4, 6.25e-4}",
            "Centimeters {5e-5, 6.25e-5}",
            "Meters {5e-7, 6.25e-7}",
            "Microns {0.5, 0.625}",
            "<unspecified> {0.5, 0.625}",
            "Wavenumber {20000, 16000}",
            "GHz {599584.916, 479667.9328}",
            "MHz {599584916, 479667932.8}")) {
      String unit = lines.substring(0, lines.indexOf(' '));
      String list = lines.substring(lines.indexOf(' '));
      Path header = headerOfTwo("wavelength units = " + unit, "wavelength =" + list);
      assertTrue(expected.matches(CubeFiles.readCube(header).wavelengths()), lines);
    }
    assertMessage(
        headerOfTwo("wavelength units = Wavenumber", "wavelength = {16000, 20000}"),
        "500.0 nm follows 625.0 nm",
        "--wavelengths");
    Path furlongs = headerOfTwo("wavelength units = furlongs", "wavelength = {1, 2}", "fwhm={1,1}");
    assertMessage(furlongs, "unit 'furlongs' is not known", "--wavelengths");
    ReadOptions given = ReadOptions.DEFAULT.withWavelengths(expected);
    assertEquals(expected, CubeFiles.readCube(furlongs, given).wavelengths());
    try (CubeSource source = CubeFiles.open(furlongs, given)) {
      assertTrue(source.fwhm().isEmpty());
    }
  }

  @Test
  void whatIsGuessedIsSaidInTheProvenance() throws IOException {
    Files.write(folder.resolve("c.img"), new byte[5]);
    assertEquals(
        Map.of(
            "wavelength unit",
            "not stated, taken as micrometres since values are below 100",
            "data after the last value",
            "3 bytes, not read"),
        CubeFiles.provenance(headerOfTwo("wavelength = {0.5, 0.6}")));
    Files.write(folder.resolve("c.img"), new byte[2]);
    assertEquals(
        Map.of("wavelength unit", "not stated, taken as nanometres"),
        CubeFiles.provenance(headerOfTwo("wavelength = {500, 600}")));
    assertEquals(
        Map.of(),
        CubeFiles.provenance(headerOfTwo("wavelength units = nm", "wavelength = {500, 600}")));
  }

  @Test
  void valuesToIgnoreAreReadAsNaN() throws IOException {
    Files.write(folder.resolve("c.img"), new byte[] {50, (byte) 255});
    Path header =
        headerOfTwo(
            "data ignore value = 255", "reflectance scale factor = 100", "wavelength = {500, 600}");
    SpectralCube cube = CubeFiles.readCube(header);
    assertEquals(0.5f, cube.plane(0)[0]);
    assertTrue(Float.isNaN(cube.plane(1)[0]));
    assertEquals("255, read as NaN", cube.provenance().get("data ignore value"));

    ByteBuffer floats = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(folder.resolve("f.img"), floats.putFloat(-0.1f).putFloat(0.1f).array());
    cube =
        CubeFiles.readCube(
            header(
                "f.hdr",
                "samples = 1",
                "lines = 1",
                "bands = 2",
                "data type = 4",
                "interleave = bip",
                "data ignore value = -0.1",
                "wavelength = {500, 600}"));
    assertTrue(Float.isNaN(cube.plane(0)[0]));
    assertEquals(0.1f, cube.plane(1)[0]);
    assertMessage(headerOfTwo("data ignore value = none"), "'none', which is no number");
  }

  @Test
  void widthsAndBadBandsAreReadInTheUnitOfTheWavelengths() throws IOException {
    Files.write(folder.resolve("c.img"), new byte[2]);
    Path header =
        headerOfTwo("wavelength = {0.5, 0.6}", "fwhm = {0.010, 0.0125}", "bbl = {1, 0.0}");
    try (CubeSource source = CubeFiles.open(header, ReadOptions.DEFAULT)) {
      assertArrayEquals(new double[] {10, 12.5}, source.fwhm().orElseThrow());
      assertArrayEquals(new boolean[] {false, true}, source.badBands().orElseThrow());
    }
    for (String wrong : List.of("fwhm = {10}", "fwhm = {10, -1}", "bbl = {1, 2}", "bbl = {1}")) {
      Path file = headerOfTwo("wavelength = {500, 600}", wrong);
      String message =
          assertThrows(
                  SkinSpectraException.class,
                  () -> {
                    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
                      source.fwhm();
                      source.badBands();
                    }
                  })
              .getMessage();
      assertTrue(message.contains("c.hdr"), message);
    }
  }

  @Test
  void everyWayOfWritingAListIsUnderstood() throws IOException {
    Files.write(folder.resolve("c.img"), new byte[2]);
    Path header =
        header(
            "c.hdr",
            "  ; samples = 7",
            "Samples  =  1",
            "LINES=1",
            "bands = 2",
            "data type = 1",
            "interleave = \"BSQ\"",
            "description = {of a {nested} kind,",
            "; no part of it",
            "made by: \"a, b\" = c}",
            "band names = { \"blue, or so\" ,",
            "  red \"ish\", }",
            "Sensor Type = ÅSTRØM",
            "note = {one { open",
            "and closed}",
            "byte  order = 0");
    try (CubeSource source = CubeFiles.open(header, ReadOptions.DEFAULT)) {
      assertEquals(List.of("blue, or so", "red \"ish\""), source.bandNames());
      assertEquals(Map.of("made by", "\"a, b\" = c"), source.provenance());
      Map<String, String> kept = source.attributes("ENVI");
      assertEquals("ÅSTRØM", kept.get("Sensor Type"));
      assertEquals("of a {nested} kind,", kept.get("description"));
      assertEquals("{one { open\nand closed}", kept.get("note"));
      assertEquals(Map.of(), source.attributes("TIFF"));
    }
  }

  @Test
  void unknownKeysSurviveACopyFromEnviToEnvi() throws IOException {
    Files.write(folder.resolve("c.img"), new byte[] {10, 20});
    Path header =
        headerOfTwo(
            "wavelength units = Micrometers",
            "wavelength = {0.5, 0.6}",
            "fwhm = {0.01, 0.02}",
            "bbl = {0, 1}",
            "band names = {first, second}",
            "default bands = {2}",
            "map info = {UTM, 1.0, 1.0,",
            " 589999, 4140000, 20, 20, 10, North}",
            "Acquisition Time = 2024-05-06T07:08:09Z",
            "data gain values = {1, 1}",
            "data file = /etc/passwd",
            "description = {A cheek.",
            "operator: Ann}");
    Path again = folder.resolve("again.img.hdr");
    for (double scale : new double[] {1, 2}) {
      try (CubeSource source = CubeFiles.open(header, ReadOptions.DEFAULT)) {
        WriteOptions options = WriteOptions.DEFAULT.withSample(SampleType.UINT8).withScale(scale);
        assertEquals(0, CubeFiles.write(source, again, options));
      }
      assertArrayEquals(
          new byte[] {(byte) (10 * scale), (byte) (20 * scale)},
          Files.readAllBytes(folder.resolve("again.img")));
      String text = Files.readString(again);
      for (String line :
          List.of(
              "A cheek.",
              "operator: Ann",
              "band names = {first, second}",
              "default bands = {2}",
              "map info = {UTM, 1.0, 1.0,",
              "Acquisition Time = 2024-05-06T07:08:09Z",
              "fwhm = {10.0, 20.0}",
              "bbl = {0, 1}",
              "wavelength = {500.0, 600.0}")) {
        assertEquals(1, text.lines().filter(line::equals).count(), line + " in\n" + text);
      }
      assertEquals(scale == 1, text.contains("data gain values = {1, 1}"));
      assertTrue(!text.contains("passwd"), text);
      try (CubeSource source = CubeFiles.open(again, ReadOptions.DEFAULT)) {
        assertArrayEquals(new double[] {10, 20}, source.fwhm().orElseThrow());
        assertArrayEquals(new boolean[] {true, false}, source.badBands().orElseThrow());
        assertEquals(Map.of("operator", "Ann"), source.provenance());
        assertTrue(source.attributes("ENVI").get("map info").endsWith("10, North}"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Interleave.class)
  void everyOrderAndTypeIsWrittenAndReadInWholeAndInPart(Interleave order) throws IOException {
    SpectralCube cube = cube();
    for (SampleType type : SampleType.values()) {
      Path file = folder.resolve(order.key() + type.key() + ".hdr");
      WriteOptions options =
          WriteOptions.DEFAULT.withInterleave(order).withSample(type).withClip(true);
      long clipped = CubeFiles.write(CubeSource.of(cube), file, options);
      assertEquals(file.toString().contains("uint"), clipped > 0);
      SpectralCube whole = CubeFiles.readCube(file);
      if (!type.isInteger()) {
        assertSameCube(cube, whole);
      } else {
        assertEquals(0.14f, whole.plane(0)[14], 0.5 / type.usualScale());
      }
      try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
        for (PixelRegion region :
            List.of(
                new PixelRegion(0, 0, 5, 3),
                new PixelRegion(1, 1, 3, 2),
                new PixelRegion(4, 2, 1, 1),
                new PixelRegion(0, 1, 5, 1))) {
          for (int first : new int[] {0, 7, 59}) {
            float[][] part = new float[first == 0 ? 61 : 2][(int) region.pixels()];
            source.readRegion(first, region, part);
            for (int i = 0; i < part.length; i++) {
              float[] expected = new float[part[i].length];
              region.crop(whole.plane(first + i), 5, expected);
              assertArrayEquals(expected, part[i]);
            }
          }
        }
      }
    }
  }

  @Test
  void wideImagesOfAnyOrderAreReadInPiecesThatFitTheBuffer() throws IOException {
    int width = 300_000;
    SpectralCube cube = SpectralCube.zeros(width, 2, Wavelengths.of(500, 600, 700));
    for (int band = 0; band < 3; band++) {
      for (int i = 0; i < 2 * width; i++) {
        cube.plane(band)[i] = i + band * 0.25f;
      }
    }
    for (Interleave order : Interleave.values()) {
      Path file = folder.resolve(order.key() + ".hdr");
      CubeFiles.write(CubeSource.of(cube), file, WriteOptions.DEFAULT.withInterleave(order));
      assertSameCube(cube, CubeFiles.readCube(file));
      try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
        float[][] part = new float[2][2 * 280_000];
        source.readRegion(1, new PixelRegion(15_000, 0, 280_000, 2), part);
        assertEquals(15_000.25f, part[0][0]);
        assertEquals(width + 294_999.5f, part[1][2 * 280_000 - 1]);
      }
    }
  }

  @Test
  void aSpectralLibraryIsNoCube() throws IOException {
    Files.write(folder.resolve("c.sli"), new byte[2]);
    assertMessage(headerOfTwo("file type = ENVI Spectral Library"), "c.hdr is a spectral library");
  }

  @Test
  void headersThatLieAreRefusedBeforeMemoryIsTaken() throws IOException {
    Files.write(folder.resolve("c.img"), new byte[100]);
    String[] good = {"samples = 2", "lines = 5", "bands = 10", "data type = 1", "interleave = bsq"};
    for (String[] change :
        new String[][] {
          {"samples = 2147483647", "100 bytes, but its header asks for"},
          {"samples = 99999999999", "'samples = 99999999999'"},
          {"samples = -1", "'samples = -1'"},
          {"samples = two", "'samples = two'"},
          {"lines = 6", "asks for 120"},
          {"bands = 1000000", "'bands = 1000000'"},
          {"data type = 6", "data type 6 is complex"},
          {"data type = 9", "data type 9 is complex"},
          {"data type = 7", "data type 7 is not read; 1, 2, 3, 4, 5, 12, 13, 14, 15 are"},
          {"major frame offsets = {0, 8}", "'major frame offsets' other than 0"},
          {"samples = 2 \n samples = 3", "states 'samples' more than once"},
          {"wavelength = {1, 2", "brace of 'wavelength' is never closed"},
          {"interleave = tile", "must be one of bsq, bil, bip"},
          {"header offset = 1", "asks for 101"},
          {"byte order = 2", "'byte order = 2'"},
          {"reflectance scale factor = 0", "above 0"},
          {"file compression = 1", "compressed"},
        }) {
      String key = change[0].substring(0, change[0].indexOf(" ="));
      String[] lines =
          Stream.concat(
                  Arrays.stream(good).filter(line -> !line.startsWith(key)), Stream.of(change[0]))
              .toArray(String[]::new);
      assertMessage(header("c.hdr", lines), change[1]);
    }
    assertMessage(header("c.hdr", "samples = 2"), "lacks 'lines'");
  }

  @Test
  void aHeaderWithoutDataSaysWhereItLooked() throws IOException {
    assertMessage(headerOfTwo(), "no data beside", "c.img, c.dat");
  }

  @Test
  void nothingIsLeftWhenWritingFails() {
    assertThrows(
        SkinSpectraException.class,
        () ->
            new EnviFormat()
                .write(new FullDisk(), folder.resolve("cube.hdr"), WriteOptions.DEFAULT));
    assertEquals(List.of(), assertDoesNotThrow(() -> list(folder)));
  }

  @Test
  void anEarlierFileSurvivesAFailedWriting() throws IOException {
    Path header = folder.resolve("cube.hdr");
    CubeFiles.write(cube(), header);
    assertThrows(
        SkinSpectraException.class,
        () -> new EnviFormat().write(new FullDisk(), header, WriteOptions.DEFAULT));
    assertSameCube(cube(), CubeFiles.readCube(header));
    assertEquals(2, list(folder).size());
  }

  @Test
  void aFolderOfTheSameNameIsRefusedBeforeAnythingIsWritten() throws IOException {
    Files.createDirectories(folder.resolve("cube.hdr/inside"));
    String message =
        assertThrows(
                SkinSpectraException.class,
                () -> CubeFiles.write(cube(), folder.resolve("cube.hdr")))
            .getMessage();
    assertTrue(message.contains("a folder has this name"), message);
    assertEquals(1, list(folder).size());
  }

  @Test
  void otherEndingsAreRefusedNamingThePossibleOnes() {
    String message =
        assertThrows(
                SkinSpectraException.class, () -> CubeFiles.write(cube(), folder.resolve("c.png")))
            .getMessage();
    assertTrue(message.contains("c.png") && message.contains("ENVI (.hdr)"), message);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void assertMessage(Path file, String... parts) {
    Executable reading = () -> CubeFiles.readCube(file);
    String message = assertThrows(SkinSpectraException.class, reading).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }
}

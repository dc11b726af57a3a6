package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.JsonSchema;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

class OmeZarrFormatTest {

  @TempDir Path folder;

  /** Random reflectance, with one value that is none and one below zero. */
  static SpectralCube cube(int width, int height, Wavelengths wavelengths) {
    Random random = new Random(7);
    SpectralCube cube = SpectralCube.zeros(width, height, wavelengths);
    for (float[] plane : cube.planes()) {
      for (int i = 0; i < plane.length; i++) {
        plane[i] = random.nextFloat();
      }
    }
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

  private Path written(SpectralCube cube, WriteOptions options) {
    Path file = folder.resolve("cube.ome.zarr");
    CubeFiles.write(CubeSource.of(cube), file, options);
    return file;
  }

  private static String refusal(Path file) {
    return assertThrows(SkinSpectraException.class, () -> CubeFiles.readCube(file)).getMessage();
  }

  // -- Writing --

  @ParameterizedTest
  @CsvSource({
    "cube.ome.zarr, false, 5, 3",
    "cube.zarr, true, 5, 3",
    "CUBE.ZARR, false, 300, 257",
    "a.ome.zarr, true, 600, 20"
  })
  void aWrittenCubeIsReadAgainToTheLastBit(String name, boolean compressed, int width, int height) {
    SpectralCube cube = cube(width, height, Wavelengths.range(500, 10, 530));
    cube.plane(1)[4] = Float.NaN;
    cube.plane(3)[7] = -0.25f;
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("source", "C:\\a: ü.mat\nnext");
    provenance.put("model", "mstpp");
    Path file = folder.resolve("deep").resolve(name);
    CubeFiles.write(
        CubeSource.of(cube.withProvenance(provenance)),
        file,
        WriteOptions.DEFAULT.withCompressed(compressed));
    SpectralCube back = CubeFiles.readCube(file);
    assertSameCube(cube, back);
    assertEquals(List.copyOf(provenance.entrySet()), List.copyOf(back.provenance().entrySet()));
    assertTrue(Files.isDirectory(file));
  }

  @Test
  void theSameCubeGivesTheSameBytes() throws IOException {
    SpectralCube cube = cube(300, 20, Wavelengths.of(500, 600));
    CubeFiles.write(cube, folder.resolve("a.zarr"));
    CubeFiles.write(cube, folder.resolve("b.zarr"));
    try (Stream<Path> files = Files.walk(folder.resolve("a.zarr"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path other = folder.resolve("b.zarr").resolve(folder.resolve("a.zarr").relativize(file));
        assertEquals(-1, Files.mismatch(file, other), file.toString());
      }
    }
  }

  @Test
  void integerSamplesStateTheirScaleAndAreReadAsReflectance() throws IOException {
    SpectralCube cube = cube(7, 5, Wavelengths.VIS);
    Path file = written(cube, WriteOptions.DEFAULT.withSample(SampleType.UINT16));
    assertTrue(Files.readString(file.resolve(".zattrs")).contains("\"scale\": 10000"));
    SpectralCube back = CubeFiles.readCube(file);
    for (int band = 0; band < cube.bands(); band++) {
      assertArrayEquals(cube.plane(band), back.plane(band), 0.500001e-4f);
    }
    CubeFiles.write(
        CubeSource.of(cube),
        file,
        WriteOptions.DEFAULT.withSample(SampleType.UINT8).withScale(100));
    assertArrayEquals(cube.plane(30), CubeFiles.readCube(file).plane(30), 0.00500001f);
  }

  @Test
  void aValueThatDoesNotFitLeavesNothingUnlessItIsClipped() {
    SpectralCube cube = cube(300, 5, Wavelengths.range(500, 10, 530));
    cube.plane(3)[1] = -1;
    WriteOptions options = WriteOptions.DEFAULT.withSample(SampleType.UINT16);
    String message =
        assertThrows(SkinSpectraException.class, () -> written(cube, options)).getMessage();
    assertTrue(message.contains("-1.0"), message);
    assertEquals(0, folder.toFile().list().length);
    Path file = folder.resolve("a.zarr");
    assertEquals(1, CubeFiles.write(CubeSource.of(cube), file, options.withClip(true)));
    assertEquals(0, CubeFiles.readCube(file).plane(3)[1]);
  }

  @Test
  void attributesKeepTheRulesOfVersion04() throws IOException {
    Path file = written(cube(520, 30, Wavelengths.VIS_NIR), WriteOptions.DEFAULT);
    JsonObject attributes = JsonText.read(file.resolve(".zattrs"), "attributes", 1 << 20);
    JsonSchema.resource(OmeZarrFormatTest.class, "ome-zarr-0.4.schema.json")
        .check(attributes, "attributes");
    JsonObject multiscale = attributes.getAsJsonArray("multiscales").get(0).getAsJsonObject();
    assertEquals(
        "[{\"name\":\"c\",\"type\":\"channel\"},{\"name\":\"y\",\"type\":\"space\"},{\"name\":\"x\",\"type\":\"space\"}]",
        multiscale.get("axes").toString());
    assertEquals(3, multiscale.getAsJsonArray("datasets").size());
    assertTrue(
        multiscale.toString().contains("{\"type\":\"translation\",\"translation\":[0.0,1.5,1.5]}"),
        multiscale.toString());
    var channels = attributes.getAsJsonObject("omero").getAsJsonArray("channels");
    assertEquals(61, channels.size());
    assertEquals("550 nm", channels.get(15).getAsJsonObject().get("label").getAsString());
    assertEquals(
        3,
        channels.asList().stream()
            .filter(c -> c.getAsJsonObject().get("active").getAsBoolean())
            .count());
    for (String level : List.of("0", "1", "2")) {
      JsonObject array = JsonText.read(file.resolve(level + "/.zarray"), "array", 10_000);
      assertEquals("/", array.get("dimension_separator").getAsString());
    }
  }

  @Test
  void channelsHaveTheColourOfTheirLight() {
    assertEquals("FF0000", OmeZarrAttributes.color(650));
    assertEquals("0000FF", OmeZarrAttributes.color(450).replaceFirst("^..", "00"));
    assertEquals("00FF00", OmeZarrAttributes.color(530).replaceFirst("..$", "00"));
    assertEquals("FFFFFF", OmeZarrAttributes.color(960));
  }

  @Test
  void smallerLevelsAreMeansOfFourPixels() throws IOException {
    assertArrayEquals(
        new float[] {3, 4.5f, 8, 9.5f},
        OmeZarrWriter.halved(new float[] {1, 2, 3, 4, 5, 6, 7.5f, 8.5f, 9.5f}, 3, 3));
    SpectralCube cube = cube(300, 4, Wavelengths.of(500));
    Path file = written(cube, WriteOptions.DEFAULT);
    ByteBuffer first =
        ByteBuffer.wrap(Files.readAllBytes(file.resolve("1/0/0/0"))).order(ByteOrder.LITTLE_ENDIAN);
    float[] plane = cube.plane(0);
    assertEquals(
        (float) (((double) plane[0] + plane[1] + plane[300] + plane[301]) / 4), first.getFloat(0));
    assertEquals(150 * 2 * Float.BYTES, first.capacity());
  }

  @Test
  void bandWidthsAndBadBandsSurviveFromSourceToSource() throws IOException {
    Path file = folder.resolve("a.zarr");
    SpectralCube cube = cube(4, 3, Wavelengths.of(500, 510.5));
    CubeSource marked =
        new CubeSource() {
          private final CubeSource in = CubeSource.of(cube);

          @Override
          public int width() {
            return in.width();
          }

          @Override
          public int height() {
            return in.height();
          }

          @Override
          public int bands() {
            return in.bands();
          }

          @Override
          public Optional<Wavelengths> wavelengths() {
            return in.wavelengths();
          }

          @Override
          public Optional<double[]> fwhm() {
            return Optional.of(new double[] {2, 3.5});
          }

          @Override
          public Optional<boolean[]> badBands() {
            return Optional.of(new boolean[] {false, true});
          }

          @Override
          public void readBands(int first, float[][] planes) throws IOException {
            in.readBands(first, planes);
          }
        };
    CubeFiles.write(marked, file, WriteOptions.DEFAULT);
    try (CubeSource back = CubeFiles.open(file, ReadOptions.DEFAULT)) {
      assertArrayEquals(new double[] {2, 3.5}, back.fwhm().orElseThrow());
      assertArrayEquals(new boolean[] {false, true}, back.badBands().orElseThrow());
      assertEquals(List.of("500 nm", "510.5 nm"), back.bandNames());
    }
  }

  @Test
  void aMultispectralImageKeepsItsChannelNames() throws IOException {
    Path file = folder.resolve("msi.ome.zarr");
    Msi msi = new Msi(2, 1, 4, new float[] {1, 2, 3, 4, 5, 6, 7, 8});
    CubeFiles.write(msi, file);
    assertArrayEquals(msi.pixels(), CubeFiles.readMsi(file).pixels());
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
      assertEquals(msi.channelNames(), source.bandNames());
    }
    assertTrue(Files.readString(file.resolve(".zattrs")).contains("\"color\": \"00FF00\""));
  }

  @Test
  void anotherImageIsReplacedAndAnotherFolderIsNot() throws IOException {
    Path file = written(cube(4, 3, Wavelengths.VIS), WriteOptions.DEFAULT);
    written(cube(9, 3, Wavelengths.VIS), WriteOptions.DEFAULT);
    assertEquals(9, CubeFiles.readCube(file).width());
    Path other = Files.createDirectories(folder.resolve("other.zarr"));
    Files.writeString(other.resolve(".zgroup"), "{\"zarr_format\": 2}");
    Files.writeString(other.resolve("mine"), "mine");
    assertThrows(
        SkinSpectraException.class, () -> CubeFiles.write(cube(4, 3, Wavelengths.VIS), other));
    assertEquals("mine", Files.readString(other.resolve("mine")));
  }

  // -- Reading regions --

  @Test
  void aRegionReadsOnlyTheChunksThatItNeeds() throws IOException {
    SpectralCube cube = cube(600, 300, Wavelengths.range(500, 10, 540));
    Path file = written(cube, WriteOptions.DEFAULT);
    // Anything but what the region needs may be gone.
    for (String gone : List.of("0/0", "0/1/0/0", "0/2/0", "0/2/1/0", "0/2/1/1", "1", "2")) {
      deleteAll(file.resolve(gone));
    }
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
      PixelRegion region = new PixelRegion(520, 260, 50, 30);
      float[][] planes = new float[1][50 * 30];
      source.readRegion(2, region, planes);
      float[] expected = new float[50 * 30];
      region.crop(cube.plane(2), 600, expected);
      assertArrayEquals(expected, planes[0]);
      float[][] whole = new float[2][600 * 300];
      source.readBands(3, whole);
      assertArrayEquals(cube.plane(4), whole[1]);
    }
  }

  private static void deleteAll(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path one : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(one);
      }
    }
  }

  @Test
  void everyRegionOfEveryChunkingIsTheSame() throws IOException {
    Random random = new Random(3);
    for (int i = 0; i < 40; i++) {
      int bands = 1 + random.nextInt(5);
      int height = 1 + random.nextInt(9);
      int width = 1 + random.nextInt(9);
      int[] chunks = {1 + random.nextInt(6), 1 + random.nextInt(10), 1 + random.nextInt(10)};
      boolean fortran = random.nextBoolean();
      Path file = folder.resolve("r" + i + ".zarr");
      ZarrByHand zarr =
          new ZarrByHand(file)
              .axes("c", "y", "x")
              .array(new int[] {bands, height, width}, chunks, fortran);
      PixelRegion region = new PixelRegion(random.nextInt(width), random.nextInt(height), 1, 1);
      region =
          new PixelRegion(
              region.x(),
              region.y(),
              1 + random.nextInt(width - region.x()),
              1 + random.nextInt(height - region.y()));
      int first = random.nextInt(bands);
      float[][] planes = new float[1 + random.nextInt(bands - first)][(int) region.pixels()];
      try (CubeSource source = CubeFiles.open(zarr.path(), ReadOptions.DEFAULT)) {
        source.readRegion(first, region, planes);
      }
      for (int b = 0; b < planes.length; b++) {
        for (int p = 0; p < planes[b].length; p++) {
          int y = region.y() + p / region.width();
          int x = region.x() + p % region.width();
          assertEquals(ZarrByHand.value(first + b, y, x), planes[b][p], "case " + i);
        }
      }
    }
  }

  // -- Reading what others write --

  @Test
  void timePointsAndFocalPlanesAreImages() throws IOException {
    ZarrByHand zarr =
        new ZarrByHand(folder.resolve("a.zarr"))
            .axes("t", "c", "z", "y", "x")
            .array(new int[] {2, 3, 2, 4, 5}, new int[] {1, 2, 2, 3, 3}, false);
    String message = refusal(zarr.path());
    assertTrue(
        message.contains("4 images: 1 (time 1, focal plane 1), 2 (time 1, focal plane 2)"),
        message);
    try (CubeSource source = CubeFiles.open(zarr.path(), ReadOptions.DEFAULT.withImage(3))) {
      assertEquals(3, source.bands());
      float[][] plane = new float[1][20];
      source.readBands(2, plane);
      assertEquals(ZarrByHand.value(1, 2, 0, 3, 4), plane[0][19]);
    }
  }

  @Test
  void seriesOfBioformats2rawAreImages() throws IOException {
    Path root = Files.createDirectories(folder.resolve("raw.zarr"));
    Files.writeString(root.resolve(".zgroup"), "{\"zarr_format\": 2}");
    Files.writeString(root.resolve(".zattrs"), "{\"bioformats2raw.layout\": 3}");
    for (int series = 0; series < 2; series++) {
      new ZarrByHand(root.resolve(Integer.toString(series)))
          .axes("t", "c", "z", "y", "x")
          .array(new int[] {1, 3, 1, 4, 5 + series}, new int[] {1, 1, 1, 4, 5}, false);
    }
    assertTrue(refusal(root).contains("2 images: 1 (series 1), 2 (series 2)"), refusal(root));
    try (CubeSource source = CubeFiles.open(root, ReadOptions.DEFAULT.withImage(2))) {
      assertEquals(6, source.width());
    }
  }

  @Test
  void wavelengthsAreFoundInTheLabelsOfChannels() throws IOException {
    ZarrByHand zarr =
        new ZarrByHand(folder.resolve("a.zarr"))
            .axes("c", "y", "x")
            .labels("Cam 450 nm", "Cam 550.5 nm")
            .array(new int[] {2, 4, 5}, new int[] {1, 4, 5}, false);
    try (CubeSource source = CubeFiles.open(zarr.path(), ReadOptions.DEFAULT)) {
      assertEquals(Wavelengths.of(450, 550.5), source.wavelengths().orElseThrow());
      assertEquals(List.of("Cam 450 nm", "Cam 550.5 nm"), source.bandNames());
    }
  }

  @Test
  void chunksThatAreNotThereAreTheFillValueForOthersAndAnErrorForOurs() throws IOException {
    ZarrByHand zarr =
        new ZarrByHand(folder.resolve("a.zarr"))
            .axes("c", "y", "x")
            .array(new int[] {2, 4, 5}, new int[] {1, 4, 5}, false);
    Files.delete(zarr.path().resolve("0/1.0.0"));
    zarr.change("0/.zarray", "\"fill_value\": 0", "\"fill_value\": \"NaN\"");
    try (CubeSource source = CubeFiles.open(zarr.path(), ReadOptions.DEFAULT)) {
      float[][] planes = new float[2][20];
      source.readBands(0, planes);
      assertEquals(ZarrByHand.value(0, 0, 0), planes[0][0]);
      assertTrue(Float.isNaN(planes[1][0]));
    }
    Path ours = written(cube(4, 3, Wavelengths.VIS), WriteOptions.DEFAULT);
    Files.delete(ours.resolve("0/0/0/0"));
    assertTrue(refusal(ours).contains("the chunk 0/0/0 is missing"), refusal(ours));
  }

  @Test
  void wholeNumbersOfOthersAreGivenAsTheyAreAndThatIsSaid() throws IOException {
    ZarrByHand zarr =
        new ZarrByHand(folder.resolve("a.zarr"))
            .axes("c", "y", "x")
            .array(new int[] {1, 1, 2}, new int[] {1, 1, 2}, false);
    zarr.change("0/.zarray", "<f4", ">i4");
    Files.write(
        zarr.path().resolve("0/0.0.0"), ByteBuffer.allocate(8).putInt(70_000).putInt(-3).array());
    try (CubeSource source = CubeFiles.open(zarr.path(), ReadOptions.DEFAULT)) {
      float[][] planes = new float[1][2];
      source.readBands(0, planes);
      assertArrayEquals(new float[] {70_000, -3}, planes[0]);
      assertEquals("int32 as in the file, not scaled", source.provenance().get("values"));
    }
  }

  // -- Nothing is trusted --

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../other",
        "/etc",
        "0/../../other",
        "",
        "a//b",
        "C:/x",
        "..\\\\x",
        ".",
        "no",
        "a\\u0000b"
      })
  void aPathLeadsNowhereElse(String path) throws IOException {
    new ZarrByHand(folder.resolve("other"))
        .axes("c", "y", "x")
        .array(new int[] {1, 2, 2}, new int[] {1, 2, 2}, false);
    ZarrByHand zarr =
        new ZarrByHand(folder.resolve("a.zarr"))
            .axes("c", "y", "x")
            .array(new int[] {1, 2, 2}, new int[] {1, 2, 2}, false);
    zarr.change(".zattrs", "\"path\": \"0\"", "\"path\": \"" + path + "\"");
    assertFalse(refusal(zarr.path()).isBlank());
  }

  @Test
  void linksOutOfTheFolderAreNotFollowed() throws IOException {
    Path secret = folder.resolve("secret");
    Files.write(secret, new byte[16]);
    ZarrByHand zarr =
        new ZarrByHand(folder.resolve("a.zarr"))
            .axes("c", "y", "x")
            .array(new int[] {1, 2, 2}, new int[] {1, 2, 2}, false);
    Path chunk = zarr.path().resolve("0/0.0.0");
    Files.delete(chunk);
    Files.createSymbolicLink(chunk, secret);
    assertTrue(refusal(zarr.path(), Wavelengths.of(500)).contains("by a link out of its folder"));
    Path array = zarr.path().resolve("0");
    Files.move(array, folder.resolve("moved"));
    Files.createSymbolicLink(array, folder.resolve("moved"));
    assertTrue(refusal(zarr.path()).contains("by a link out of its folder"));
    Path alias =
        Files.createSymbolicLink(
            folder.resolve("alias.zarr"),
            written(cube(4, 3, Wavelengths.VIS), WriteOptions.DEFAULT));
    assertEquals(4, CubeFiles.readCube(alias).width());
  }

  private static String refusal(Path file, Wavelengths wavelengths) {
    return assertThrows(
            SkinSpectraException.class,
            () -> CubeFiles.readCube(file, ReadOptions.DEFAULT.withWavelengths(wavelengths)))
        .getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"shape\": [1, 2, 2]|\"shape\": [60000, 60000, 60000]|seems to be damaged",
        "\"shape\": [1, 2, 2]|\"shape\": [1e12, 2, 2]|whole numbers",
        "\"shape\": [1, 2, 2]|\"shape\": [0, 2, 2]|whole numbers",
        "\"shape\": [1, 2, 2]|\"shape\": [2, 2]|axes",
        "\"shape\": [1, 2, 2]|\"shape\": [70000, 2, 2]|seems to be damaged",
        "\"chunks\": [1, 2, 2]|\"chunks\": [1, 50000, 50000]|2 GB",
        "\"chunks\": [1, 2, 2]|\"chunks\": [1, 20000, 20000]|holds",
        "\"chunks\": [1, 2, 2]|\"chunks\": [1, 2]|as many axes",
        "\"dtype\": \"<f4\"|\"dtype\": \"<c8\"|a number such as",
        "\"dtype\": \"<f4\"|\"dtype\": \"<f8\"|holds 16 bytes, not 32",
        "\"order\": \"C\"|\"order\": \"X\"|C or F",
        "\"compressor\": null|\"compressor\": {\"id\": \"lzma\"}|blosc, zlib",
        "\"filters\": null|\"filters\": [{\"id\": \"delta\"}]|shuffle",
        "\"zarr_format\": 2|\"zarr_format\": 4|2",
        "\"fill_value\": 0|\"fill_value\": \"x\"|a number"
      })
  void whatAnArrayCannotBeIsSaid(String from, String to, String says) throws IOException {
    ZarrByHand zarr =
        new ZarrByHand(folder.resolve("a.zarr"))
            .axes("c", "y", "x")
            .array(new int[] {1, 2, 2}, new int[] {1, 2, 2}, false);
    zarr.change("0/.zarray", from, to);
    String message =
        assertThrows(
                SkinSpectraException.class,
                () -> {
                  try (CubeSource source = CubeFiles.open(zarr.path(), ReadOptions.DEFAULT)) {
                    FileErrors.requireMemory(
                        zarr.path(), source.width(), source.height(), source.bands());
                    source.readBands(0, new float[1][source.width() * source.height()]);
                  }
                })
            .getMessage();
    assertTrue(message.contains(says), message);
  }

  @Test
  void whatHoldsNoImageIsRefusedWithTheReason() throws IOException {
    Path file = Files.createDirectories(folder.resolve("a.zarr"));
    Files.writeString(file.resolve(".zgroup"), "{\"zarr_format\": 2}");
    assertTrue(refusal(file).contains("does not say which axis is which"), refusal(file));
    Files.writeString(file.resolve(".zattrs"), "{\"plate\": {}}");
    assertTrue(refusal(file).contains("plate of many images"), refusal(file));
    Files.writeString(file.resolve(".zattrs"), "{\"multiscales\": []}");
    assertTrue(refusal(file).contains("there is no image"), refusal(file));
    Files.writeString(file.resolve(".zattrs"), "{\"bioformats2raw.layout\": 3}");
    assertTrue(refusal(file).contains("holds no image"), refusal(file));
    Files.writeString(file.resolve(".zattrs"), "[".repeat(100));
    assertTrue(refusal(file).contains("not one JSON object"), refusal(file));
    Files.writeString(file.resolve(".zattrs"), "{\"a\":" + "[".repeat(100_000));
    assertTrue(refusal(file).contains("nested more than"), refusal(file));
    Files.delete(file.resolve(".zattrs"));
    Files.delete(file.resolve(".zgroup"));
    assertTrue(refusal(file).contains("holds no cube of a known format"), refusal(file));
    ZarrByHand empty =
        new ZarrByHand(folder.resolve("b.zarr"))
            .axes("c", "y", "x")
            .array(new int[] {1, 2, 2}, new int[] {1, 2, 2}, false);
    Files.delete(empty.path().resolve("0/0.0.0"));
    assertTrue(refusal(empty.path()).contains("no chunk at all"), refusal(empty.path()));
  }
}

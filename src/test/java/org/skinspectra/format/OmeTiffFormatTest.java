package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skinspectra.format.MicroscopyFiles.assertRefused;

import ij.ImagePlus;
import ij.io.Opener;
import java.io.IOException;
import java.io.StringReader;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

class OmeTiffFormatTest {

  @TempDir Path folder;

  static SpectralCube cube() {
    SpectralCube cube = SpectralCube.zeros(5, 3, Wavelengths.VIS_NIR);
    for (int band = 0; band < cube.bands(); band++) {
      for (int i = 0; i < 15; i++) {
        cube.plane(band)[i] = band / 100f + i / 1000f;
      }
    }
    return cube.withProvenance(Map.of("model", "\u00b5-test <&> \u0001", "device", "CPU"));
  }

  private static void assertSameCube(SpectralCube expected, SpectralCube actual) {
    assertEquals(expected.wavelengths(), actual.wavelengths());
    assertEquals(expected.provenance(), actual.provenance());
    for (int band = 0; band < expected.bands(); band++) {
      assertArrayEquals(expected.plane(band), actual.plane(band));
    }
  }

  private Path write(WriteOptions options) {
    Path file = folder.resolve("cube.ome.tif");
    CubeFiles.write(CubeSource.of(cube()), file, options);
    return file;
  }

  private static String text(Path file) throws IOException {
    try (TiffFile tiff = TiffFile.open(file)) {
      return OmeTiffSource.text(tiff).orElseThrow();
    }
  }

  // -- What we write --

  @Test
  void aCubeIsReadAgainExactlyWithNegativeAndMissingValues() {
    SpectralCube cube = cube();
    cube.plane(3)[4] = Float.NaN;
    cube.plane(60)[14] = -0.25f;
    Path file = folder.resolve("cube.ome.tif");
    CubeFiles.write(cube, file);
    assertSameCube(cube, CubeFiles.readCube(file));
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeOfSampleIsReadAgainPlainAndCompressed(SampleType type) {
    for (boolean compressed : new boolean[] {false, true}) {
      Path file = write(WriteOptions.DEFAULT.withSample(type).withCompressed(compressed));
      SpectralCube read = CubeFiles.readCube(file);
      assertEquals(cube().provenance(), read.provenance());
      float most = type.isInteger() ? (float) (0.5001 / type.usualScale()) : 0;
      for (int band = 0; band < 61; band++) {
        assertArrayEquals(cube().plane(band), read.plane(band), most);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theTextIsValidByTheSchemaOfOme(SampleType type) throws Exception {
    URL schema = ome.xml.model.OME.class.getResource("/released-schema/2016-06/ome.xsd");
    SchemaFactory factory = SchemaFactory.newDefaultInstance();
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "jar:file,file,http,https");
    factory.setResourceResolver(new LocalXmlSchema());
    Validator validator = factory.newSchema(schema).newValidator();
    String text = text(write(WriteOptions.DEFAULT.withSample(type)));
    validator.validate(new StreamSource(new StringReader(text)));
    assertThrows(
        Exception.class,
        () ->
            validator.validate(
                new StreamSource(new StringReader(text.replace("SizeC=\"61\"", "SizeC=\"x\"")))));
    assertTrue(text.contains("EmissionWavelength=\"550.0\" EmissionWavelengthUnit=\"nm\""), text);
    assertEquals(type.isInteger(), text.contains("K=\"scale\""), text);
  }

  @Test
  void aBigTiffHoldsTheSame() throws IOException {
    Path file = Files.createFile(folder.resolve("big.ome.tif"));
    CubeSource source = CubeSource.of(cube());
    OmeTiffWriter.write(
        file,
        source,
        WriteOptions.DEFAULT,
        new SampleQuantizer(WriteOptions.DEFAULT, file),
        OmeCubeXml.write(source, file, WriteOptions.DEFAULT),
        true);
    assertEquals(43, Files.readAllBytes(file)[2]);
    assertSameCube(cube(), CubeFiles.readCube(file));
  }

  @Test
  void onlyWhatIsLargerThanFourGigabytesIsABigTiff() {
    assertFalse(OmeTiffWriter.isBig(sized(4096, 4096, 61), WriteOptions.DEFAULT, 20_000));
    assertTrue(OmeTiffWriter.isBig(sized(4300, 4300, 61), WriteOptions.DEFAULT, 20_000));
    WriteOptions bytes = WriteOptions.DEFAULT.withSample(SampleType.UINT8);
    assertFalse(OmeTiffWriter.isBig(sized(4300, 4300, 61), bytes, 20_000));
  }

  private static CubeSource sized(int width, int height, int bands) {
    return new CubeSource() {
      @Override
      public int width() {
        return width;
      }

      @Override
      public int height() {
        return height;
      }

      @Override
      public int bands() {
        return bands;
      }

      @Override
      public void readBands(int first, float[][] planes) {
        throw new AssertionError("nothing is to be read");
      }
    };
  }

  @Test
  void theSameCubeGivesTheSameBytes() throws IOException {
    byte[] once = Files.readAllBytes(write(WriteOptions.DEFAULT.withCompressed(true)));
    assertArrayEquals(once, Files.readAllBytes(write(WriteOptions.DEFAULT.withCompressed(true))));
  }

  @Test
  void aRegionOfSomeBandsIsRead() throws IOException {
    for (boolean compressed : new boolean[] {false, true}) {
      Path file = write(WriteOptions.DEFAULT.withCompressed(compressed));
      try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
        float[][] planes = new float[2][4];
        source.readRegion(7, new PixelRegion(2, 1, 2, 2), planes);
        for (int i = 0; i < 2; i++) {
          float[] p = cube().plane(7 + i);
          assertArrayEquals(new float[] {p[7], p[8], p[12], p[13]}, planes[i]);
        }
      }
    }
  }

  @Test
  void aCompressedStripIsDecodedOnceForAllRegionsInIt() throws IOException {
    Path file = write(WriteOptions.DEFAULT.withCompressed(true));
    try (TiffFile tiff = TiffFile.open(file)) {
      TiffImage image = tiff.first();
      int[] decoded = {0};
      TiffFile.Decoding decoding =
          () -> {
            decoded[0]++;
            return ByteBuffer.allocate(60);
          };
      for (int i = 0; i < 5; i++) {
        tiff.kept(image, i % 2, decoding);
      }
      assertEquals(2, decoded[0]);
    }
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
      for (int y = 0; y < 3; y++) {
        float[][] row = new float[61][3];
        source.readRegion(0, new PixelRegion(1, y, 3, 1), row);
        for (int band = 0; band < 61; band++) {
          float[] plane = cube().plane(band);
          assertArrayEquals(Arrays.copyOfRange(plane, 5 * y + 1, 5 * y + 4), row[band]);
        }
      }
    }
  }

  @Test
  void widthsOfBandsAndBadBandsSurvive() throws IOException {
    Path file = folder.resolve("w.ome.tif");
    double[] widths = new double[61];
    Arrays.setAll(widths, i -> 9.5 + i / 7.0);
    boolean[] bad = new boolean[61];
    bad[60] = true;
    CubeSource inner = CubeSource.of(cube());
    CubeSource marked =
        new CubeSource() {
          @Override
          public int width() {
            return inner.width();
          }

          @Override
          public int height() {
            return inner.height();
          }

          @Override
          public int bands() {
            return inner.bands();
          }

          @Override
          public Optional<double[]> fwhm() {
            return Optional.of(widths);
          }

          @Override
          public Optional<boolean[]> badBands() {
            return Optional.of(bad);
          }

          @Override
          public void readBands(int first, float[][] planes) throws IOException {
            inner.readBands(first, planes);
          }
        };
    CubeFiles.write(marked, file, WriteOptions.DEFAULT);
    try (CubeSource read = CubeFiles.open(file, ReadOptions.DEFAULT)) {
      assertArrayEquals(widths, read.fwhm().orElseThrow());
      assertArrayEquals(bad, read.badBands().orElseThrow());
    }
  }

  @Test
  void imagejOpensIt() {
    ImagePlus image = new Opener().openImage(write(WriteOptions.DEFAULT).toString());
    assertEquals(61, image.getStackSize());
    assertArrayEquals(cube().plane(17), (float[]) image.getStack().getPixels(18));
  }

  @Test
  void multispectralImagesKnowTheirChannelsByName() {
    float[] pixels = new float[2 * 3 * 4];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i;
    }
    Path file = folder.resolve("msi.ome.tif");
    CubeFiles.write(new Msi(2, 3, 4, pixels), file);
    assertArrayEquals(pixels, CubeFiles.readMsi(file).pixels());
  }

  @Test
  void nothingIsLeftWhenTheDiskIsFullOrAValueDoesNotFit() throws IOException {
    Path file = folder.resolve("cube.ome.tif");
    assertThrows(
        SkinSpectraException.class,
        () -> CubeFiles.write(new FullDisk(), file, WriteOptions.DEFAULT));
    WriteOptions tight = WriteOptions.DEFAULT.withSample(SampleType.UINT8).withScale(1000);
    assertThrows(
        SkinSpectraException.class, () -> CubeFiles.write(CubeSource.of(cube()), file, tight));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
    assertTrue(CubeFiles.write(CubeSource.of(cube()), file, tight.withClip(true)) > 0);
  }

  // -- What others write --

  /** Planes of 2x2 pixels, all of plane {@code n} being {@code n}, with a text of its own. */
  private Path planes(String name, int count, String xml) throws IOException {
    float[][] planes = new float[count][4];
    for (int i = 0; i < count; i++) {
      Arrays.fill(planes[i], i);
    }
    Path file = folder.resolve(name);
    Files.deleteIfExists(file);
    Files.createFile(file);
    OmeTiffWriter.write(
        file,
        new PlanesInMemory(2, 2, planes, Optional.empty(), List.of(), Map.of()),
        WriteOptions.DEFAULT,
        new SampleQuantizer(WriteOptions.DEFAULT, file),
        xml.getBytes(StandardCharsets.UTF_8),
        false);
    return file;
  }

  private static String ome(String content) {
    return "<?xml version='1.0'?><OME xmlns='http://www.openmicroscopy.org/Schemas/OME/2016-06' UUID='urn:uuid:1'>"
        + content
        + "</OME>";
  }

  private static String image(String order, int z, int c, int t, String content) {
    return "<Image ID='Image:0' Name='skin'><Pixels DimensionOrder='%s' Type='float' SizeX='2' SizeY='2' SizeZ='%d' SizeC='%d' SizeT='%d'>%s</Pixels></Image>"
        .formatted(order, z, c, t, content);
  }

  private static float[] values(Path file, ReadOptions options) throws IOException {
    try (CubeSource source = CubeFiles.open(file, options)) {
      float[][] planes = new float[source.bands()][4];
      source.readBands(0, planes);
      float[] values = new float[planes.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = planes[i][3];
      }
      return values;
    }
  }

  /** Of 3 focal planes, 4 channels and 2 times the third and the second: slice 3, time 2. */
  @ParameterizedTest
  @CsvSource({
    "XYCZT, 20, 21",
    "XYCTZ, 20, 21",
    "XYZCT, 14, 17",
    "XYZTC, 5, 11",
    "XYTCZ, 17, 19",
    "XYTZC, 5, 11"
  })
  void planesAreFoundInEveryDimensionOrder(String order, int first, int second) throws IOException {
    Path file = planes("o.ome.tif", 24, ome(image(order, 3, 4, 2, "<TiffData/>")));
    float[] values = values(file, ReadOptions.DEFAULT.withImage(6));
    int step = second - first;
    assertArrayEquals(new float[] {first, second, second + step, second + 2 * step}, values, order);
    assertEquals(0, values(file, ReadOptions.DEFAULT.withImage(1))[0]);
  }

  @Test
  void severalImagesAreChosenByNumberAndListedOtherwise() throws IOException {
    String first = image("XYCZT", 1, 2, 2, "<TiffData IFD='0' PlaneCount='4'/>");
    String second = image("XYCZT", 1, 1, 1, "<TiffData IFD='4'/>").replace("'skin'", "'overview'");
    Path file = planes("s.ome.tif", 5, ome(first + second));
    assertArrayEquals(new float[] {2, 3}, values(file, ReadOptions.DEFAULT.withImage(2)));
    assertArrayEquals(new float[] {4}, values(file, ReadOptions.DEFAULT.withImage(3)));
    assertRefused(
        file, ReadOptions.DEFAULT, "1 (skin, time 1), 2 (skin, time 2), 3 (overview)", "--image N");
  }

  @Test
  void wavelengthsOfAnyUnitAreConvertedAndTheBandsPutInTheirOrder() throws IOException {
    String channels =
        "<Channel ID='c:0' EmissionWavelength='0.96' EmissionWavelengthUnit='\u00b5m'/>"
            + "<Channel ID='c:1' EmissionWavelength='450'/>"
            + "<Channel ID='c:2' EmissionWavelength='5500' EmissionWavelengthUnit='\u00c5'/>";
    Path file = planes("w.ome.tif", 3, ome(image("XYCZT", 1, 3, 1, channels + "<TiffData/>")));
    assertArrayEquals(new float[] {1, 2, 0}, values(file, ReadOptions.DEFAULT));
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
      assertTrue(source.wavelengths().orElseThrow().matches(Wavelengths.of(450, 550, 960)));
    }
    Path odd =
        planes(
            "u.ome.tif",
            3,
            ome(image("XYCZT", 1, 3, 1, channels.replace("\u00c5", "furlong") + "<TiffData/>")));
    assertRefused(odd, ReadOptions.DEFAULT, "'furlong'");
  }

  @Test
  void channelsNamedByPeopleAreTakenAsRedGreenBlueAndNearInfrared() throws IOException {
    String names =
        "<Channel ID='c:0' Name='960 nm'/><Channel ID='c:1' Name='Blue'/>"
            + "<Channel ID='c:2' Name='dark'/><Channel ID='c:3' Name='green'/><Channel ID='c:4' Name='R'/>";
    String xml = ome(image("XYCZT", 1, 5, 1, names + "<TiffData/>"));
    Msi msi = CubeFiles.readMsi(planes("n.ome.tif", 5, xml));
    assertArrayEquals(new float[] {4, 3, 1, 0}, Arrays.copyOf(msi.pixels(), 4));
    Path other = planes("d.ome.tif", 5, xml.replace("'R'", "'Cy5'"));
    String message =
        assertThrows(SkinSpectraException.class, () -> CubeFiles.readMsi(other)).getMessage();
    assertTrue(message.contains("960 nm, Blue, dark, green, Cy5"), message);
    assertTrue(message.contains("--variable"), message);
    msi = CubeFiles.readMsi(other, ReadOptions.DEFAULT.withVariable("cy5, green,Blue, 960 nm"));
    assertArrayEquals(new float[] {4, 3, 1, 0}, Arrays.copyOf(msi.pixels(), 4));
    assertRefused(other, ReadOptions.DEFAULT.withVariable("DAPI"), "no channel 'DAPI'", "Cy5");
  }

  @Test
  void bandsOfFourWavelengthsAreNotTakenForRedGreenBlueUnlessTheUserSaysSo() throws IOException {
    StringBuilder channels = new StringBuilder();
    for (int nm : new int[] {450, 550, 650, 960}) {
      channels.append("<Channel ID='c:%d' EmissionWavelength='%d'/>".formatted(nm, nm));
    }
    Path file = planes("f.ome.tif", 4, ome(image("XYCZT", 1, 4, 1, channels + "<TiffData/>")));
    String message =
        assertThrows(SkinSpectraException.class, () -> CubeFiles.readMsi(file)).getMessage();
    assertTrue(message.contains("450 nm, 550 nm, 650 nm, 960 nm"), message);
    ReadOptions said = ReadOptions.DEFAULT.withVariable("650 nm,550 nm,450 nm,960 nm");
    Msi msi = CubeFiles.readMsi(file, said);
    assertArrayEquals(new float[] {2, 1, 0, 3}, Arrays.copyOf(msi.pixels(), 4));
    // The variable of another file, such as the .mat that this one is compared with.
    SpectralCube cube = CubeFiles.readCube(file, ReadOptions.DEFAULT.withVariable("cube"));
    assertEquals(Wavelengths.of(450, 550, 650, 960), cube.wavelengths());
    assertTrue(
        assertThrows(
                SkinSpectraException.class, () -> CubeFiles.readMsi(write(WriteOptions.DEFAULT)))
            .getMessage()
            .contains("has 61 bands"));
  }

  @Test
  void aSetOfFilesIsReadWhereAllOfThemAreBesideOneAnother() throws IOException {
    String xml =
        ome(
            image(
                "XYCZT",
                1,
                2,
                1,
                "<TiffData FirstC='0' IFD='1'><UUID FileName='old.ome.tif'>urn:uuid:1</UUID></TiffData>"
                    + "<TiffData FirstC='1' IFD='2'><UUID FileName='b.ome.tif'>urn:uuid:2</UUID></TiffData>"));
    Path file = planes("renamed.ome.tif", 2, xml);
    assertRefused(file, ReadOptions.DEFAULT, "b.ome.tif is missing");
    planes("b.ome.tif", 3, xml.replace("UUID='urn:uuid:1'", "UUID='urn:uuid:2'"));
    assertArrayEquals(new float[] {1, 2}, values(file, ReadOptions.DEFAULT));
    Path part =
        planes(
            "part.ome.tif",
            1,
            ome("<BinaryOnly MetadataFile='all.companion.ome' UUID='urn:uuid:1'/>")
                .replaceFirst("urn:uuid:1", "urn:uuid:3"));
    assertRefused(part, ReadOptions.DEFAULT, "all.companion.ome is missing");
    Files.writeString(folder.resolve("all.companion.ome"), xml);
    assertRefused(part, ReadOptions.DEFAULT, "old.ome.tif is missing");
    planes("old.ome.tif", 2, xml);
    assertArrayEquals(new float[] {1, 2}, values(part, ReadOptions.DEFAULT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret.tif", "/etc/passwd", "a/../../b.tif", "..", "a\\b.tif"})
  void aNameThatLeadsOutOfTheFolderIsRefused(String name) throws IOException {
    String data = "<TiffData IFD='0'><UUID FileName='" + name + "'>urn:uuid:9</UUID></TiffData>";
    Path file = planes("t.ome.tif", 1, ome(image("XYCZT", 1, 1, 1, data)));
    assertRefused(file, ReadOptions.DEFAULT, "no name of a file beside it");
  }

  @Test
  void entitiesAndDocumentTypesAreRefused() throws IOException {
    String bomb =
        "<?xml version='1.0'?><!DOCTYPE OME [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><OME>&b;</OME>";
    String leak =
        "<?xml version='1.0'?><!DOCTYPE OME [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><OME>&x;</OME>";
    assertRefused(planes("x.ome.tif", 1, bomb), ReadOptions.DEFAULT, "DOCTYPE");
    assertRefused(planes("x.ome.tif", 1, leak), ReadOptions.DEFAULT, "DOCTYPE");
  }

  @ParameterizedTest
  @CsvSource({
    "SizeZ='1', SizeZ='2000000000', planes",
    "SizeC='2', SizeC='-2', SizeC",
    "SizeC='2', SizeC='3', where channel 3",
    "SizeX='2', SizeX='3', states 3x2",
    "XYCZT, XYCCC, dimension order",
    "PlaneCount='2', PlaneCount='9', PlaneCount",
    "IFD='0', IFD='77', image 78",
    "IFD='0', IFD='x', no number",
    "Pixels, Pixelz, no image"
  })
  void textsThatDoNotFitThePixelsAreRefused(String from, String to, String expected)
      throws IOException {
    String xml = ome(image("XYCZT", 1, 2, 1, "<TiffData IFD='0' PlaneCount='2'/>"));
    Path file = planes("f.ome.tif", 2, xml.replace(from, to));
    assertRefused(file, ReadOptions.DEFAULT, expected);
  }

  /** Each of many places says of many channels where they lie: looked at once, not for each. */
  @Test
  @Timeout(20)
  void manyChannelsInManyPlacesTakeNoTime() throws IOException {
    String data = "<TiffData IFD='0'/>".repeat(200_000);
    Path file = planes("m.ome.tif", 1, ome(image("XYCZT", 1, 60_000, 1, data)));
    assertRefused(file, ReadOptions.DEFAULT, "where channel 2 of image skin lies");
  }

  @Test
  void aRawFrameOfASessionIsNoReflectance() throws IOException {
    String annotations =
        "<StructuredAnnotations><MapAnnotation ID='Annotation:0' Namespace='skinspectra.org/frame'><Value><M K='a'>b</M></Value></MapAnnotation></StructuredAnnotations>";
    Path file = planes("r.ome.tif", 3, ome(image("XYCZT", 1, 3, 1, "<TiffData/>") + annotations));
    assertRefused(file, ReadOptions.DEFAULT, "raw frame of a session", "Calibrate");
  }

  @Test
  void aFileWhoseDirectoriesFormARingIsRefused() throws IOException {
    Path file = planes("ring.ome.tif", 2, ome(image("XYCZT", 1, 2, 1, "<TiffData/>")));
    byte[] bytes = Files.readAllBytes(file);
    // The last four bytes are the link of the last directory, which has no values outside of it.
    System.arraycopy(bytes, 4, bytes, bytes.length - 4, 4);
    Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    assertRefused(file, ReadOptions.DEFAULT, "ring");
  }
}

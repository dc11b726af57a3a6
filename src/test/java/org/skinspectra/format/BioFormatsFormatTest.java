package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import ome.units.quantity.Length;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Wavelengths;

/** Against a stand-in of {@code loci.formats} with the signatures of Bio-Formats 8. */
class BioFormatsFormatTest {

  private static final List<String> SOURCES =
      List.of(
          "FormatException.java",
          "UnknownFormatException.java",
          "meta/MetadataStore.java",
          "meta/MetadataRetrieve.java",
          "meta/IMetadata.java",
          "StandInMetadata.java",
          "MetadataTools.java",
          "ImageReader.java");

  @TempDir static Path classes;

  @TempDir Path folder;

  private ClassLoader before;
  private URLClassLoader standIn;

  @BeforeAll
  static void compile() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String source : SOURCES) {
      Path file = classes.resolve("sources/loci/formats").resolve(source);
      Files.createDirectories(file.getParent());
      try (InputStream in =
          BioFormatsFormatTest.class.getResourceAsStream("standin/loci/formats/" + source)) {
        Files.copy(in, file);
      }
      files.add(file);
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-proc:none", "-cp", jarOf(Length.class), "-d", classes.toString());
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  manager,
                  null,
                  options,
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      assertTrue(compiled, messages.toString());
    }
  }

  private static String jarOf(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  @BeforeEach
  void putBioFormatsOnTheClassPath() throws IOException {
    before = Thread.currentThread().getContextClassLoader();
    standIn =
        new URLClassLoader(
            new URL[] {classes.toUri().toURL()}, BioFormatsFormatTest.class.getClassLoader());
    Thread.currentThread().setContextClassLoader(standIn);
  }

  /** Whatever a test did, no reader is left open. */
  @AfterEach
  void takeItAwayAgain() throws Exception {
    Class<?> reader = standIn.loadClass("loci.formats.ImageReader");
    Thread.currentThread().setContextClassLoader(before);
    assertEquals(0, reader.getField("open").get(null), "readers left open");
    standIn.close();
  }

  private Path file(String... lines) throws IOException {
    Path file = folder.resolve("a.unknown");
    Files.writeString(file, "#stand-in\n" + String.join("\n", lines) + "\n");
    return file;
  }

  private static float value(int time, int focalPlane, int channel, int y, int x) {
    return 1000 * time + 400 * focalPlane + 100 * channel + 10 * y + x;
  }

  private static String refusal(Path file) {
    return assertThrows(
            SkinSpectraException.class,
            () -> {
              try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
                source.readBands(0, new float[1][source.width() * source.height()]);
              }
            })
        .getMessage();
  }

  @ParameterizedTest
  @CsvSource({"2,0", "2,1", "3,0", "3,1", "4,0", "5,1", "6,0", "6,1", "7,0", "7,1"})
  void everyTypeAndByteOrderIsRead(int type, int little) throws IOException {
    Path file = file("c=3", "type=" + type, "little=" + little);
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
      assertEquals(List.of(4, 3, 3), List.of(source.width(), source.height(), source.bands()));
      float[][] planes = new float[2][12];
      source.readBands(1, planes);
      for (int i = 0; i < 12; i++) {
        assertEquals(value(0, 0, 2, i / 4, i % 4), planes[1][i]);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0,-21", "1,235", "8,235"})
  void bytesAreReadByTheirSign(int type, float value) throws IOException {
    Path file = file("c=3", "x=40", "type=" + type);
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
      float[][] planes = new float[1][120];
      source.readBands(2, planes);
      assertEquals(value, planes[0][35]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void samplesOfColourImagesAreBandsHoweverTheyLie(int interleaved) throws IOException {
    Path file = file("rgb=3", "interleaved=" + interleaved);
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
      assertEquals(List.of("R", "G", "B"), source.bandNames());
      assertEquals(3, source.bandsAtOnce());
      float[][] planes = new float[2][4];
      source.readRegion(1, new PixelRegion(1, 1, 2, 2), planes);
      assertEquals(value(0, 0, 1, 1, 1), planes[0][0]);
      assertEquals(value(0, 0, 2, 2, 2), planes[1][3]);
    }
    assertEquals(value(0, 0, 1, 2, 3), CubeFiles.readMsi(file).get(3, 2, 1));
  }

  @Test
  void onlyThePartOfThePlanesIsReadThatIsAskedFor() throws Exception {
    Path file = file("c=3", "t=2");
    List<?> reads =
        (List<?>) standIn.loadClass("loci.formats.ImageReader").getField("READS").get(null);
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT.withImage(2))) {
      assertEquals(List.of(), reads);
      source.readRegion(1, new PixelRegion(1, 2, 3, 1), new float[1][3]);
      assertEquals(List.of("4: 3x1 at 1, 2"), reads);
    }
  }

  @Test
  void seriesTimesAndFocalPlanesAreImages() throws IOException {
    Path file = file("series=2", "t@0=2", "z@1=2", "x@1=5", "c=2");
    String message = refusal(file);
    assertTrue(
        message.contains(
            "1 (series 1, time 1), 2 (series 1, time 2), 3 (series 2, focal plane 1), 4 (series 2, focal plane 2)"),
        message);
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT.withImage(4))) {
      float[][] planes = new float[1][15];
      source.readBands(1, planes);
      assertEquals(value(0, 1, 1, 2, 4), planes[0][14]);
    }
  }

  @Test
  void emissionWavelengthsAndNamesOfChannelsAreKept() throws IOException {
    try (CubeSource source =
        CubeFiles.open(
            file("c=2", "emission.0=0.45", "emission.1=0.9605", "name.0=Blue", "name.1=NIR"),
            ReadOptions.DEFAULT)) {
      assertEquals(2, source.wavelengths().orElseThrow().size());
      assertTrue(source.wavelengths().orElseThrow().matches(Wavelengths.of(450, 960.5)));
      assertEquals(List.of("Blue", "NIR"), source.bandNames());
      assertEquals("Stand-in", source.provenance().get("file format"));
      assertEquals("uint16 as in the file, not scaled", source.provenance().get("values"));
    }
    try (CubeSource source =
        CubeFiles.open(file("c=2", "name.0=450 nm", "name.1=500 nm"), ReadOptions.DEFAULT)) {
      assertEquals(Wavelengths.of(450, 500), source.wavelengths().orElseThrow());
    }
    try (CubeSource source = CubeFiles.open(file("c=9", "emission.0=0.45"), ReadOptions.DEFAULT)) {
      assertTrue(source.wavelengths().isEmpty());
      assertEquals("Band 9", source.bandNames().get(8));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fail.open=format, stand-in of version 99",
    "fail.open=io, stand-in is cut off",
    "fail.open=runtime, 17",
    "fail.open=stack, its structure leads in circles",
    "fail.open=link, not whole",
    "fail.read=format, stand-in of version 99",
    "fail.read=io, stand-in is cut off",
    "fail.read=runtime, 17",
    "missing=1, gave 23 bytes",
    "x=0, seems to be damaged",
    "x=2000000000, seems to be damaged",
    "c=100000, seems to be damaged",
    "t=2000000000, at most 100000 images",
    "z=0, at most 100000 images",
    "series=0, holds no image",
    "type=12, number 12",
    "indexed=1, a table of colours"
  })
  void whateverItThrowsIsAnErrorThatNamesTheFileAndTheReaderIsClosed(String line, String says)
      throws IOException {
    Path file = file(line);
    String message = refusal(file);
    assertTrue(message.contains(says) && message.contains(file.toString()), message);
  }

  @Test
  void itIsAskedLastAndOnlyForWhatItKnows() throws IOException {
    Path other = folder.resolve("other");
    Files.writeString(other, "something else");
    assertTrue(refusal(other).contains("Bio-Formats does not know it either"), refusal(other));
    assertInstanceOf(BioFormatsFormat.class, CubeFormats.discover().of(file("c=1")));
    Path envi = folder.resolve("a.hdr");
    CubeFiles.write(OmeZarrFormatTest.cube(4, 3, Wavelengths.VIS), envi);
    assertInstanceOf(EnviFormat.class, CubeFormats.discover().of(envi));
  }

  @Test
  void whereItIsMissingItIsSaidHowToGetIt() throws IOException {
    Path file = file("c=1");
    Thread.currentThread().setContextClassLoader(before);
    assertFalse(BioFormats.isThere(), "Bio-Formats is on the class path of the tests");
    String message = refusal(file);
    assertTrue(message.contains("SKIN_SPECTRA_CLASSPATH") && message.contains("Fiji"), message);
    Thread.currentThread().setContextClassLoader(standIn);
  }
}

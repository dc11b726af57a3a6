package org.skinspectra.spectra;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraIOException;

class SpectralCsvTest {

  private static final Path DATA = Path.of("..", "shared", "data");

  @TempDir Path folder;

  @Test
  void readsWavelengthsAndNamedColumnsInOrder() throws IOException {
    SpectralTable table = read("nm,b,a\n400,1,2\n410.5,3e-1,-.5\n");
    assertArrayEquals(new double[] {400, 410.5}, table.wavelengths().toArray());
    assertEquals(List.of("b", "a"), table.names());
    assertArrayEquals(new double[] {1, 0.3}, table.column("b"));
    assertArrayEquals(new double[] {2, -0.5}, table.column("a"));
    assertEquals(SpectralCsv.UNIT_UNSTATED, table.unit());
  }

  @Test
  void takesTheUnitFromACommentAndSkipsOtherComments() throws IOException {
    SpectralTable table = read("# by hand\n# unit: reflectance factor\n\nnm,a\n400,1\n");
    assertEquals("reflectance factor", table.unit());
  }

  @Test
  void toleratesByteOrderMarkCarriageReturnsBlanksAndTrailingEmptyColumns() throws IOException {
    SpectralTable table =
        read("\uFEFF# unit: 1/cm\r\n nm , a ,,\r\n\r\n400 , 1 ,,\r\n,,,\r\n410,2");
    assertEquals("1/cm", table.unit());
    assertArrayEquals(new double[] {1, 2}, table.column("a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nm", "wavelength", "Wavelength (nm)", "lambda", "wavelength_nm", "λ [nm]"})
  void knowsTheUsualHeadersOfTheWavelengthColumn(String header) throws IOException {
    assertEquals(400, read(header + ",a\n400,1\n").wavelengths().first());
  }

  @ParameterizedTest
  @ValueSource(strings = {"um", "µm", "μm", "wavelength (um)", "Wavelength (µm)", "microns"})
  void convertsMicrometres(String header) throws IOException {
    assertArrayEquals(
        new double[] {415, 960}, read(header + ",a\n0.415,1\n.96,2\n").wavelengths().toArray());
  }

  @Test
  void readsLatin1AndSemicolons() throws IOException {
    Path file = folder.resolve("latin.csv");
    Files.write(file, "µm;a\n0.5;1\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(500, SpectralCsv.read(file).wavelengths().first());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "nm,a,b\\n400,1,2\\n410,,3 | line 3, column 'a': is empty",
        "nm,a,b\\n400,1,2\\n410,3 | line 3, column 'b': is empty",
        "# c\\nnm,a\\n400,NaN | line 3, column 'a': 'NaN' is no finite number",
        "nm,a\\n400,1e999 | line 2, column 'a': '1e999' is no finite number",
        "nm,a\\n400,0x1p3 | line 2, column 'a': '0x1p3' is no finite number",
        "nm,a\\n400,dark | line 2, column 'a': 'dark' is no finite number",
        "nm,a\\n400,1,7 | line 2, column 3: has the value '7' but no header",
        "nm,a,a\\n400,1,1 | line 1, column 'a': occurs twice",
        "nm,,a\\n400,1,1 | line 1, column 2: has no name",
        "nm\\n400 | line 1, header: needs a wavelength column and at least one other",
        "band,a\\n400,1 | line 1, first column 'band': is no wavelength",
        ",a\\n400,1 | line 1, first column '': is no wavelength",
        "nm,a\\n400,1\\n400,2 | line 3, column 'nm': 400.0 nm follows 400.0 nm",
        "nm,a\\n410,1\\n400,2 | line 3, column 'nm': 400.0 nm follows 410.0 nm",
        "nm,a\\n0,1 | line 2, column 'nm': is 0.0 nm, which is no wavelength",
        "nm,a\\n1e9,1 | is not a positive nm value",
        "nm,a\\n | has a header but no rows",
        "# only a comment | is empty",
        "nm,a\\n400,\"1 | is no CSV text",
      })
  void refusesWhatIsNoTableAndSaysWhere(String text, String message) throws IOException {
    String content = text.replace("\\n", "\n");
    SkinSpectraIOException error =
        assertThrows(SkinSpectraIOException.class, () -> read(content.strip()));
    assertTrue(error.getMessage().contains(message), error.getMessage());
    assertTrue(error.getMessage().contains("table.csv"), error.getMessage());
  }

  @Test
  void aMillionEmptyLinesAreSkippedInOnePass() throws IOException {
    Path file = folder.resolve("long.csv");
    Files.writeString(file, "\n".repeat(1_000_000) + "nm,a\n400,red\n");
    String message =
        assertThrows(SkinSpectraIOException.class, () -> SpectralCsv.read(file)).getMessage();
    assertTrue(message.contains("line 1000002"), message);
  }

  @Test
  void commentsSayWhatMadeTheValuesHoweverLongTheyAre() throws IOException {
    String blanks = " ".repeat(1_000_000);
    SpectralTable table =
        read("#" + blanks + "x\n# made by : Ann: or\tBob\n#: no\n# a:b\nnm,a\n400,1\n");
    assertEquals(Map.of("made by", "Ann: or\tBob"), table.provenance());
  }

  @Test
  void refusesAnEmptyFileAndAMissingOne() {
    assertTrue(
        assertThrows(SkinSpectraIOException.class, () -> read("")).getMessage().contains("empty"));
    Path missing = folder.resolve("missing.csv");
    assertTrue(
        assertThrows(SkinSpectraIOException.class, () -> SpectralCsv.read(missing))
            .getMessage()
            .contains("There is no file " + missing));
  }

  @Test
  void readsAChosenColumnPastTheGapsOfAnother() throws IOException {
    Path file = folder.resolve("gaps.csv");
    Files.writeString(file, "nm,water,fat\n400,1,\n410,2,3\n");
    SpectralTable table = SpectralCsv.read(file, List.of("water"));
    assertEquals(List.of("water"), table.names());
    assertArrayEquals(new double[] {1, 2}, table.column("water"));
    assertThrows(SkinSpectraIOException.class, () -> SpectralCsv.read(file, List.of("fat")));
    assertTrue(
        assertThrows(SkinSpectraIOException.class, () -> SpectralCsv.read(file, List.of("melanin")))
            .getMessage()
            .contains("no column 'melanin'; there are [water, fat]"));
  }

  @Test
  void writesWhatItReadsBackToTheLastBit() {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("third", new double[] {1.0 / 3, Double.MIN_VALUE});
    columns.put("with, comma \"and\" quote", new double[] {-Math.PI * 1e200, 0.1f});
    Path file = folder.resolve("new").resolve("out.csv");
    SpectralTable table = SpectralTable.of(Wavelengths.of(400.1, 1e3 / 3 * 2), "1/cm", columns);
    SpectralCsv.write(file, table);
    SpectralTable again = SpectralCsv.read(file);
    assertEquals("1/cm", again.unit());
    assertEquals(table.wavelengths(), again.wavelengths());
    assertEquals(table.names(), again.names());
    table.names().forEach(n -> assertArrayEquals(table.column(n), again.column(n)));
  }

  @Test
  void refusesToWriteNamesThatWouldNotComeBack() {
    Path file = folder.resolve("out.csv");
    for (String name : List.of("", " a", "a\nb")) {
      SpectralTable table = SpectralTable.of(Wavelengths.of(400), "1/cm", name, new double[] {1});
      assertThrows(IllegalArgumentException.class, () -> SpectralCsv.write(file, table));
    }
    assertFalse(Files.exists(file));
  }

  @ParameterizedTest
  @CsvSource({
    "skin/hyspex_cheek_47faces.csv, 47, 148",
    "skin/nist_forearm_S001-S070.csv, 70, 61",
    "skin/xiao2016_500_400_740.csv, 500, 35",
    "lights/illum_isetcam_ill_A_10nm.csv, 1, 61",
    "cameras/camera_aptina_MT9M131_RGB_10nm.csv, 3, 61",
    "cameras/camera_onsemi_AR0132AT_RGBW_10nm.csv, 4, 61",
  })
  void readsMeasuredTables(String name, int columns, int rows) {
    assumeTrue(Files.exists(DATA), "no measured data beside the project");
    SpectralTable table = SpectralCsv.read(DATA.resolve(name));
    assertEquals(columns, table.size());
    assertEquals(rows, table.wavelengths().size());
  }

  @Test
  void readsOpticalConstantsPastTheGapsOfFat() {
    assumeTrue(Files.exists(DATA), "no measured data beside the project");
    Path file = DATA.resolve("optics").resolve("chromophores_400_1000_10nm.csv");
    SpectralTable table = SpectralCsv.read(file, List.of("water_mua_per_cm"));
    assertEquals(0.377, table.column("water_mua_per_cm")[60]);
    String message =
        assertThrows(SkinSpectraIOException.class, () -> SpectralCsv.read(file)).getMessage();
    assertTrue(message.contains("line 2, column 'fat_mua_per_cm': is empty"), message);
  }

  private SpectralTable read(String text) throws IOException {
    return SpectralCsv.read(Files.writeString(folder.resolve("table.csv"), text));
  }
}

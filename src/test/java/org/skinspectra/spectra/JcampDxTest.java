package org.skinspectra.spectra;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

class JcampDxTest {

  private static final double[] TEN = {0, 0, 0, 1, 2, 2, -0.5, -0.5, 6, 60};

  @TempDir Path folder;

  /** Ten points whose ordinates are 0 0 0 2 4 4 -1 -1 12 120, times 0.5. */
  private static String tenPoints(String data) {
    return """
        ##TITLE= ten points $$ a comment
        ##JCAMP-DX= 4.24
        ##DATA TYPE= UV/VIS SPECTRUM
        ##ORIGIN= by hand
        ##X_Units= nanometers
        ##YUNITS= REFLECTANCE
        ##FIRSTX= 400
        ##LASTX= 490
        ##XFACTOR= 1
        ##YFACTOR= 0.5
        ##NPOINTS= 10
        ##FIRSTY= 0
        ##XYDATA= (X++(Y..Y))
        %s
        ##END=
        """
        .formatted(data);
  }

  private SpectralTable read(String text) throws IOException {
    return JcampDx.read(Files.writeString(folder.resolve("s.jdx"), text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "400 0 0 0 2 4\n450 4 -1 -1 12 120",
        "400, 0.0, 0, .0, 2., 4\n450, 4, -10E-1, -1, +12, 1.2E+02",
        "400+0+0+0+2+4\n450+4-1-1+12+120",
        "400@@@BD\n450DaaA2A20",
        "400@UBD\n450DaTA2A20",
        "400@%%KK\n440D%n%J3J08\n490A20",
        "400@UKT $$ differences, one of them twice\n440D%n%J3J08\n490A20",
        "400 0 0 0\n430B\n440DDaaA2\n490A20",
      })
  void everyFormOfOrdinatesIsTheSameSpectrum(String data) throws IOException {
    SpectralTable table = read(tenPoints(data));
    assertEquals(List.of("ten points"), table.names());
    assertArrayEquals(TEN, table.column("ten points"));
    assertEquals(Wavelengths.range(400, 10, 490), table.wavelengths());
    assertEquals("reflectance", table.unit());
    assertEquals(Map.of("origin", "by hand"), table.provenance());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 0 0 0 2 4\\n450 4 -1 -1 12 | of 10 points announced only 9",
        "400 0 0 0 2 4\\n450 4 -1 -1 12 120 7 | beyond the 10 points",
        "400 0 0 0 2 4\\n470 4 -1 -1 12 120 | begins at 470.0, but point 6 is at 450.0",
        "400@%%KK\\n440E%n%J3J08 | first ordinate is 5.0, but the differences before lead to 4.0",
        "400@%%KK\\n440%n%J3J08 | begins with a difference",
        "400@%%KK\\n440 | lacks the ordinate that checks",
        "400@%UKT\\n440D%n%J3J08 | begins at 440.0, but point 6 is at 450.0",
        "400%%%KK | begins with a difference",
        "400S | repeats nothing",
        "400@S99999999 | beyond the 10 points",
        "400@S999999999999 | is no ordinate",
        "400?K | a difference follows a missing value",
        "400 0 zero | is no ordinate",
        "A00 0 | does not begin with an abscissa",
        "400 1 0 0 2 4\\n450 4 -1 -1 12 120 7 | beyond the 10",
        "400 8 0 0 2 4\\n450 4 -1 -1 12 120 | first ordinate is 4.0, but ##FIRSTY= 0.0",
      })
  void dataThatDoNotAgreeWithThemselvesAreRefused(String data, String message) throws IOException {
    assertMessage(tenPoints(data.strip().replace("\\n", "\n")), message.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "##END= | ##COMMENT= none | never closed",
        "##NPOINTS= 10 | ##NPOINTS= 99999999 | no number of points",
        "##NPOINTS= 10 | ##NPOINTS= 1e308 | no number of points",
        "##NPOINTS= 10 |  | lacks ##NPOINTS=",
        "##LASTX= 490 | ##LASTX= 1e308 | is at",
        "##LASTX= 490 | ##LASTX= NaN | NaN is no number",
        "##FIRSTX= 400 | ##FIRSTX= -400 | begins at",
        "##YFACTOR= 0.5 |  | lacks ##YFACTOR=",
        "##YFACTOR= 0.5 | ##YFACTOR= 1e308 | too large",
        "nanometers | SECONDS | SECONDS is no unit of wavelength",
        "(X++(Y..Y)) | (X++(R..R)) | no list (X++(Y..Y))",
        "##XYDATA= (X++(Y..Y)) | ##PEAK TABLE= (XY..XY) | holds no XYDATA or XYPOINTS",
        "##ORIGIN= by hand | ##TITLE= another | is not closed by ##END=",
      })
  void fieldsThatAreWrongAreRefused(String line, String other, String message) throws IOException {
    String text = tenPoints("400 0 0 0 2 4\n450 4 -1 -1 12 120");
    assertMessage(text.replace(line, other == null ? "" : other), message);
  }

  @Test
  void theFirstOrdinateMayBeStatedWithOrWithoutTheFactor() throws IOException {
    String text = tenPoints("400 800 0 0 2 4\n450 4 -1 -1 12 120");
    for (String first : List.of("400", "800", "?", "402")) {
      SpectralTable table = read(text.replace("##FIRSTY= 0", "##FIRSTY= " + first));
      assertEquals(400, table.column("ten points")[0]);
    }
    assertMessage(text.replace("##FIRSTY= 0", "##FIRSTY= 200"), "but ##FIRSTY= 200.0");
  }

  @Test
  void pointsAreReadOverWavenumbersRisingOrFalling() throws IOException {
    String head =
        "##TITLE=a\n##XUNITS=1/CM\n##YUNITS=REFLECTANCE\n##YFACTOR=0.1\n##XYPOINTS=(XY..XY)\n";
    for (String data : List.of("20000,1;16000,2; 10000,?", "10000 ? 16000 2\n20000+1")) {
      SpectralTable table = read(head + data + "\n##END=");
      assertArrayEquals(new double[] {500, 625, 1000}, table.wavelengths().toArray());
      assertArrayEquals(new double[] {0.1, 0.2, Double.NaN}, table.column("a"));
    }
    assertMessage(head + "20000,1;16000\n##END=", "3 numbers");
    assertMessage(head + "20000,1;16000,x\n##END=", "x' is no point");
    assertMessage(head + "##END=", "0 numbers");
    assertMessage(head + "0,1\n##END=", "not a positive nm value");
  }

  @Test
  void blocksOfALinkAreColumnsAndMustAgree() throws IOException {
    String one = tenPoints("400 0 0 0 2 4\n450 4 -1 -1 12 120");
    String link = "##TITLE= all\n##DATA TYPE= LINK\n##BLOCKS= 2\n";
    SpectralTable table = read(link + one + one + "##END=\n");
    assertEquals(List.of("ten points", "ten points (2)"), table.names());
    assertEquals(2, read(one + one).size());
    assertMessage(link + one + one, "'all' is never closed");
    assertMessage(
        one + one.replace("400", "401").replace("490", "491"), "wavelengths are others than");
    assertMessage(one + one.replace("REFLECTANCE", "ABSORBANCE"), "its unit is 'absorbance'");
    assertMessage(one + "##END=", "never began");
    assertMessage("##YUNITS= X", "outside of a block");
    assertMessage("##TITLE= a\n##DATATYPE=LINK\n".repeat(11), "is not closed");
    assertMessage(link + "##END=\n", "holds no spectrum");
  }

  @Test
  void whatIsWrittenIsReadBackToTheLastBit() throws IOException {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("arm: left", new double[] {1.0 / 3, 1e-20, Double.NaN});
    columns.put("b", new double[] {-Math.PI * 1e200, 0, 5});
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("owner", "A. Lab");
    provenance.put("model", "mstpp");
    provenance.put("note", "##END= $$ gone");
    SpectralTable table =
        SpectralTable.of(Wavelengths.of(400.1, 500, 1e3 / 1.5), "reflectance factor", columns)
            .withProvenance(provenance);
    Path file = folder.resolve("deep/out.jdx");
    JcampDx.write(file, table);
    SpectralTable again = JcampDx.read(file);
    assertEquals(table.names(), again.names());
    assertEquals(table.unit(), again.unit());
    assertEquals(table.wavelengths(), again.wavelengths());
    table.names().forEach(n -> assertArrayEquals(table.column(n), again.column(n)));
    provenance.put("note", "#END= $ gone");
    assertEquals(provenance, again.provenance());
    String text = Files.readString(file);
    assertTrue(
        text.contains("##BLOCKS= 2\n") && text.contains("400.1, 0.3333333333333333\n"), text);
    assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);

    JcampDx.write(file, SpectralTable.of(Wavelengths.of(400), "1/cm", "a", new double[] {2}));
    assertFalse(Files.readString(file).contains("LINK"));
    assertEquals("1/cm", JcampDx.read(file).unit());
    SpectralTable infinite =
        SpectralTable.of(Wavelengths.of(400), "1", "a", new double[] {Double.POSITIVE_INFINITY});
    assertThrows(SkinSpectraIOException.class, () -> JcampDx.write(file, infinite));
  }

  @Test
  void aFileIsRecognizedByItsTitle() {
    for (String text : List.of("##TITLE= a", "\ufeff $$ c\n\n ## title=", "##Title=x\n")) {
      assertTrue(JcampDx.startsOne(text.getBytes(StandardCharsets.UTF_8)), text);
    }
    for (String text : List.of("", "nm,a", "##JCAMP-DX= 4.24", "x\n##TITLE=")) {
      assertFalse(JcampDx.startsOne(text.getBytes(StandardCharsets.UTF_8)), text);
    }
  }

  private void assertMessage(String text, String part) {
    String message = assertThrows(SkinSpectraIOException.class, () -> read(text)).getMessage();
    assertTrue(message.contains(part) && message.contains("s.jdx"), message);
  }
}

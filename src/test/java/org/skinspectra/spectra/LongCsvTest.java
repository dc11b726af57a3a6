package org.skinspectra.spectra;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.SkinSpectraIOException;

class LongCsvTest {

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("long.csv"), text);
  }

  @Test
  void rowsComeInAnyOrderAndColumnsToo() throws IOException {
    Path file =
        file(
            """
            # measured by: Ann
            Unit;Name;Wavelength (µm);SD;Value
            1/cm;arm;0.415;;2
            1/cm;back;0.4;.5;3

            1/cm;arm;0.4;;1
            1/cm;back;0.415;;4
            """);
    assertTrue(LongCsv.isLong(file));
    SpectralTable table = LongCsv.read(file);
    assertEquals(List.of("arm", "back mean", "back SD"), table.names());
    assertArrayEquals(new double[] {400, 415}, table.wavelengths().toArray());
    assertArrayEquals(new double[] {1, 2}, table.column("arm"));
    assertArrayEquals(new double[] {3, 4}, table.column("back mean"));
    assertArrayEquals(new double[] {0.5, Double.NaN}, table.column("back SD"));
    assertEquals("1/cm", table.unit());
    assertEquals(Map.of("measured by", "Ann"), table.provenance());
  }

  @Test
  void whatIsWrittenIsReadBackToTheLastBit() {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("with, comma \"and\" quote", new double[] {1.0 / 3, -1e200});
    columns.put("arm mean", new double[] {1, 2});
    columns.put("arm SD", new double[] {0.1f, Double.NaN});
    columns.put("alone SD", new double[] {5, 6});
    columns.put("both mean", new double[] {5, 6});
    columns.put("both SD", new double[] {5, 6});
    columns.put("both", new double[] {7, 8});
    SpectralTable table =
        SpectralTable.of(Wavelengths.of(400.1, 1e3 / 1.5), "reflectance factor", columns)
            .withProvenance(Map.of("model", "mst\npp"));
    Path file = folder.resolve("new/out.csv");
    LongCsv.write(file, table);
    SpectralTable again = LongCsv.read(file);
    assertEquals(table.names(), again.names());
    table.names().forEach(n -> assertArrayEquals(table.column(n), again.column(n)));
    assertEquals(table.wavelengths(), again.wavelengths());
    assertEquals(table.unit(), again.unit());
    assertEquals(Map.of("model", "mst pp"), again.provenance());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nm,name,value\\n400,a,1\\n410,b,2 | 'b' has no value at 400.0 nm, which 'a' has",
        "nm,name,value\\n400,a,1\\n400,b,2\\n410,b,2 | 'a' has no value at 410.0 nm, which 'b'",
        "nm,name,value\\n400,a,1\\n400,a,2 | 400.0 nm follows 400.0 nm",
        "nm,name,value\\n400,,1 | line 2, spectrum '': has no name",
        "nm,name,value\\n0,a,1 | is at 0.0 nm",
        "nm,name,value\\n400,a, | line 2, column 'value': is empty",
        "nm,name,value\\n400,a,red | 'red' is no finite number",
        "nm,name,value,sd\\n400,a,1,red | line 2, column 'sd': 'red'",
        "nm,name,value,unit\\n400,a,1,%\\n400,b,1,1 | line 3, spectrum 'b': has the unit '1', others '%'",
        "band,name,value\\n400,a,1 | has no wavelength column",
        "nm,name,value\\n | no rows",
      })
  void whatMakesNoTableIsRefused(String text, String message) throws IOException {
    Path file = file(text.strip().replace("\\n", "\n"));
    String error =
        assertThrows(SkinSpectraIOException.class, () -> LongCsv.read(file)).getMessage();
    assertTrue(error.contains(message) && error.contains("long.csv"), error);
  }
}

package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

class ResponseFilesTest {

  @TempDir Path folder;

  @Test
  void readsRawtoaces() throws IOException {
    SpectralTable table =
        ResponseFiles.read(json("'R', 'G', 'B'", "'400': [0.1, 0.2, 0.3], '405.5': [1e-3, 0, 4]"));
    assertEquals(List.of("R", "G", "B"), table.names());
    assertEquals(Wavelengths.of(400, 405.5), table.wavelengths());
    assertArrayEquals(new double[] {0.1, 0.001}, table.column("R"));
    assertArrayEquals(new double[] {0.3, 4}, table.column("B"));
    assertEquals("relative", table.unit());
  }

  @Test
  void readsCsv() throws IOException {
    Path file = folder.resolve("camera.csv");
    Files.writeString(file, "nm,R,G,B\n400,1,2,3\n410,4,5,6\n");
    SpectralTable table = ResponseFiles.read(file);
    assertEquals(List.of("R", "G", "B"), table.names());
    assertArrayEquals(new double[] {1, 4}, table.column("R"));
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'R', 'G'       | '400': [1, 2, 3]                | not one value for each",
        "'R', 'G', 'B'  | '400': [1, 2]                   | [1.0, 2.0] at 400 nm",
        "'R', 'G', 'B'  | '400': null                     | null at 400 nm",
        "'R', 'G', 'B'  | '400': [1, null, 3]             | null for G at 400 nm",
        "'R', 'G', 'B'  | '400': [1, NaN, 3]              | no rawtoaces JSON at line 5",
        "'R', 'G', 'B'  | '400': [1, 1e999, 3]            | no rawtoaces JSON",
        "'R', 'G', 'B'  | '400': [1, 'two', 3]            | two",
        "'R', 'G', 'B'  | '400': [1, [2], 3]              | no rawtoaces JSON",
        "'R', 'G', 'B'  | '400': [1,2,3], '400': [1,2,3]  | duplicate key: 400",
        "'R', 'G', 'B'  | '410': [1,2,3], '400': [1,2,3]  | 400.0 nm follows 410.0 nm",
        "'R', 'G', 'B'  | 'violet': [1,2,3]               | wavelength 'violet'",
        "'R', 'G', 'B'  | '-400': [1,2,3]                 | -400.0 is not a positive nm",
        "'R', 'G', 'B'  | ''                              | at least one wavelength",
        "'R', 'R', 'B'  | '400': [1,2,3]                  | [R, R, B]",
        "'R', ' ', 'B'  | '400': [1,2,3]                  | name of its own",
        "null, 'G', 'B' | '400': [1,2,3]                  | [null, G, B]",
      },
      quoteCharacter = '"')
  void refusesTablesThatAreNone(String names, String rows, String reason) throws IOException {
    refuses(json(names, rows.equals("''") ? "" : rows), reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|no rawtoaces JSON",
        "null|lacks spectral_data",
        "{}|lacks spectral_data",
        "[]|no rawtoaces JSON",
        "{'spectral_data': {'index': {'main': ['R']}}}|lacks spectral_data",
        "{'spectral_data': 3}|no rawtoaces JSON",
        "{'spectral_data': {'ind|no rawtoaces JSON",
        "nm,R,G,B|no rawtoaces JSON",
      },
      quoteCharacter = '"')
  void refusesFilesThatAreNoRawtoaces(String text, String reason) throws IOException {
    refuses(file(text == null ? "" : text), reason);
  }

  @Test
  void refusesTextAfterTheEnd() throws IOException {
    Path file = json("'R'", "'400': [1]");
    refuses(file(Files.readString(file) + "{}"), "camera.JSON");
  }

  @Test
  void refusesFilesThatAreNotThere() {
    refuses(folder.resolve("none.json"), "There is no file");
    refuses(folder.resolve("none.csv"), "There is no file");
  }

  @Test
  void refusesBytesThatAreNoText() throws IOException {
    Path file = folder.resolve("camera.json");
    Files.write(file, new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"'});
    refuses(file, "UTF-8");
  }

  private void refuses(Path file, String reason) {
    var error = assertThrows(SkinSpectraIOException.class, () -> ResponseFiles.read(file));
    assertTrue(error.getMessage().contains(reason), error.getMessage());
    assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
  }

  private Path json(String names, String rows) throws IOException {
    return file(
        """
        {'header': {'model': 'D1', 'nested': [{}, [1]]},
         'spectral_data': {
           'units': 'relative', 'bandwidth_FWHM': null,
           'index': {'main': [%s]},
           'data': {'main': {%s}}}}
        """
            .formatted(names, rows));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("camera.JSON"), text.replace('\'', '"'));
  }
}

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
  void readsDcamprof() throws IOException {
    SpectralTable table =
        ResponseFiles.read(
            file(
                """
                {'camera_name': 'D1', 'ssf_bands': [400, 410.5, 420, 430],
                 'red_ssf': [0, 1, 2, 3], 'green_ssf': [4, 5, 6, 7], 'blue_ssf': [8, 9, 10, 11]}
                """));
    assertEquals(List.of("R", "G", "B"), table.names());
    assertEquals(Wavelengths.of(400, 410.5, 420, 430), table.wavelengths());
    assertArrayEquals(new double[] {4, 5, 6, 7}, table.column("G"));
  }

  @Test
  void readsTheBandsOfDcamprofAsFirstLastAndStep() throws IOException {
    SpectralTable table =
        ResponseFiles.read(
            file(
                """
                {'ssf_bands': [400, 430, 10],
                 'red_ssf': [0, 1, 2, 3], 'green_ssf': [4, 5, 6, 7], 'blue_ssf': [8, 9, 10, 11]}
                """));
    assertEquals(Wavelengths.of(400, 410, 420, 430), table.wavelengths());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'ssf_bands': [400, 410], 'red_ssf': [1, 2], 'green_ssf': [1, 2]|lacks 'blue_ssf'",
        "'ssf_bands': [400, 410], 'red_ssf': [1, 2], 'green_ssf': [1, 2], 'blue_ssf': [1]|1 values",
        "'ssf_bands': [400, 400], 'red_ssf': [1, 2], 'green_ssf': [1, 2], 'blue_ssf': [1, 2]|400.0",
        "'ssf_bands': 400, 'red_ssf': [1], 'green_ssf': [1], 'blue_ssf': [1]|should be a list",
      },
      quoteCharacter = '"')
  void refusesDcamprofFilesThatAreNone(String fields, String reason) throws IOException {
    refuses(file("{" + fields + "}"), reason);
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
        "'R', 'G', 'B'  | '400': null                     | 'spectral_data.data.main.400' is null",
        "'R', 'G', 'B'  | '400': [1, null, 3]             | 'spectral_data.data.main.400[1]' is null",
        "'R', 'G', 'B'  | '400': [1, NaN, 3]              | malformed at line 5",
        "'R', 'G', 'B'  | '400': [1, 1e999, 3]            | no rawtoaces or dcamprof file",
        "'R', 'G', 'B'  | '400': [1, 'two', 3]            | two",
        "'R', 'G', 'B'  | '400': [1, [2], 3]              | [2.0], but should be a number",
        "'R', 'G', 'B'  | '400': [1,2,3], '400': [1,2,3]  | '400' twice",
        "'R', 'G', 'B'  | '410': [1,2,3], '400': [1,2,3]  | 400.0 nm follows 410.0 nm",
        "'R', 'G', 'B'  | 'violet': [1,2,3]               | wavelength 'violet'",
        "'R', 'G', 'B'  | '-400': [1,2,3]                 | -400.0 is not a positive nm",
        "'R', 'G', 'B'  | ''                              | at least one wavelength",
        "'R', 'R', 'B'  | '400': [1,2,3]                  | [R, R, B]",
        "'R', ' ', 'B'  | '400': [1,2,3]                  | text of 1 to 200 characters",
        "null, 'G', 'B' | '400': [1,2,3]                  | [0]' is null",
      },
      quoteCharacter = '"')
  void refusesTablesThatAreNone(String names, String rows, String reason) throws IOException {
    refuses(json(names, rows.equals("''") ? "" : rows), reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|no rawtoaces or dcamprof file",
        "null|not one JSON object",
        "{}|neither spectral_data",
        "[]|not one JSON object",
        "{'spectral_data': {'index': {'main': ['R']}}}|lacks 'spectral_data.data'",
        "{'spectral_data': 3}|should be an object",
        "{'spectral_data': {'ind|no rawtoaces or dcamprof file",
        "nm,R,G,B|no rawtoaces or dcamprof file",
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

package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Wavelengths;

class MeasuredSpectraTest {

  private static final Wavelengths GRID = Wavelengths.range(500, 100, 700);

  @TempDir Path folder;

  private void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void tablesThatCoverTheWavelengthsAreReadInTheOrderOfTheirNames() throws IOException {
    file("b.csv", "nm,c\n400,.1\n800,.2\n");
    file("a.CSV", "nm,a,b\n500,.1,.2\n700,.3,1.2\n");
    file("narrow.csv", "nm,x\n500,.1\n650.5,.2\n");
    file("notes.txt", "no table");
    Files.createDirectory(folder.resolve("deeper.csv"));
    MeasuredSpectra spectra = MeasuredSpectra.read(folder, GRID);
    assertEquals(2, spectra.tables().size());
    assertEquals(List.of("a", "b"), spectra.tables().get(0).names());
    assertEquals(List.of("c"), spectra.tables().get(1).names());
    assertEquals(List.of("a.CSV", "b.csv"), spectra.files());
    assertEquals(
        List.of("narrow.csv covers 500 nm to 650.5 nm, not 500:100:700; it is left out"),
        spectra.skipped());
  }

  @Test
  void tablesThatCoverPartOfTheWavelengthsAreReadWhereThatIsAskedFor() throws IOException {
    file("half.csv", "nm,a\n300,.1\n600,.2\n");
    file("less.csv", "nm,b\n300,.1\n599,.2\n");
    file("whole.csv", "nm,c\n400,.1\n800,.2\n");
    MeasuredSpectra spectra = MeasuredSpectra.readPartial(folder, GRID, 100);
    assertEquals(List.of("half.csv", "whole.csv"), spectra.files());
    assertEquals(300, spectra.tables().get(0).wavelengths().first());
    assertEquals(
        List.of(
            "less.csv covers 300 nm to 599 nm, not at least 100 nm of 500:100:700; it is left out"),
        spectra.skipped());
    file("half.csv", "nm,a\n300,.1\n600,20\n");
    String message =
        assertThrows(
                SkinSpectraException.class, () -> MeasuredSpectra.readPartial(folder, GRID, 100))
            .getMessage();
    assertTrue(message.contains("half.csv holds 20.0 in 'a' at 600 nm"), message);
  }

  @Test
  void valuesThatAreNoReflectanceFactorAreRefusedByFileColumnAndWavelength() throws IOException {
    for (String bad : List.of("35.2", "-0.01", "1.51")) {
      file("percent.csv", "nm,arm\n500,.1\n600," + bad + "\n700,.3\n");
      assertRefused("percent.csv", "'arm'", "600 nm", Double.toString(Double.parseDouble(bad)));
    }
  }

  @Test
  void foldersWithoutASuitableTableAreRefused() throws IOException {
    assertRefused("500:100:700");
    file("narrow.csv", "nm,x\n500,.1\n600,.2\n");
    assertRefused("500:100:700", "narrow.csv covers 500 nm to 600 nm");
    file("broken.csv", "nm,x\n500,red\n");
    assertRefused("broken.csv", "line 2", "red");
    Path absent = folder.resolve("absent");
    String message =
        assertThrows(SkinSpectraException.class, () -> MeasuredSpectra.read(absent, GRID))
            .getMessage();
    assertTrue(message.contains("absent"), message);
  }

  private void assertRefused(String... parts) {
    String message =
        assertThrows(SkinSpectraException.class, () -> MeasuredSpectra.read(folder, GRID))
            .getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }
}

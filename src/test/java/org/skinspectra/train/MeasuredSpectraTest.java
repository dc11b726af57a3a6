package org.skinspectra.train;

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
import org.skinspectra.SkinSpectraException;
import org.skinspectra.format.SpectraFiles;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

class MeasuredSpectraTest {

  private static final Wavelengths GRID = Wavelengths.range(500, 50, 600);

  @TempDir Path folder;

  private void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void tablesThatCoverTheWavelengthsAreReadInTheOrderOfTheirNames() throws IOException {
    file("b.csv", "nm,c\n400,.1\n500,.1\n550,.1\n600,.1\n800,.2\n");
    file("a.CSV", "nm,a,b\n500,.1,.2\n550,.1,.2\n600,.3,1.2\n");
    file("narrow.csv", "nm,x\n500,.1\n590.5,.2\n");
    file("notes.txt", "no table");
    Files.createDirectory(folder.resolve("deeper.csv"));
    MeasuredSpectra spectra = MeasuredSpectra.read(folder, GRID);
    assertEquals(2, spectra.tables().size());
    assertEquals(List.of("a", "b"), spectra.tables().get(0).names());
    assertEquals(List.of("c"), spectra.tables().get(1).names());
    assertEquals(List.of("a.CSV", "b.csv"), spectra.files());
    assertEquals(
        List.of("narrow.csv covers 500 nm to 590.5 nm, not 500:50:600; it is left out"),
        spectra.skipped());
  }

  @Test
  void librariesAndJcampDxAreTablesToo() throws IOException {
    SpectralTable table =
        SpectralTable.of(
            Wavelengths.range(500, 50, 600), "reflectance", "a", new double[] {.1, .2, .3});
    for (String name : List.of("c.sli", "b.JDX", "d.dx")) {
      SpectraFiles.write(table, folder.resolve(name));
    }
    file("a.csv", "nm,a\n500,.1\n550,.2\n600,.3\n");
    MeasuredSpectra spectra = MeasuredSpectra.read(folder, GRID);
    assertEquals(List.of("a.csv", "b.JDX", "c.sli", "d.dx"), spectra.files());
    for (SpectralTable read : spectra.tables()) {
      assertArrayEquals(table.column("a"), read.column("a"));
    }
  }

  @Test
  void tablesThatCoverPartOfTheWavelengthsAreReadWhereThatIsAskedFor() throws IOException {
    file("half.csv", "nm,a\n300,.1\n500,.1\n550,.2\n");
    file("less.csv", "nm,b\n300,.1\n549,.2\n");
    file("whole.csv", "nm,c\n400,.1\n500,.1\n550,.1\n600,.1\n800,.2\n");
    MeasuredSpectra spectra = MeasuredSpectra.readPartial(folder, GRID, 50);
    assertEquals(List.of("half.csv", "whole.csv"), spectra.files());
    assertEquals(300, spectra.tables().get(0).wavelengths().first());
    assertEquals(
        List.of(
            "less.csv covers 300 nm to 549 nm, not at least 50 nm of 500:50:600; it is left out"),
        spectra.skipped());
    file("half.csv", "nm,a\n300,.1\n500,.1\n550,20\n");
    String message =
        assertThrows(
                SkinSpectraException.class, () -> MeasuredSpectra.readPartial(folder, GRID, 50))
            .getMessage();
    assertTrue(message.contains("half.csv holds 20.0 in 'a' at 550 nm"), message);
  }

  @Test
  void valuesThatAreNoReflectanceFactorAreRefusedByFileColumnAndWavelength() throws IOException {
    for (String bad : List.of("35.2", "-0.01", "1.51")) {
      file("percent.csv", "nm,arm\n500,.1\n550," + bad + "\n600,.3\n");
      assertRefused("percent.csv", "'arm'", "550 nm", Double.toString(Double.parseDouble(bad)));
    }
  }

  @Test
  void samplesTooFarApartToKnowWhatLiesBetweenAreRefusedByFileAndGap() throws IOException {
    file("coarse.csv", "nm,arm\n500,.1\n549,.2\n600,.3\n");
    assertRefused("coarse.csv", "between 549 nm and 600 nm", "at most 50 nm");
    String message =
        assertThrows(
                SkinSpectraException.class, () -> MeasuredSpectra.readPartial(folder, GRID, 50))
            .getMessage();
    assertTrue(message.contains("between 549 nm and 600 nm"), message);
    file("coarse.csv", "nm,arm\n500,.1\n550,.2\n600,.3\n900,.3\n");
    assertEquals(1, MeasuredSpectra.read(folder, GRID).tables().size());
  }

  @Test
  void foldersWithoutASuitableTableAreRefused() throws IOException {
    assertRefused("500:50:600");
    file("narrow.csv", "nm,x\n500,.1\n550,.2\n");
    assertRefused("500:50:600", "narrow.csv covers 500 nm to 550 nm");
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

package org.skinspectra.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.skin.CoverageComparison;
import org.skinspectra.skin.SkinReflectance;
import org.skinspectra.skin.SkinSampler;
import org.skinspectra.skin.SpectralCoverage;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

class CoverageReportTest {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  @TempDir Path folder;

  /** Two files of four spectra each: simulated skins, of the second file one is none. */
  private static CoverageReport report() {
    SpectralCoverage coverage = new SpectralCoverage(100, 3);
    double[][] skins = new SkinSampler(3).spectra(8, new SkinReflectance(GRID));
    Arrays.setAll(skins[7], i -> i % 2 == 0 ? 0.2 : 0.4);
    Map<String, double[]> first = new LinkedHashMap<>();
    Map<String, double[]> second = new LinkedHashMap<>();
    for (int i = 0; i < skins.length; i++) {
      (i < 4 ? first : second).put("skin " + i, skins[i]);
    }
    List<SpectralTable> tables =
        List.of(
            SpectralTable.of(GRID, "reflectance factor", first),
            SpectralTable.of(GRID, "reflectance factor", second));
    List<SpectralCoverage.Result> results =
        tables.stream().map(table -> coverage.compare(table, GRID, ProgressMonitor.NONE)).toList();
    return new CoverageReport(
        List.of("a.csv", "b.csv"),
        results,
        coverage.features(),
        CoverageComparison.of(tables, results, coverage));
  }

  @Test
  void spectraNearASimulatedSkinAreCountedByFileAndInAll() throws IOException {
    CoverageReport report = report();
    Path file = folder.resolve("angles.csv");
    report.angles().writeCsv(file);
    List<String> rows = Files.readAllLines(file);
    assertTrue(rows.get(1).startsWith("a.csv,400:10:1000,4,4,100.0,"), rows.get(1));
    assertTrue(rows.get(2).startsWith("b.csv,400:10:1000,4,3,75.0,"), rows.get(2));
    assertTrue(rows.get(2).endsWith(",skin 7"), rows.get(2));
    assertEquals("all,,8,7,87.5,,,,", rows.get(3).replace("\"\"", ""));
    assertEquals(8, report.object().get("spectra"));
    assertEquals(0.875, report.object().get("share"));
  }

  @Test
  void everySpectrumAndEveryComponentHasARow() throws IOException {
    Path file = folder.resolve("rows.csv");
    report().nearest().writeCsv(file);
    assertEquals(1 + 8, Files.readAllLines(file).size());
    report().components().writeCsv(file);
    assertEquals(1 + CoverageComparison.COMPONENTS, Files.readAllLines(file).size());
    report().features().writeCsv(file);
    assertTrue(Files.readAllLines(file).get(3).startsWith("simulated,"));
  }
}

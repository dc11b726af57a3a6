package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Resampling;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

class CoverageComparisonTest {

  private static final int COUNT = 100;
  private static final SpectralCoverage COVERAGE = new SpectralCoverage(COUNT, 3);

  /** The simulated skins themselves, as if measured on some bands. */
  private static SpectralTable skins(Wavelengths bands) {
    double[][] skins = new SkinSampler(3).spectra(COUNT, new SkinReflectance(Wavelengths.VIS_NIR));
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int i = 0; i < skins.length; i++) {
      columns.put("skin " + i, Resampling.linear(Wavelengths.VIS_NIR, skins[i], bands));
    }
    return SpectralTable.of(bands, "reflectance factor", columns);
  }

  private static CoverageComparison compare(SpectralTable... tables) {
    List<SpectralCoverage.Result> results =
        List.of(tables).stream()
            .map(table -> COVERAGE.compare(table, Wavelengths.VIS_NIR, ProgressMonitor.NONE))
            .toList();
    return CoverageComparison.of(List.of(tables), results, COVERAGE);
  }

  @Test
  void theSameSpectraHaveTheSameComponents() {
    CoverageComparison comparison = compare(skins(Wavelengths.VIS_NIR));
    assertEquals(Wavelengths.VIS_NIR, comparison.bands());
    assertEquals(CoverageComparison.COMPONENTS, comparison.cosines().length);
    assertArrayEquals(new double[] {1, 1, 1}, comparison.cosines(), 1e-9);
    assertArrayEquals(comparison.simulated().shares(), comparison.measured().shares(), 1e-9);
  }

  @Test
  void tablesAreComparedOnTheBandsThatAllOfThemHave() {
    CoverageComparison comparison =
        compare(skins(Wavelengths.range(400, 10, 700)), skins(Wavelengths.range(600, 10, 1000)));
    assertEquals(Wavelengths.range(600, 10, 700), comparison.bands());
    assertEquals(2, comparison.sets().size());
    assertEquals(COUNT, comparison.sets().get(1).length);
    assertEquals(11, comparison.skins()[0].length);
  }

  @Test
  void tablesWithoutEnoughCommonBandsAreRefused() {
    SpectralTable below = skins(Wavelengths.range(400, 10, 700));
    SpectralTable above = skins(Wavelengths.range(690, 10, 1000));
    String message =
        assertThrows(SkinSpectraException.class, () -> compare(below, above)).getMessage();
    assertTrue(message.contains("2 bands in common"), message);
  }
}

package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.util.MathArrays;
import org.junit.jupiter.api.Test;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

class SpectralCoverageTest {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;
  private static final int COUNT = 200;
  private static final SpectralCoverage COVERAGE = new SpectralCoverage(COUNT, 3);
  private static final double[][] SKINS =
      new SkinSampler(3).spectra(COUNT, new SkinReflectance(GRID));

  /** Two simulated skins, one of them darkened as a whole, and one that is no skin. */
  private static SpectralTable measured() {
    double[] noSkin = new double[GRID.size()];
    Arrays.setAll(noSkin, i -> i % 2 == 0 ? 0.2 : 0.4);
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("first", SKINS[0]);
    columns.put("checked", noSkin);
    columns.put("dark", MathArrays.scale(0.5, SKINS[8]));
    return SpectralTable.of(GRID, "reflectance factor", columns);
  }

  private static SpectralCoverage.Result compare(String range) {
    return COVERAGE.compare(measured(), Wavelengths.parse(range), ProgressMonitor.NONE);
  }

  @Test
  void spectraAreComparedByShapeAndCountedWithinTheLimit() {
    SpectralCoverage.Result result = compare("400:10:1000");
    assertEquals(List.of("first", "checked", "dark"), result.names());
    assertEquals(0, result.angles().get(0), 1e-7);
    assertEquals(0, result.angles().get(2), 1e-7);
    assertEquals(2, result.within());
    assertEquals("checked", result.worst());
    assertEquals(result.angles().get(1), result.percentile(100));
    assertEquals(0, result.percentile(50), 1e-7);
  }

  @Test
  void anglesAreThoseOfTheNearestOnTheCommonBands() {
    SpectralCoverage.Result result = compare("650:5:800");
    assertEquals(Wavelengths.range(650, 10, 800), result.bands());
    double[] noSkin = measured().column("checked");
    double nearest = 9;
    for (double[] skin : SKINS) {
      nearest =
          Math.min(
              nearest,
              SkinFeatures.angle(
                  Arrays.copyOfRange(noSkin, 25, 41), Arrays.copyOfRange(skin, 25, 41)));
    }
    assertEquals(nearest, result.angles().get(1), 1e-12);
  }

  @Test
  void simulatedSpectraAreThoseOfTheSampler() {
    assertArrayEquals(SKINS[5], COVERAGE.spectra(GRID)[5]);
    assertArrayEquals(
        new double[] {SKINS[7][10], SKINS[7][60]}, COVERAGE.spectra(Wavelengths.of(500, 1000))[7]);
    assertEquals(COUNT, COVERAGE.features().size());
    assertThrows(IllegalArgumentException.class, () -> COVERAGE.spectra(Wavelengths.of(505)));
  }

  @Test
  void comparisonsThatSayNothingAreRefused() {
    String message =
        assertThrows(SkinSpectraException.class, () -> compare("995:5:1005")).getMessage();
    assertTrue(message.contains("share 1 bands with 995:5:1005 nm"), message);
    assertThrows(IllegalArgumentException.class, () -> new SpectralCoverage(0, 1));
  }

  @Test
  void cancelStopsTheComparison() {
    ProgressMonitor canceled =
        new ProgressMonitor() {
          @Override
          public void report(String step, long done, long total) {}

          @Override
          public boolean isCanceled() {
            return true;
          }
        };
    assertThrows(CanceledException.class, () -> COVERAGE.compare(measured(), GRID, canceled));
  }
}

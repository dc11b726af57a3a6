package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.Resampling;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

class CanonicalMapTest {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;
  private static final SpectralResponse CANONICAL = SpectralResponse.canonical(GRID);

  @Test
  void theCanonicalCameraIsMappedByTheIdentity() {
    CanonicalMap map = CanonicalMap.fit(CANONICAL, CANONICAL, reflectances(20));
    for (int c = 0; c < 4; c++) {
      double[] row = new double[4];
      row[c] = 1;
      assertArrayEquals(row, map.matrix()[c], 1e-12);
    }
    assertEquals(0, map.residualRms(), 1e-14);
    assertEquals(1, map.conditionNumber(), 1e-12);
  }

  @Test
  void whiteStaysWhiteHoweverPoorTheFit() {
    CanonicalMap map = CanonicalMap.fit(camera(), CANONICAL, reflectances(50));
    assertTrue(map.residualRms() > 1e-3, "residual " + map.residualRms());
    assertArrayEquals(new double[] {1, 1, 1, 1}, map.apply(new double[] {1, 1, 1, 1}), 1e-12);
  }

  /** Moving any weight from one channel to another keeps white, but must not fit better. */
  @Test
  void noOtherMapThatKeepsWhiteFitsBetter() {
    SpectralTable spectra = reflectances(50);
    SpectralResponse camera = camera();
    CanonicalMap map = CanonicalMap.fit(camera, CANONICAL, spectra);
    double best = rms(map.matrix(), camera, spectra);
    assertEquals(map.residualRms(), best, 1e-12);
    for (int c = 0; c < 4; c++) {
      for (int from = 0; from < 4; from++) {
        for (int to = 0; to < 4; to++) {
          double[][] moved = map.matrix();
          moved[c][from] -= 0.01;
          moved[c][to] += 0.01;
          assertTrue(rms(moved, camera, spectra) >= best - 1e-15);
        }
      }
    }
  }

  @Test
  void mixedCanonicalChannelsAreFoundAgain() {
    // Its red is the canonical green, its green the canonical red.
    double[][] weights = CANONICAL.weights();
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("R", weights[1]);
    columns.put("G", weights[0]);
    columns.put("B", weights[2]);
    columns.put("960", weights[3]);
    SpectralResponse swapped =
        SpectralResponse.of(SpectralTable.of(GRID, "1", columns), Illuminant.e(), GRID);
    CanonicalMap map = CanonicalMap.fit(swapped, CANONICAL, reflectances(20));
    assertArrayEquals(new double[] {2, 1, 3, 4}, map.apply(new double[] {1, 2, 3, 4}), 1e-9);
    assertEquals(0, map.residualRms(), 1e-12);
  }

  @Test
  void greySpectraLeaveEveryChannelAsItIs() {
    Map<String, double[]> greys = new LinkedHashMap<>();
    for (int i = 0; i < 6; i++) {
      double[] grey = new double[GRID.size()];
      Arrays.fill(grey, 0.1 * i);
      greys.put("grey " + i, grey);
    }
    CanonicalMap map =
        CanonicalMap.fit(camera(), CANONICAL, SpectralTable.of(GRID, "reflectance", greys));
    assertArrayEquals(
        new double[] {0.1, 0.5, 0.3, 0.7}, map.apply(new double[] {0.1, 0.5, 0.3, 0.7}), 1e-9);
  }

  @Test
  void refusesWhatDeterminesNoMap() {
    refuses(camera(), reflectances(3), "3 spectra");
    refuses(
        SpectralResponse.canonical(Wavelengths.range(400, 5, 1000)), reflectances(9), "400:5:1000");
    SpectralTable few = Resampling.linear(reflectances(9), Wavelengths.VIS);
    refuses(camera(), few, "700 nm");
    Map<String, double[]> holed = new LinkedHashMap<>();
    for (String name : reflectances(9).names()) {
      holed.put(name, reflectances(9).column(name));
    }
    holed.get("spectrum 4")[7] = Double.NaN;
    refuses(camera(), SpectralTable.of(GRID, "1", holed), "'spectrum 4' holds NaN");
  }

  @Test
  void refusesPixelsOfOtherChannels() {
    CanonicalMap map = CanonicalMap.fit(camera(), CANONICAL, reflectances(9));
    assertThrows(IllegalArgumentException.class, () -> map.apply(new double[3]));
  }

  private static void refuses(SpectralResponse camera, SpectralTable spectra, String reason) {
    var error =
        assertThrows(
            SkinSpectraException.class, () -> CanonicalMap.fit(camera, CANONICAL, spectra));
    assertTrue(error.getMessage().contains(reason), error.getMessage());
  }

  private static double rms(double[][] matrix, SpectralResponse camera, SpectralTable spectra) {
    double sum = 0;
    for (String name : spectra.names()) {
      double[] seen = camera.capture(spectra.column(name));
      double[] wanted = CANONICAL.capture(spectra.column(name));
      for (int c = 0; c < 4; c++) {
        double error = -wanted[c];
        for (int i = 0; i < 4; i++) {
          error += matrix[c][i] * seen[i];
        }
        sum += error * error;
      }
    }
    return Math.sqrt(sum / (4.0 * spectra.size()));
  }

  private static SpectralResponse camera() {
    SpectralTable table =
        SpectralTable.of(
            Wavelengths.of(400, 450, 500, 550, 600, 650, 700),
            "1",
            Map.of(
                "R", new double[] {0.1, 0, 0, 0.1, 1, 0.7, 0.1},
                "G", new double[] {0, 0.2, 0.8, 1, 0.3, 0, 0},
                "B", new double[] {0.4, 1, 0.4, 0, 0, 0, 0}));
    return SpectralResponse.of(table, Illuminant.a(), GRID);
  }

  private static SpectralTable reflectances(int count) {
    Well19937c random = new Well19937c(5);
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      double[] spectrum = new double[GRID.size()];
      Arrays.setAll(spectrum, band -> random.nextDouble());
      columns.put("spectrum " + i, spectrum);
    }
    return SpectralTable.of(GRID, "reflectance factor", columns);
  }
}

package org.skinspectra.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.profile.CanonicalMap;
import org.skinspectra.profile.SpectralResponse;
import org.skinspectra.skin.SimulatedCamera;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * Cameras that nobody built, under lights from 2700 to 6500 K, each calibrated to the canonical
 * channels as a real one would be. What calibration leaves is what a model for any camera must
 * bear.
 */
final class OtherCameras {

  private static final Wavelengths FINE = Wavelengths.range(380, 5, 1000);

  private OtherCameras() {}

  /**
   * Draws cameras.
   *
   * @param reflectances to calibrate them with
   */
  static List<SimulatedCamera> draw(
      int count, Wavelengths grid, SpectralTable reflectances, long seed) {
    RandomGenerator random = new Well19937c(seed);
    SpectralResponse canonical = SpectralResponse.canonical(grid);
    List<SimulatedCamera> cameras = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SpectralTable responses = responses(random);
      Illuminant light = Illuminant.planck(2700 + 3800 * random.nextDouble());
      SpectralResponse response = SpectralResponse.of(responses, light, grid);
      cameras.add(
          SimulatedCamera.calibrated(
              response, CanonicalMap.fit(response, canonical, reflectances)));
    }
    return cameras;
  }

  /** Bell-shaped filters about where those of colour cameras are. */
  private static SpectralTable responses(RandomGenerator random) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("R", bell(random, 605, 12, 34, 8));
    columns.put("G", bell(random, 540, 10, 38, 7));
    columns.put("B", bell(random, 458, 10, 30, 6));
    columns.put("960", bell(random, 960, 3, 9, 4));
    return SpectralTable.of(FINE, "relative sensitivity", columns);
  }

  private static double[] bell(
      RandomGenerator random, double centre, double shift, double width, double change) {
    double peak = centre + shift * (2 * random.nextDouble() - 1);
    double deviation = width + change * (2 * random.nextDouble() - 1);
    double[] values = new double[FINE.size()];
    for (int i = 0; i < values.length; i++) {
      double distance = (FINE.get(i) - peak) / deviation;
      double value = FastMath.exp(-0.5 * distance * distance);
      // Far from its peak a filter is shut, and the light need not be known there.
      values[i] = value > 1e-3 ? value : 0;
    }
    return values;
  }
}

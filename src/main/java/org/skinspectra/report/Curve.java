package org.skinspectra.report;

import java.util.Arrays;
import org.skinspectra.spectra.Wavelengths;

/**
 * One spectrum of a figure, with or without a band about it.
 *
 * @param label its name in the legend
 * @param mean one value per wavelength; NaN leaves a gap
 * @param low lower edge of the band, one per wavelength; empty for a curve without a band
 * @param high upper edge of the band, as {@code low}
 */
public record Curve(
    String label, Wavelengths wavelengths, double[] mean, double[] low, double[] high) {

  /**
   * @throws IllegalArgumentException if a length does not match the wavelengths, or the curve lies
   *     outside its band
   */
  public Curve {
    requireLengths(label, wavelengths, mean, low.length, "lower edges");
    requireLengths(label, wavelengths, mean, high.length, "upper edges");
    if (low.length != high.length) {
      throw new IllegalArgumentException("Curve '" + label + "' has half a band.");
    }
    for (int i = 0; i < low.length; i++) {
      if (low[i] > mean[i] || high[i] < mean[i]) {
        throw new IllegalArgumentException(
            "Curve '%s' is %s, outside its band from %s to %s."
                .formatted(label, mean[i], low[i], high[i]));
      }
    }
  }

  /**
   * A mean with a band of ± one standard deviation.
   *
   * @param sd standard deviation, one per wavelength; empty for a curve without a band
   * @throws IllegalArgumentException if a length does not match the wavelengths, or a standard
   *     deviation is negative
   */
  public Curve(String label, Wavelengths wavelengths, double[] mean, double[] sd) {
    this(label, wavelengths, mean, edge(label, mean, sd, -1), edge(label, mean, sd, 1));
  }

  /** A curve without a band. */
  public static Curve of(String label, Wavelengths wavelengths, double[] mean) {
    return new Curve(label, wavelengths, mean, new double[0]);
  }

  boolean hasBand() {
    return low.length > 0;
  }

  /** The lower edge of the band, the curve or the upper edge, for -1, 0 and 1. */
  double at(int index, int side) {
    return side == 0 || !hasBand() ? mean[index] : side < 0 ? low[index] : high[index];
  }

  private static double[] edge(String label, double[] mean, double[] sd, int side) {
    double[] edge = Arrays.copyOf(mean, sd.length);
    for (int i = 0; i < edge.length; i++) {
      if (sd[i] < 0) {
        throw new IllegalArgumentException(
            "Curve '" + label + "' has the standard deviation " + sd[i] + ".");
      }
      edge[i] += side * sd[i];
    }
    return edge;
  }

  private static void requireLengths(
      String label, Wavelengths wavelengths, double[] mean, int edges, String what) {
    if (mean.length != wavelengths.size() || edges != 0 && edges != mean.length) {
      throw new IllegalArgumentException(
          "Curve '%s' has %d values and %d %s for %d wavelengths."
              .formatted(label, mean.length, edges, what, wavelengths.size()));
    }
  }
}

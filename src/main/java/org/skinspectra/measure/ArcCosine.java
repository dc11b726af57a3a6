package org.skinspectra.measure;

import java.util.Arrays;

/**
 * The inverse cosine of many values. {@link Math#acos} would take longer than all the sums over 61
 * bands; these loops have no branch, so that the compiler vectorises them.
 *
 * <p>arccos x = 2 arcsin √q with q = (1 - x) / 2 (Abramowitz and Stegun 1964, 4.4.32), and arcsin
 * √q / √q is a power series in q (4.4.40). For q ≤ 0.5, which is x ≥ 0, the terms used leave a
 * relative error below 1e-9, a sixtieth of the rounding of a float32 angle.
 */
final class ArcCosine {

  private static final double[] SERIES = series(24);

  private ArcCosine() {}

  private static double[] series(int terms) {
    double[] series = new double[terms];
    double binomial = 1;
    for (int n = 0; n < terms; n++) {
      series[n] = binomial / (2 * n + 1);
      binomial *= (2 * n + 1.0) / (2 * n + 2);
    }
    return series;
  }

  /**
   * Fills {@code angles} (rad) from the first {@code length} of {@code cosines}; NaN for NaN and
   * outside [-1, 1].
   *
   * @param q a working array
   */
  static void fill(double[] angles, double[] cosines, double[] q, int length) {
    for (int i = 0; i < length; i++) {
      q[i] = (1 - Math.abs(cosines[i])) * 0.5;
    }
    Arrays.fill(angles, 0, length, SERIES[SERIES.length - 1]);
    for (int n = SERIES.length - 2; n >= 0; n--) {
      double coefficient = SERIES[n];
      for (int i = 0; i < length; i++) {
        angles[i] = angles[i] * q[i] + coefficient;
      }
    }
    for (int i = 0; i < length; i++) {
      angles[i] *= 2 * Math.sqrt(q[i]);
    }
    for (int i = 0; i < length; i++) {
      if (cosines[i] < 0) {
        angles[i] = Math.PI - angles[i];
      }
    }
  }
}

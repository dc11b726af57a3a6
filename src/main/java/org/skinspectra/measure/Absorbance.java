package org.skinspectra.measure;

import org.apache.commons.math3.util.FastMath;

/** Apparent absorbance, A = log10(1/R). */
final class Absorbance {

  private Absorbance() {}

  /** Of one reflectance factor; NaN where it is not a positive number. */
  static double of(double reflectance) {
    return reflectance > 0 && reflectance < Double.POSITIVE_INFINITY
        ? -FastMath.log10(reflectance)
        : Double.NaN;
  }

  /** Mean over some bands of a reflectance spectrum; NaN where one of them has none. */
  static double mean(double[] reflectance, int[] bands) {
    double sum = 0;
    for (int band : bands) {
      sum += of(reflectance[band]);
    }
    return sum / bands.length;
  }
}

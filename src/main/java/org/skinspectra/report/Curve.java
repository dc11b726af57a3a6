package org.skinspectra.report;

import org.skinspectra.spectra.Wavelengths;

/**
 * One mean spectrum of a figure.
 *
 * @param label its name in the legend
 * @param mean one value per wavelength; NaN leaves a gap
 * @param sd standard deviation, one per wavelength; empty for a curve without a band
 */
public record Curve(String label, Wavelengths wavelengths, double[] mean, double[] sd) {

  /**
   * @throws IllegalArgumentException if a length does not match the wavelengths, or a standard
   *     deviation is negative
   */
  public Curve {
    if (mean.length != wavelengths.size() || sd.length != 0 && sd.length != mean.length) {
      throw new IllegalArgumentException(
          "Curve '"
              + label
              + "' has "
              + mean.length
              + " means and "
              + sd.length
              + " standard deviations for "
              + wavelengths.size()
              + " wavelengths.");
    }
    for (double value : sd) {
      if (value < 0) {
        throw new IllegalArgumentException(
            "Curve '" + label + "' has the standard deviation " + value + ".");
      }
    }
  }

  /** A curve without a band. */
  public static Curve of(String label, Wavelengths wavelengths, double[] mean) {
    return new Curve(label, wavelengths, mean, new double[0]);
  }

  boolean hasBand() {
    return sd.length > 0;
  }

  /** Mean plus {@code sds} standard deviations at one wavelength. */
  double at(int index, int sds) {
    return hasBand() ? mean[index] + sds * sd[index] : mean[index];
  }
}

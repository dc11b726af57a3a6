package org.skinspectra.measure;

import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Masks;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/**
 * The spectrum of a region of interest: mean, spread and number of values of each band. Values that
 * are not finite are left out of their band.
 *
 * @param name of the region
 * @param wavelengths of the bands
 * @param mean of each band (reflectance); NaN where {@code n} is 0
 * @param sd sample standard deviation (divisor n - 1) of each band (reflectance), the spread over
 *     pixels; NaN where {@code n} is below 2
 * @param n number of values of each band
 */
public record RoiSpectrum(
    String name, Wavelengths wavelengths, double[] mean, double[] sd, int[] n) {

  /**
   * The spectrum of the pixels whose mask weight is above one half.
   *
   * @throws SkinSpectraException if the mask has another size than the cube or holds no pixel
   */
  public static RoiSpectrum measure(String name, SpectralCube cube, Mask roi) {
    Masks.requireSize(roi, cube.width(), cube.height());
    if (roi.count() == 0) {
      throw new SkinSpectraException(
          "The region '" + name + "' holds no pixel of the image; draw it on the image.");
    }
    int bands = cube.bands();
    double[] mean = new double[bands];
    double[] sd = new double[bands];
    int[] n = new int[bands];
    for (int band = 0; band < bands; band++) {
      float[] plane = cube.plane(band);
      double sum = 0;
      for (int i = 0; i < plane.length; i++) {
        if (roi.contains(i) && Float.isFinite(plane[i])) {
          sum += plane[i];
          n[band]++;
        }
      }
      mean[band] = sum / n[band];
      sd[band] = standardDeviation(plane, roi, mean[band], n[band]);
    }
    return new RoiSpectrum(name, cube.wavelengths(), mean, sd, n);
  }

  /** From the deviations, since the difference of sums of squares loses a small spread. */
  private static double standardDeviation(float[] plane, Mask roi, double mean, int n) {
    if (n < 2) {
      return Double.NaN;
    }
    double squares = 0;
    for (int i = 0; i < plane.length; i++) {
      if (roi.contains(i) && Float.isFinite(plane[i])) {
        squares += (plane[i] - mean) * (plane[i] - mean);
      }
    }
    return Math.sqrt(squares / (n - 1));
  }

  /** A copy of the mean of each band. */
  @Override
  public double[] mean() {
    return mean.clone();
  }

  /** A copy of the standard deviation of each band. */
  @Override
  public double[] sd() {
    return sd.clone();
  }

  /** A copy of the number of values of each band. */
  @Override
  public int[] n() {
    return n.clone();
  }
}

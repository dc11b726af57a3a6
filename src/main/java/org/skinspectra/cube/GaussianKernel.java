package org.skinspectra.cube;

import org.skinspectra.SkinSpectraException;

/** Weights of the discrete Gaussian, for blurs of planes along x and along y. */
public final class GaussianKernel {

  private static final double MAX_SIGMA = 1e5;

  private GaussianKernel() {}

  /**
   * Half of the discrete Gaussian of variance sigma² (Lindeberg 1990), which unlike a sampled one
   * has that variance for any sigma: I_n(sigma²) of the modified Bessel functions, whose ratios
   * follow from I_(n-1) = I_(n+1) + 2n/sigma² · I_n, downwards (Miller).
   *
   * @param sigma standard deviation in pixels, above 0 to 100,000
   * @return weights from the middle on; the kernel of both halves has the sum 1
   * @throws SkinSpectraException if sigma is out of its range
   */
  public static double[] half(double sigma) {
    if (!(sigma > 0 && sigma <= MAX_SIGMA)) {
      throw new SkinSpectraException(
          "A blur has a standard deviation above 0 up to %s pixels, not %s."
              .formatted(MAX_SIGMA, sigma));
    }
    double variance = sigma * sigma;
    int radius = (int) Math.ceil(4 * sigma) + 2;
    double[] kernel = new double[radius + 1];
    double ratio = 0;
    for (int n = radius + 30; n > 0; n--) {
      ratio = 1 / (2 * n / variance + ratio);
      if (n <= radius) {
        kernel[n] = ratio;
      }
    }
    kernel[0] = 1;
    double sum = 1;
    for (int n = 1; n <= radius; n++) {
      kernel[n] *= kernel[n - 1];
      sum += 2 * kernel[n];
    }
    for (int n = 0; n <= radius; n++) {
      kernel[n] /= sum;
    }
    return kernel;
  }
}

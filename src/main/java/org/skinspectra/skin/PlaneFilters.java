package org.skinspectra.skin;

/** Blur and shift of one plane {@code [y][x]}; beyond its edges a plane goes on as mirrored. */
final class PlaneFilters {

  private PlaneFilters() {}

  /**
   * Convolves with the discrete Gaussian of variance sigma² (Lindeberg 1990), which unlike a
   * sampled one has that variance for any sigma. Returns the plane itself if sigma is 0.
   */
  static float[] blurred(float[] plane, int width, int height, double sigma) {
    if (!(sigma > 0)) {
      return plane;
    }
    double[] kernel = gaussian(sigma);
    float[] rows = new float[plane.length];
    convolve(plane, rows, kernel, width, height, 1, width);
    float[] result = new float[plane.length];
    convolve(rows, result, kernel, height, width, width, 1);
    return result;
  }

  /**
   * Moves the content by (dx, dy) pixels, linear between pixels. Returns the plane itself if both
   * are 0.
   */
  static float[] shifted(float[] plane, int width, int height, double dx, double dy) {
    if (dx == 0 && dy == 0) {
      return plane;
    }
    float[] result = new float[plane.length];
    int left = (int) Math.floor(-dx);
    int up = (int) Math.floor(-dy);
    double u = -dx - left;
    double v = -dy - up;
    for (int y = 0; y < height; y++) {
      int top = mirrored(y + up, height) * width;
      int bottom = mirrored(y + up + 1, height) * width;
      for (int x = 0; x < width; x++) {
        int x0 = mirrored(x + left, width);
        int x1 = mirrored(x + left + 1, width);
        double above = plane[top + x0] * (1 - u) + plane[top + x1] * u;
        double below = plane[bottom + x0] * (1 - u) + plane[bottom + x1] * u;
        result[y * width + x] = (float) (above * (1 - v) + below * v);
      }
    }
    return result;
  }

  /**
   * Half of the kernel, from its middle: I_n(sigma²) of the modified Bessel functions, of sum 1
   * over both halves. Their ratios follow from I_(n-1) = I_(n+1) + 2n/sigma² · I_n, downwards
   * (Miller).
   */
  static double[] gaussian(double sigma) {
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

  /** Convolves lines of {@code length} values that are {@code step} apart. */
  private static void convolve(
      float[] from, float[] to, double[] kernel, int length, int lines, int step, int stride) {
    int radius = kernel.length - 1;
    double[] padded = new double[length + 2 * radius];
    for (int line = 0; line < lines; line++) {
      int start = line * stride;
      for (int i = 0; i < padded.length; i++) {
        padded[i] = from[start + mirrored(i - radius, length) * step];
      }
      for (int i = 0; i < length; i++) {
        int middle = i + radius;
        double sum = kernel[0] * padded[middle];
        for (int n = 1; n <= radius; n++) {
          sum += kernel[n] * (padded[middle - n] + padded[middle + n]);
        }
        to[start + i * step] = (float) sum;
      }
    }
  }

  /** The edge pixel is repeated once: … 1 0 | 0 1 2 … */
  private static int mirrored(int i, int length) {
    if (i >= 0 && i < length) {
      return i;
    }
    int folded = Math.floorMod(i, 2 * length);
    return folded < length ? folded : 2 * length - 1 - folded;
  }
}

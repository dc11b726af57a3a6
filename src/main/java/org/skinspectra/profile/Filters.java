package org.skinspectra.profile;

import java.util.Arrays;
import org.apache.commons.math3.util.FastMath;

/** Separable filters of planes {@code [y][x]}; beyond its edge a plane repeats its edge pixels. */
final class Filters {

  private Filters() {}

  /**
   * A Gaussian, sampled, of sum 1; from its middle. Not the discrete one of the skin's simulation
   * (Lindeberg 1990): with that, edges of noisy small images are found worse. Of 108 pairs of
   * 128x128 pixels at 40 dB the worst was off by 0.31 pixels in place of 0.25.
   */
  static double[] gaussian(double sigma) {
    double[] half = new double[(int) Math.ceil(3.5 * sigma) + 1];
    Arrays.setAll(half, i -> FastMath.exp(-i * i / (2 * sigma * sigma)));
    double sum = 2 * Arrays.stream(half).sum() - half[0];
    return Arrays.stream(half).map(weight -> weight / sum).toArray();
  }

  /**
   * The derivative of a Gaussian, from its middle; weighs the pixel at +i, and that at -i by the
   * opposite. Of slope 1 on a ramp of slope 1.
   */
  static double[] gaussianSlope(double sigma) {
    double[] half = gaussian(sigma);
    double slope = 0;
    for (int i = 0; i < half.length; i++) {
      half[i] *= i;
      slope += 2 * half[i] * i;
    }
    double total = slope;
    return Arrays.stream(half).map(weight -> weight / total).toArray();
  }

  /** Σ weights² of a kernel given from its middle. */
  static double energy(double[] half) {
    return 2 * Arrays.stream(half).map(weight -> weight * weight).sum() - half[0] * half[0];
  }

  /** Convolves along x, with an even kernel given from its middle. */
  static float[] alongX(float[] plane, int width, int height, double[] half) {
    return alongX(plane, width, height, half, 1);
  }

  /** The slope along x, by an odd kernel given from its middle. */
  static float[] slopeAlongX(float[] plane, int width, int height, double[] half) {
    return alongX(plane, width, height, half, -1);
  }

  private static float[] alongX(float[] plane, int width, int height, double[] half, int sign) {
    int radius = half.length - 1;
    float[] result = new float[plane.length];
    Rows.forEach(
        height,
        y -> {
          double[] line = new double[width + 2 * radius];
          for (int i = 0; i < line.length; i++) {
            line[i] = plane[y * width + inside(i - radius, width)];
          }
          for (int x = 0; x < width; x++) {
            double sum = half[0] * line[x + radius];
            for (int k = 1; k <= radius; k++) {
              sum += half[k] * (line[x + radius + k] + sign * line[x + radius - k]);
            }
            result[y * width + x] = (float) sum;
          }
        });
    return result;
  }

  /** Convolves along y, with an even kernel given from its middle. */
  static float[] alongY(float[] plane, int width, int height, double[] half) {
    return alongY(plane, width, height, half, 1);
  }

  /** The slope along y, by an odd kernel given from its middle. */
  static float[] slopeAlongY(float[] plane, int width, int height, double[] half) {
    return alongY(plane, width, height, half, -1);
  }

  private static float[] alongY(float[] plane, int width, int height, double[] half, int sign) {
    int radius = half.length - 1;
    float[] result = new float[plane.length];
    Rows.forEach(
        height,
        y -> {
          double[] line = new double[width];
          for (int x = 0; x < width; x++) {
            line[x] = half[0] * plane[y * width + x];
          }
          for (int k = 1; k <= radius; k++) {
            int below = inside(y + k, height) * width;
            int above = inside(y - k, height) * width;
            double weight = half[k];
            for (int x = 0; x < width; x++) {
              line[x] += weight * (plane[below + x] + sign * plane[above + x]);
            }
          }
          for (int x = 0; x < width; x++) {
            result[y * width + x] = (float) line[x];
          }
        });
    return result;
  }

  /** Mean over squares of 2·{@code radius} + 1 pixels a side. */
  static float[] boxMean(float[] plane, int width, int height, int radius) {
    double[] half = new double[radius + 1];
    Arrays.fill(half, 1.0 / (2 * radius + 1));
    return alongY(alongX(plane, width, height, half), width, height, half);
  }

  /**
   * Every second pixel of every second line, after the binomial filter 1 4 6 4 1 (Burt &amp;
   * Adelson 1983).
   */
  static float[] halved(float[] plane, int width, int height) {
    double[] half = {6 / 16.0, 4 / 16.0, 1 / 16.0};
    float[] smooth = alongY(alongX(plane, width, height, half), width, height, half);
    int columns = halved(width);
    float[] result = new float[columns * halved(height)];
    for (int i = 0; i < result.length; i++) {
      result[i] = smooth[2 * (i / columns) * width + 2 * (i % columns)];
    }
    return result;
  }

  /** Length of a line of which every second pixel is left. */
  static int halved(int length) {
    return (length + 1) / 2;
  }

  private static int inside(int i, int length) {
    return Math.max(0, Math.min(i, length - 1));
  }
}

package org.skinspectra.profile;

import java.util.Arrays;

/**
 * One plane of an image {@code [y][x]}.
 *
 * @param noise standard deviation of its noise, in its unit
 */
record Plane(int width, int height, float[] values, double noise) {

  /** What the binomial filter of a pyramid leaves of the deviation of white noise: 70/256. */
  private static final double NOISE_HALVED = 70 / 256.0;

  /** A plane with the noise that it shows. */
  static Plane of(int width, int height, float[] values) {
    return new Plane(width, height, values, noise(width, height, values));
  }

  int shorterSide() {
    return Math.min(width, height);
  }

  /** The plane with pixels twice as large. */
  Plane halved() {
    return new Plane(
        Filters.halved(width),
        Filters.halved(height),
        Filters.halved(values, width, height),
        noise * NOISE_HALVED);
  }

  EdgeField edges() {
    return EdgeField.of(values, width, height, noise);
  }

  /** The plane as it lies in another image. */
  Plane warped(Homography homography, int toWidth, int toHeight) {
    Warp warp = new Warp(homography, width, height, toWidth, toHeight);
    return new Plane(toWidth, toHeight, warp.apply(values), noise);
  }

  /**
   * From the second difference along both axes, which smooth surfaces do not have (Immerkær 1996),
   * by its median, which edges do not change much.
   */
  private static double noise(int width, int height, float[] values) {
    if (width < 3 || height < 3) {
      return 0;
    }
    double[] differences = new double[(width - 2) * (height - 2)];
    Rows.forEach(
        height - 2,
        row -> {
          for (int column = 0; column < width - 2; column++) {
            int i = (row + 1) * width + column + 1;
            double middle = twice(values, i, width);
            double sides = twice(values, i - 1, width) + twice(values, i + 1, width);
            differences[row * (width - 2) + column] = Math.abs(2 * middle - sides);
          }
        });
    Arrays.sort(differences);
    // 0.6745 is the median of |x| of a normal deviate, 6 the root of the sum of squared weights.
    return differences[differences.length / 2] / (0.6745 * 6);
  }

  private static double twice(float[] values, int i, int width) {
    return 2.0 * values[i] - values[i - width] - values[i + width];
  }
}

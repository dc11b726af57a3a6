package org.skinspectra.profile;

import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * A plane covered with discs that are bright or dark, otherwise in each of two channels, drawn
 * exactly through any homography.
 */
final class TwoViews {

  private static final double SOFT = 0.8;

  private final int discs;
  private final double[] x;
  private final double[] y;
  private final double[] radius;
  private final double[][] contrast;

  /**
   * @param side of the image; the discs lie up to 0.3 of it beyond its edges
   */
  TwoViews(long seed, int discs, double side) {
    this.discs = discs;
    RandomGenerator random = new Well19937c(seed);
    x = new double[discs];
    y = new double[discs];
    radius = new double[discs];
    contrast = new double[2][discs];
    for (int i = 0; i < discs; i++) {
      x[i] = side * (1.6 * random.nextDouble() - 0.3);
      y[i] = side * (1.6 * random.nextDouble() - 0.3);
      radius[i] = 3 + 0.08 * side * random.nextDouble();
      contrast[0][i] = 0.3 * (random.nextDouble() - 0.5);
      contrast[1][i] = 0.3 * (random.nextDouble() - 0.5);
    }
  }

  /**
   * One channel.
   *
   * @param toImage from the plane to pixels
   */
  float[] draw(int channel, Homography toImage, int width, int height, double noise, long seed) {
    Homography back = toImage.inverse();
    RandomGenerator random = new Well19937c(seed);
    float[] plane = new float[width * height];
    for (int i = 0; i < plane.length; i++) {
      double[] at = back.apply(i % width, i / width);
      double value = 0.5;
      for (int k = 0; k < discs; k++) {
        double dx = at[0] - x[k];
        double dy = at[1] - y[k];
        double inside = radius[k] - Math.sqrt(dx * dx + dy * dy);
        if (inside > -4 * SOFT) {
          value += contrast[channel][k] / (1 + Math.exp(-inside / (0.5 * SOFT)));
        }
      }
      plane[i] = (float) (value + noise * random.nextGaussian());
    }
    return plane;
  }

  /** A plane without anything but noise. */
  static float[] flat(int width, int height, double value, double noise, long seed) {
    RandomGenerator random = new Well19937c(seed);
    float[] plane = new float[width * height];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = (float) (value + noise * random.nextGaussian());
    }
    return plane;
  }
}

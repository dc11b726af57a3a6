package org.skinspectra.profile;

import java.util.Arrays;

/**
 * Where a plane has edges and which way they run, in a form that two planes of different contrast
 * share: the gradient g as a complex number with its angle doubled, |g|·exp(2i·arg g), so that dark
 * on bright is the same as bright on dark (Bigün &amp; Granlund 1987), divided by its local root
 * mean square, so that a faint edge counts as a strong one does, and faded to 0 where the plane has
 * nothing but noise.
 *
 * <p>Shape {@code [y][x]}; 0 with {@code valid} false at the border and near NaN.
 */
record EdgeField(int width, int height, float[] re, float[] im, boolean[] valid) {

  /** Scale of the gradient (pixels). */
  private static final double SIGMA = 1;

  /** Half of a side of the window of the local root mean square (pixels); two boxes in a row. */
  private static final int WINDOW = 6;

  private static final double[] SMOOTH = Filters.gaussian(SIGMA);
  private static final double[] SLOPE = Filters.gaussianSlope(SIGMA);

  /** Pixels next to the border or to a NaN that have no gradient of their own. */
  private static final int REACH = SMOOTH.length - 1;

  /** How much stronger than noise an edge must be. */
  private static final double ABOVE_NOISE = 1.5;

  /** Mean |g|² of white noise of standard deviation 1. */
  private static final double NOISE_GAIN = 2 * Filters.energy(SMOOTH) * 2 * halfEnergy(SLOPE);

  private static double halfEnergy(double[] odd) {
    return Arrays.stream(odd).map(weight -> weight * weight).sum();
  }

  /**
   * The edges of a plane.
   *
   * @param noise standard deviation of the plane's noise, in its unit
   */
  static EdgeField of(float[] plane, int width, int height, double noise) {
    boolean[] valid = farFromNaN(plane, width, height);
    float[] filled = plane.clone();
    for (int i = 0; i < filled.length; i++) {
      if (Float.isNaN(filled[i])) {
        filled[i] = 0;
      }
    }
    float[] smoothY = Filters.alongY(filled, width, height, SMOOTH);
    float[] gx = Filters.slopeAlongX(smoothY, width, height, SLOPE);
    float[] smoothX = Filters.alongX(filled, width, height, SMOOTH);
    float[] gy = Filters.slopeAlongY(smoothX, width, height, SLOPE);
    float[] energy = new float[plane.length];
    float[] weight = new float[plane.length];
    for (int i = 0; i < plane.length; i++) {
      if (valid[i]) {
        energy[i] = gx[i] * gx[i] + gy[i] * gy[i];
        weight[i] = 1;
      }
    }
    float[] local = window(energy, width, height);
    float[] share = window(weight, width, height);
    double floor = Math.max(ABOVE_NOISE * NOISE_GAIN * noise * noise, Float.MIN_NORMAL);
    for (int i = 0; i < plane.length; i++) {
      double g2 = energy[i];
      double mean = valid[i] ? local[i] / share[i] : 0;
      if (g2 > 0 && mean > floor) {
        // (gx + i·gy)² / |g|, over the local root mean square.
        double factor = (1 - floor / mean) / Math.sqrt(g2 * mean);
        float re = (float) (factor * (gx[i] * gx[i] - gy[i] * gy[i]));
        gy[i] = (float) (factor * 2 * gx[i] * gy[i]);
        gx[i] = re;
      } else {
        gx[i] = 0;
        gy[i] = 0;
      }
    }
    return new EdgeField(width, height, gx, gy, valid);
  }

  private static float[] window(float[] plane, int width, int height) {
    float[] once = Filters.boxMean(plane, width, height, WINDOW);
    return Filters.boxMean(once, width, height, WINDOW);
  }

  private static boolean[] farFromNaN(float[] plane, int width, int height) {
    boolean[] rows = new boolean[plane.length];
    Rows.forEach(
        height,
        y -> {
          int run = 0;
          for (int x = 0; x < width; x++) {
            run = Float.isNaN(plane[y * width + x]) ? 0 : run + 1;
            if (run > 2 * REACH) {
              rows[y * width + x - REACH] = true;
            }
          }
        });
    boolean[] valid = new boolean[plane.length];
    int[] runs = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        runs[x] = rows[y * width + x] ? runs[x] + 1 : 0;
        if (runs[x] > 2 * REACH) {
          valid[(y - REACH) * width + x] = true;
        }
      }
    }
    return valid;
  }

  /** Number of pixels with an edge above the noise. */
  int edgePixels() {
    int count = 0;
    for (int i = 0; i < re.length; i++) {
      if (re[i] != 0 || im[i] != 0) {
        count++;
      }
    }
    return count;
  }

  /**
   * Correlation with another field whose pixel (x + dx, y + dy) lies on this one's (x, y), over the
   * pixels that are valid in both; 0 if those are fewer than {@code leastShare} of all.
   *
   * @return at most 1, where the edges are the same
   */
  double correlation(EdgeField other, int dx, int dy, double leastShare) {
    double product = 0;
    double here = 0;
    double there = 0;
    int count = 0;
    int left = Math.max(0, -dx);
    int right = Math.min(width, other.width - dx);
    for (int y = Math.max(0, -dy); y < Math.min(height, other.height - dy); y++) {
      for (int x = left; x < right; x++) {
        int i = y * width + x;
        int j = (y + dy) * other.width + x + dx;
        if (valid[i] && other.valid[j]) {
          count++;
          product += re[i] * other.re[j] + im[i] * other.im[j];
          here += re[i] * re[i] + im[i] * im[i];
          there += other.re[j] * other.re[j] + other.im[j] * other.im[j];
        }
      }
    }
    boolean told = count >= leastShare * width * height && here > 0 && there > 0;
    return told ? product / Math.sqrt(here * there) : 0;
  }
}

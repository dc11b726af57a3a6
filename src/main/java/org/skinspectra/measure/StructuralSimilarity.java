package org.skinspectra.measure;

import java.util.Arrays;
import org.skinspectra.cube.Mask;

/**
 * Structural similarity of two planes (Wang et al., IEEE Transactions on Image Processing 13:600,
 * 2004): 11x11 Gaussian window of sigma 1.5, K1 = 0.01, K2 = 0.03, data range 1, population
 * covariance. Only windows that lie wholly inside the mask count, so that no value from outside it
 * has a say; without a mask those are the windows that lie wholly inside the image.
 */
final class StructuralSimilarity {

  private static final int RADIUS = 5;
  private static final double SIGMA = 1.5;
  private static final double C1 = 0.01 * 0.01;
  private static final double C2 = 0.03 * 0.03;
  private static final double[] WINDOW = window();

  /** The windowed sums of p, t, p² + t² and p·t. */
  private static final int MOMENTS = 4;

  private final int width;
  private final int height;
  private final boolean[] whole;
  private final int windows;

  StructuralSimilarity(Mask mask) {
    width = mask.width();
    height = mask.height();
    whole = wholeWindows(mask);
    int count = 0;
    for (boolean counts : whole) {
      count += counts ? 1 : 0;
    }
    windows = count;
  }

  private static double[] window() {
    double[] window = new double[2 * RADIUS + 1];
    Arrays.setAll(window, i -> Math.exp(-(i - RADIUS) * (i - RADIUS) / (2 * SIGMA * SIGMA)));
    double sum = Arrays.stream(window).sum();
    return Arrays.stream(window).map(weight -> weight / sum).toArray();
  }

  /** Marks the centres of the windows that hold only counted pixels. */
  private static boolean[] wholeWindows(Mask mask) {
    int width = mask.width();
    int height = mask.height();
    int size = WINDOW.length;
    int[] rowsAbove = new int[width];
    boolean[] whole = new boolean[width * height];
    for (int y = 0; y < height; y++) {
      int columnsBefore = 0;
      for (int x = 0; x < width; x++) {
        rowsAbove[x] = mask.contains(y * width + x) ? rowsAbove[x] + 1 : 0;
        columnsBefore = rowsAbove[x] >= size ? columnsBefore + 1 : 0;
        if (columnsBefore >= size) {
          whole[(y - RADIUS) * width + x - RADIUS] = true;
        }
      }
    }
    return whole;
  }

  /** Number of windows that count. */
  int windows() {
    return windows;
  }

  /** The mean over the windows that count; NaN if there are none. */
  double of(float[] p, float[] t) {
    double[][] rows = new double[MOMENTS][width];
    double sum = 0;
    for (int y = RADIUS; y < height - RADIUS; y++) {
      int first = firstWindow(y);
      int last = lastWindow(y);
      if (first <= last) {
        filterColumns(p, t, y, first - RADIUS, last + RADIUS, rows);
        sum += sumOfRow(rows, y, first, last);
      }
    }
    return sum / windows;
  }

  private int firstWindow(int y) {
    int x = 0;
    while (x < width && !whole[y * width + x]) {
      x++;
    }
    return x;
  }

  private int lastWindow(int y) {
    int x = width - 1;
    while (x >= 0 && !whole[y * width + x]) {
      x--;
    }
    return x;
  }

  private void filterColumns(float[] p, float[] t, int y, int from, int to, double[][] rows) {
    for (double[] row : rows) {
      Arrays.fill(row, from, to + 1, 0);
    }
    for (int k = 0; k < WINDOW.length; k++) {
      int start = (y + k - RADIUS) * width;
      double weight = WINDOW[k];
      for (int x = from; x <= to; x++) {
        double a = p[start + x];
        double b = t[start + x];
        rows[0][x] += weight * a;
        rows[1][x] += weight * b;
        rows[2][x] += weight * (a * a + b * b);
        rows[3][x] += weight * a * b;
      }
    }
  }

  private double sumOfRow(double[][] rows, int y, int first, int last) {
    double sum = 0;
    for (int x = first; x <= last; x++) {
      if (whole[y * width + x]) {
        double meanP = filterRow(rows[0], x);
        double meanT = filterRow(rows[1], x);
        double squares = meanP * meanP + meanT * meanT;
        double variances = filterRow(rows[2], x) - squares;
        double covariance = filterRow(rows[3], x) - meanP * meanT;
        sum +=
            (2 * meanP * meanT + C1) * (2 * covariance + C2) / ((squares + C1) * (variances + C2));
      }
    }
    return sum;
  }

  private static double filterRow(double[] row, int x) {
    double sum = 0;
    for (int k = 0; k < WINDOW.length; k++) {
      sum += WINDOW[k] * row[x + k - RADIUS];
    }
    return sum;
  }
}

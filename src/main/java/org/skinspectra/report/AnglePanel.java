package org.skinspectra.report;

import java.util.Arrays;

/**
 * Spectral angles of a picture, for a figure.
 *
 * @param radians {@code [y][x]}; NaN where there is none, such as outside the mask
 * @param title what the angles are, with the name of their definition
 * @param highest angle of the brightest colour (rad); greater angles look the same
 */
public record AnglePanel(float[] radians, String title, double highest) {

  /**
   * @throws IllegalArgumentException if {@code highest} is not positive
   */
  public AnglePanel {
    if (!(highest > 0 && highest < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("An angle map cannot end at " + highest + " rad.");
    }
  }

  /** A map whose range ends at a round number near the 99th percentile of the angles. */
  public static AnglePanel of(float[] radians, String title) {
    double[] finite = finite(radians);
    Arrays.sort(finite);
    double high = finite.length == 0 ? 0 : finite[(int) (0.99 * (finite.length - 1))];
    return new AnglePanel(radians, title, Ticks.enclosing(0, high > 0 ? high : 0.1, 6).last());
  }

  boolean isClipped() {
    return Arrays.stream(finite(radians)).anyMatch(angle -> angle > highest);
  }

  boolean hasGaps() {
    return finite(radians).length < radians.length;
  }

  private static double[] finite(float[] radians) {
    double[] finite = new double[radians.length];
    int n = 0;
    for (float angle : radians) {
      if (Float.isFinite(angle)) {
        finite[n++] = angle;
      }
    }
    return Arrays.copyOf(finite, n);
  }
}

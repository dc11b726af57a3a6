package org.skinspectra.cube;

import java.util.Arrays;

/**
 * The values shown as black and as white. Black is 0 unless there are negative values; white is the
 * 99.5th percentile, so that a few highlights or damaged pixels do not darken the picture.
 */
public record DisplayRange(double min, double max) {

  private static final int SAMPLES = 100_000;
  private static final double TAIL = 0.005;

  /** Range for the finite values of all planes together, from an even sample of them. */
  public static DisplayRange of(float[]... planes) {
    long total = Arrays.stream(planes).mapToLong(plane -> plane.length).sum();
    int step = (int) Math.max(1, total / SAMPLES);
    float[] values = new float[(int) (total / step) + planes.length];
    int count = 0;
    for (float[] plane : planes) {
      for (int i = 0; i < plane.length; i += step) {
        if (Float.isFinite(plane[i])) {
          values[count++] = plane[i];
        }
      }
    }
    Arrays.sort(values, 0, count);
    if (count == 0) {
      return new DisplayRange(0, 1);
    }
    double low = Math.min(0, values[(int) (TAIL * (count - 1))]);
    double high = values[(int) Math.ceil((1 - TAIL) * (count - 1))];
    return high > low ? new DisplayRange(low, high) : new DisplayRange(low, low + 1);
  }
}

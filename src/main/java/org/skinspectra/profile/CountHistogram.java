package org.skinspectra.profile;

/**
 * How often each digital number occurs, or each of 65,536 equal intervals between the least and the
 * greatest of floating point numbers. Immutable.
 */
public final class CountHistogram {

  private static final int INTERVALS = 1 << 16;

  private final double start;
  private final double step;
  private final int[] counts;
  private final long total;

  private CountHistogram(double start, double step, int[] counts) {
    this.start = start;
    this.step = step;
    this.counts = counts;
    long sum = 0;
    for (int count : counts) {
      sum += count;
    }
    total = sum;
  }

  /**
   * @param values of which some count; those that are not finite do not
   * @param n number of values that count, at the front
   * @param bits of whole numbers from 0; 0 for floating point
   */
  static CountHistogram of(float[] values, int n, int bits) {
    double start = 0;
    double step = 1;
    int[] counts = new int[bits == 0 ? INTERVALS : 1 << bits];
    if (bits == 0) {
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < n; i++) {
        if (Float.isFinite(values[i])) {
          min = Math.min(min, values[i]);
          max = Math.max(max, values[i]);
        }
      }
      start = min <= max ? min : 0;
      step = max > min ? (max - min) / (INTERVALS - 1) : 1;
    }
    for (int i = 0; i < n; i++) {
      if (Float.isFinite(values[i])) {
        // A camera may deliver more than the bits that it claims.
        int interval = (int) Math.rint((values[i] - start) / step);
        counts[Math.min(counts.length - 1, interval)]++;
      }
    }
    return new CountHistogram(start, step, counts);
  }

  /** Number of values. */
  public long total() {
    return total;
  }

  /**
   * The least number that at least a share of the values do not exceed; NaN without any value.
   *
   * @param share 0 to 1; one half gives the median
   * @throws IllegalArgumentException if it is outside
   */
  public double quantile(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("A share of " + share + " is not within 0 to 1.");
    }
    long below = 0;
    for (int i = 0; i < counts.length; i++) {
      below += counts[i];
      if (below > 0 && below >= share * total) {
        return start + i * step;
      }
    }
    return Double.NaN;
  }

  /**
   * Counts in fewer intervals of equal width, from 0 to full scale or from the least to the
   * greatest number, for a picture of the histogram.
   *
   * @throws IllegalArgumentException if there is not at least one interval
   */
  public long[] counts(int intervals) {
    if (intervals < 1) {
      throw new IllegalArgumentException(
          "A histogram has at least one interval, not " + intervals + ".");
    }
    long[] sums = new long[intervals];
    for (int i = 0; i < counts.length; i++) {
      sums[(int) ((long) i * intervals / counts.length)] += counts[i];
    }
    return sums;
  }
}

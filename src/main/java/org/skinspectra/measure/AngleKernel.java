package org.skinspectra.measure;

/**
 * Computes the angles of a block of neighbouring pixels, walking through the bands inside the
 * block: planes are separate arrays, and in this order each is read once while the running sums
 * stay in the cache. Blocks do not overlap, so threads share one kernel.
 */
abstract class AngleKernel {

  /**
   * Angles are finished in pieces of this many pixels, whose working arrays fit the first cache.
   */
  private static final int PIECE = 512;

  private final float[] radians;

  /**
   * @param radians where the angles go {@code [y][x]}
   */
  AngleKernel(float[] radians) {
    this.radians = radians;
  }

  /** Whether the mask counts this pixel. */
  abstract boolean counts(int pixel);

  /** Sums over the bands of the pixels from {@code from} to {@code to}. */
  abstract void sumOverBands(int from, int to);

  /**
   * The cosine from the sums of this pixel; NaN if a sum overflowed or is not a number, or if a
   * spectrum is zero.
   */
  abstract double cosine(int pixel);

  /** Whether the sums of this pixel are numbers. */
  abstract boolean isMeasurable(int pixel);

  /** Whether the sums say that a spectrum is zero. */
  abstract boolean isZero(int pixel);

  /** Fills the angles of a block, NaN where a pixel has none, and counts why in the result. */
  final AngleTally measure(int from, int to) {
    if (countsAny(from, to)) {
      sumOverBands(from, to);
    }
    AngleTally tally = new AngleTally();
    double[] cosines = new double[PIECE];
    double[] angles = new double[PIECE];
    double[] work = new double[PIECE];
    for (int start = from; start < to; start += PIECE) {
      int length = Math.min(PIECE, to - start);
      for (int i = 0; i < length; i++) {
        cosines[i] = counts(start + i) ? cosine(start + i) : Double.NaN;
      }
      ArcCosine.fill(angles, cosines, work, length);
      for (int i = 0; i < length; i++) {
        if (Double.isNaN(angles[i])) {
          countReason(start + i, tally);
        }
        radians[start + i] = (float) angles[i];
      }
    }
    return tally;
  }

  private boolean countsAny(int from, int to) {
    for (int pixel = from; pixel < to; pixel++) {
      if (counts(pixel)) {
        return true;
      }
    }
    return false;
  }

  private void countReason(int pixel, AngleTally tally) {
    if (!counts(pixel)) {
      tally.outsideMask++;
    } else if (!isMeasurable(pixel)) {
      tally.addNotMeasurable(pixel);
    } else if (isZero(pixel)) {
      tally.zeroSpectra++;
    } else {
      tally.cosineOutOfRange++;
    }
  }
}

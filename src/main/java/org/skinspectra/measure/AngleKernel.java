package org.skinspectra.measure;

/**
 * Computes the angles of neighbouring pixels block by block, walking through the bands inside the
 * block: planes are separate arrays, and in this order each is read once while the running sums
 * stay in the cache. Threads share one kernel, each with its own range of pixels.
 */
abstract class AngleKernel {

  /** Long enough to read planes in runs, short enough for the cache. */
  private static final int BLOCK = 4096;

  private final CubePair pair;
  private final float[] radians;

  /**
   * @param radians where the angles go {@code [y][x]}
   */
  AngleKernel(CubePair pair, float[] radians) {
    this.pair = pair;
    this.radians = radians;
  }

  /** Whether the mask counts this pixel. */
  abstract boolean counts(int pixel);

  /**
   * Computes the cosines of the {@code length} pixels from {@code from}: NaN if a spectrum is zero,
   * is not finite or overflows, anything if the pixel does not count.
   *
   * @param work three working arrays, of which the first takes the cosines
   */
  abstract void cosines(int from, int length, double[][] work);

  /** Fills the angles from {@code start} to {@code end}, NaN where a pixel has none. */
  final AngleTally measure(int start, int end) {
    AngleTally tally = new AngleTally();
    double[][] work = new double[3][BLOCK];
    for (int from = start; from < end; from += BLOCK) {
      int length = Math.min(BLOCK, end - from);
      if (countsAny(from, length)) {
        cosines(from, length, work);
        ArcCosine.fill(work[1], work[0], work[2], length);
      }
      for (int i = 0; i < length; i++) {
        radians[from + i] = counts(from + i) ? (float) work[1][i] : Float.NaN;
        if (Float.isNaN(radians[from + i])) {
          countReason(from + i, work[0][i], tally);
        }
      }
    }
    return tally;
  }

  private boolean countsAny(int from, int length) {
    for (int pixel = from; pixel < from + length; pixel++) {
      if (counts(pixel)) {
        return true;
      }
    }
    return false;
  }

  private void countReason(int pixel, double cosine, AngleTally tally) {
    if (!counts(pixel)) {
      tally.outsideMask++;
    } else if (!Double.isNaN(cosine)) {
      tally.cosineOutOfRange++;
    } else if (pair.isMeasurable(pixel)) {
      tally.zeroSpectra++;
    } else {
      tally.addNotMeasurable(pixel);
    }
  }
}

package org.skinspectra.session;

import java.util.ArrayDeque;
import java.util.Deque;
import org.skinspectra.cube.Mask;

/**
 * The part of an image that all cameras saw.
 *
 * @param x column of its first pixel in the image
 * @param y row of its first pixel in the image
 * @param width pixels
 * @param height pixels
 */
public record CoveredRegion(int x, int y, int width, int height) {

  /** The largest rectangle in which every pixel counts; of equal ones the first. Empty if none. */
  static CoveredRegion largestIn(Mask mask) {
    int width = mask.width();
    int[] run = new int[width];
    CoveredRegion best = new CoveredRegion(0, 0, 0, 0);
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < width; x++) {
        run[x] = mask.contains(y * width + x) ? run[x] + 1 : 0;
      }
      best = larger(best, largestEndingAt(y, run));
    }
    return best;
  }

  /**
   * The largest rectangle whose last row is this one, by a stack of the columns whose runs are
   * still open (the largest rectangle under a histogram).
   */
  private static CoveredRegion largestEndingAt(int y, int[] run) {
    CoveredRegion best = new CoveredRegion(0, 0, 0, 0);
    Deque<Integer> open = new ArrayDeque<>();
    for (int x = 0; x <= run.length; x++) {
      int height = x < run.length ? run[x] : 0;
      while (!open.isEmpty() && run[open.peek()] >= height) {
        int tall = run[open.pop()];
        int left = open.isEmpty() ? 0 : open.peek() + 1;
        best = larger(best, new CoveredRegion(left, y - tall + 1, x - left, tall));
      }
      open.push(x);
    }
    return best;
  }

  private static CoveredRegion larger(CoveredRegion one, CoveredRegion other) {
    return other.area() > one.area() ? other : one;
  }

  private long area() {
    return (long) width * height;
  }

  /**
   * The pixels of a plane of the image that lie in it, a new array.
   *
   * @param imageWidth pixels
   */
  public float[] of(float[] plane, int imageWidth) {
    float[] inside = new float[width * height];
    for (int row = 0; row < height; row++) {
      System.arraycopy(plane, (y + row) * imageWidth + x, inside, row * width, width);
    }
    return inside;
  }
}

package org.skinspectra.profile;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** The pixels about a pixel that see the same colour. */
final class SameColourNeighbours {

  /** Number of the nearest ones, away from the edge. */
  static final int NEAREST = 8;

  private static final int ENOUGH = 3;

  private static final int[][] BESIDE = {
    {-1, -1}, {0, -1}, {1, -1}, {-1, 0}, {1, 0}, {-1, 1}, {0, 1}, {1, 1}
  };
  private static final int[][] GREEN = {
    {-1, -1}, {1, -1}, {-1, 1}, {1, 1}, {-2, 0}, {2, 0}, {0, -2}, {0, 2}
  };

  private final int width;
  private final int height;
  private final ChannelLayout layout;
  private final int plane;

  SameColourNeighbours(int width, int height, ChannelLayout layout, int plane) {
    this.width = width;
    this.height = height;
    this.layout = layout;
    this.plane = plane;
  }

  /**
   * Median of those of the eight nearest neighbours that are inside the image and finite; NaN if
   * there is none.
   *
   * @param buffer of eight values to work in
   */
  double nearestMedian(float[] values, int x, int y, float[] buffer) {
    int step = 1;
    int[][] offsets = BESIDE;
    if (layout.mosaic().isPresent()) {
      boolean green = layout.channel(plane, x, y) == 1;
      offsets = green ? GREEN : BESIDE;
      step = green ? 1 : 2;
    }
    int n = 0;
    for (int[] offset : offsets) {
      int u = x + step * offset[0];
      int v = y + step * offset[1];
      if (u >= 0 && v >= 0 && u < width && v < height && Float.isFinite(values[v * width + u])) {
        buffer[n++] = values[v * width + u];
      }
    }
    return median(buffer, n);
  }

  /**
   * Median of the good neighbours in the smallest square that holds three of them, or in the whole
   * image if none does; NaN if there is no good pixel of the colour.
   */
  double goodMedian(float[] values, int pixel, IntPredicate good) {
    int x = pixel % width;
    int y = pixel / width;
    int colour = layout.channel(plane, x, y);
    float[] found = new float[NEAREST];
    int n = 0;
    for (int radius = 1; n < ENOUGH && radius < Math.max(width, height); radius++) {
      n = 0;
      for (int v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++) {
        for (int u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++) {
          int i = v * width + u;
          if (i != pixel && layout.channel(plane, u, v) == colour && good.test(i)) {
            found = n < found.length ? found : Arrays.copyOf(found, 2 * n);
            found[n++] = values[i];
          }
        }
      }
    }
    return median(found, n);
  }

  /** Median of the first {@code n} values, which are sorted for it; NaN without any. */
  private static double median(float[] values, int n) {
    if (n == 0) {
      return Double.NaN;
    }
    for (int i = 1; i < n; i++) {
      float value = values[i];
      int k = i - 1;
      for (; k >= 0 && values[k] > value; k--) {
        values[k + 1] = values[k];
      }
      values[k + 1] = value;
    }
    return ((double) values[(n - 1) / 2] + values[n / 2]) / 2;
  }
}

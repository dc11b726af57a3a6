package org.skinspectra.cube;

import java.util.Arrays;

/**
 * Weights of the pixels that count, float32 {@code [y][x]} in [0, 1]. Masks of the challenge are
 * JPEG files, so their weights are not exactly 0 and 1; which pixels count is therefore a matter of
 * the measure's definition: it multiplies by the weight or asks {@link #contains}.
 */
public record Mask(int width, int height, float[] weights) {

  /**
   * Wraps the weights without a copy.
   *
   * @throws IllegalArgumentException if a weight is outside [0, 1] or NaN, or the length is wrong
   */
  public Mask {
    if (width < 1 || height < 1 || (long) width * height != weights.length) {
      throw new IllegalArgumentException(
          "A mask of " + width + "x" + height + " does not fit " + weights.length + " weights.");
    }
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0 && weights[i] <= 1)) {
        throw new IllegalArgumentException(
            "Mask weight "
                + weights[i]
                + " at pixel ("
                + i % width
                + ", "
                + i / width
                + ") is outside 0 to 1.");
      }
    }
  }

  /** A mask in which every pixel counts. */
  public static Mask all(int width, int height) {
    float[] weights = new float[width * height];
    Arrays.fill(weights, 1);
    return new Mask(width, height, weights);
  }

  /** Whether the weight of pixel {@code y * width + x} is above one half. */
  public boolean contains(int pixel) {
    return weights[pixel] > 0.5f;
  }

  /** Number of pixels whose weight is above one half. */
  public int count() {
    int count = 0;
    for (int i = 0; i < weights.length; i++) {
      if (contains(i)) {
        count++;
      }
    }
    return count;
  }
}

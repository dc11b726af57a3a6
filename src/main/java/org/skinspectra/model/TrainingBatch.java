package org.skinspectra.model;

/**
 * Images with their truth, all of one size, as a training step takes them. The arrays are shared,
 * not copied.
 *
 * @param images number of images, n
 * @param height rows of every image, y
 * @param width columns of every image, x
 * @param input what the camera delivers, {@code [n][y][x][channel]}, reflectance factor
 * @param truth {@code [n][y][x][band]}, reflectance factor
 * @param weight how much each pixel counts in the loss, {@code [n][y][x]}, zero or more
 */
public record TrainingBatch(
    int images, int height, int width, float[] input, float[] truth, float[] weight) {

  /**
   * @throws IllegalArgumentException if the arrays do not belong to images of one size
   */
  public TrainingBatch {
    int pixels = Math.multiplyExact(Math.multiplyExact(images, height), width);
    if (pixels < 1
        || weight.length != pixels
        || input.length % pixels != 0
        || truth.length % pixels != 0) {
      throw new IllegalArgumentException(
          "%d images of %dx%d pixels do not have %d inputs, %d outputs and %d weights."
              .formatted(images, width, height, input.length, truth.length, weight.length));
    }
  }

  /** Channels of the input. */
  public int channels() {
    return input.length / weight.length;
  }

  /** Bands of the truth. */
  public int bands() {
    return truth.length / weight.length;
  }
}

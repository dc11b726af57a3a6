package org.skinspectra.profile;

import org.skinspectra.SkinSpectraException;

/**
 * One point of a target as two images show it, such as a corner of a checkerboard, in pixels; the
 * centre of the first pixel is (0, 0).
 *
 * @param fromX in the image to be registered, 960 nm
 * @param fromY in the image to be registered, 960 nm
 * @param toX in the image that it is registered to, RGB
 * @param toY in the image that it is registered to, RGB
 */
public record PointPair(double fromX, double fromY, double toX, double toY) {

  private static final double LIMIT = 1e6;

  /**
   * @throws SkinSpectraException if a coordinate is not finite or beyond a million pixels
   */
  public PointPair {
    for (double value : new double[] {fromX, fromY, toX, toY}) {
      if (!(Math.abs(value) <= LIMIT)) {
        throw new SkinSpectraException(
            "The pair of points (%s, %s) and (%s, %s) lies in no image."
                .formatted(fromX, fromY, toX, toY));
      }
    }
  }
}

package org.skinspectra.camera;

/**
 * The part of a sensor that is read, in pixels after binning.
 *
 * @param x left edge, up to a million
 * @param y upper edge, up to a million
 * @param width above 0, up to a million
 * @param height above 0, up to a million
 */
public record SensorRegion(int x, int y, int width, int height) {

  static final int MAX = 1_000_000;

  /**
   * @throws IllegalArgumentException if it is empty, begins outside of the sensor or is larger than
   *     any
   */
  public SensorRegion {
    if (Math.min(x, y) < 0
        || Math.min(width, height) < 1
        || Math.max(Math.max(x, y), Math.max(width, height)) > MAX) {
      throw new IllegalArgumentException(
          "A sensor has no region %dx%d at (%d, %d).".formatted(width, height, x, y));
    }
  }
}

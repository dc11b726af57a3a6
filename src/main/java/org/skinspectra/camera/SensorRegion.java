package org.skinspectra.camera;

/**
 * The part of a sensor that is read, in pixels after binning.
 *
 * @param x left edge
 * @param y upper edge
 * @param width above 0
 * @param height above 0
 */
public record SensorRegion(int x, int y, int width, int height) {

  /**
   * @throws IllegalArgumentException if it is empty or begins outside of the sensor
   */
  public SensorRegion {
    if (x < 0 || y < 0 || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "A sensor has no region %dx%d at (%d, %d).".formatted(width, height, x, y));
    }
  }
}

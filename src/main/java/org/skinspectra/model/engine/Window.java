package org.skinspectra.model.engine;

/**
 * A rectangle of a feature map in pixels.
 *
 * @param y first row
 * @param x first column
 */
record Window(int y, int x, int height, int width) {

  long pixels() {
    return (long) height * width;
  }

  int endY() {
    return y + height;
  }

  int endX() {
    return x + width;
  }

  /** This rectangle and {@code halo} pixels on every side, as far as the map goes. */
  Window grown(int halo, int mapHeight, int mapWidth) {
    int top = Math.max(0, y - halo);
    int left = Math.max(0, x - halo);
    return new Window(
        top,
        left,
        Math.min(mapHeight, endY() + halo) - top,
        Math.min(mapWidth, endX() + halo) - left);
  }

  /**
   * The same rectangle of a map whose sides are {@code 2^levels} times shorter, or longer where
   * {@code levels} is negative.
   */
  Window onLevel(int levels) {
    return levels >= 0
        ? new Window(y >> levels, x >> levels, height >> levels, width >> levels)
        : new Window(y << -levels, x << -levels, height << -levels, width << -levels);
  }
}

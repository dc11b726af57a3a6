package org.skinspectra.skin;

import org.apache.commons.math3.util.FastMath;

/**
 * How pixels lie in a scene: turned, scaled and shifted. Scene lengths are free; y grows downwards.
 */
final class View {

  private final int width;
  private final int height;
  private final double centreX;
  private final double centreY;
  private final double pixel;
  private final double cos;
  private final double sin;

  /**
   * @param side scene length of the image's shorter side
   * @param turn angle in radians
   */
  View(int width, int height, double centreX, double centreY, double side, double turn) {
    this.width = width;
    this.height = height;
    this.centreX = centreX;
    this.centreY = centreY;
    this.pixel = side / Math.min(width, height);
    this.cos = FastMath.cos(turn);
    this.sin = FastMath.sin(turn);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Scene length of a pixel's side. */
  double pixel() {
    return pixel;
  }

  /** Scene x of a pixel's centre. */
  double x(int column, int row) {
    return centreX + pixel * (cos * fromMiddle(column, width) - sin * fromMiddle(row, height));
  }

  /** Scene y of a pixel's centre. */
  double y(int column, int row) {
    return centreY + pixel * (sin * fromMiddle(column, width) + cos * fromMiddle(row, height));
  }

  private static double fromMiddle(int index, int size) {
    return index + 0.5 - size / 2.0;
  }
}

package org.skinspectra.train;

/**
 * One of the eight ways to lay a square: flips and a transposition.
 *
 * @param flipX mirror left and right
 * @param flipY mirror top and bottom
 * @param transpose exchange rows and columns, after the flips
 */
record Orientation(boolean flipX, boolean flipY, boolean transpose) {

  /** Number of orientations. */
  static final int COUNT = 8;

  static Orientation of(int number) {
    return new Orientation((number & 1) != 0, (number & 2) != 0, (number & 4) != 0);
  }

  /** Index of the pixel that comes to row y and column x of a square. */
  int source(int y, int x, int side) {
    int row = transpose ? x : y;
    int column = transpose ? y : x;
    return (flipY ? side - 1 - row : row) * side + (flipX ? side - 1 - column : column);
  }
}

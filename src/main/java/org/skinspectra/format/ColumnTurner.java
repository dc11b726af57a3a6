package org.skinspectra.format;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Turns MATLAB's columns into rows, some columns at a time, so that no more than a block is held.
 * For one thread: the block is used again.
 */
final class ColumnTurner {

  private static final int BLOCK_NUMBERS = 1 << 16;

  private final int mostRows;
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private float[] values = {};

  /**
   * @param mostRows in a block: with few there are columns enough in it to be turned fast
   */
  ColumnTurner(int mostRows) {
    this.mostRows = mostRows;
  }

  /** Gives the numbers of a part of one plane. */
  @FunctionalInterface
  interface Columns {
    /**
     * Puts the numbers of {@code columns} columns from {@code x} on, each from row {@code y} on,
     * into the buffer, as they lie in the file.
     */
    void fill(ByteBuffer buffer, int x, int y, int columns, int rows) throws IOException;
  }

  /** Reads a region of one plane into {@code plane}, {@code [y][x]} of the region. */
  void turn(PixelRegion region, MatlabNumbers numbers, double scale, Columns source, float[] plane)
      throws IOException {
    int height = Math.min(region.height(), mostRows);
    int width = Math.min(region.width(), Math.max(1, BLOCK_NUMBERS / height));
    if (values.length < height * width) {
      values = new float[height * width];
    }
    if (buffer.capacity() < (long) values.length * numbers.bytes()) {
      buffer = ByteBuffer.allocate(Math.multiplyExact(values.length, numbers.bytes()));
    }
    for (int y = 0; y < region.height(); y += height) {
      int rows = Math.min(height, region.height() - y);
      for (int x = 0; x < region.width(); x += width) {
        int columns = Math.min(width, region.width() - x);
        source.fill(buffer.clear(), region.x() + x, region.y() + y, columns, rows);
        numbers.toFloats(buffer.flip(), columns * rows, scale, values, 0);
        turn(values, columns, rows, plane, y * region.width() + x, region.width());
      }
    }
  }

  /**
   * Turns columns {@code [x][y]} into rows.
   *
   * @param start where the first value comes in {@code plane}
   * @param step from one row of {@code plane} to the next
   */
  static void turn(float[] columns, int width, int height, float[] plane, int start, int step) {
    for (int y = 0; y < height; y++) {
      int row = start + y * step;
      for (int x = 0, from = y; x < width; x++, from += height) {
        plane[row + x] = columns[from];
      }
    }
  }
}

package org.skinspectra.format;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The planes of a variable that lies in a file as MATLAB holds it, uncompressed: one band after the
 * other, each column by column. For one thread.
 */
final class ColumnMajorPlanes implements MatlabPlanes {

  private final FileChannel file;
  private final long offset;
  private final MatlabNumbers numbers;
  private final double scale;
  private final int width;
  private final int height;
  private final ColumnTurner turner = new ColumnTurner(1 << 11);

  /**
   * @param offset of the first number in the file
   * @param scale of integers: value = stored / scale
   */
  ColumnMajorPlanes(
      FileChannel file, long offset, MatlabNumbers numbers, double scale, int width, int height) {
    this.file = file;
    this.offset = offset;
    this.numbers = numbers;
    this.scale = scale;
    this.width = width;
    this.height = height;
  }

  @Override
  public void read(int first, PixelRegion region, float[][] planes) throws IOException {
    for (int i = 0; i < planes.length; i++) {
      long band = (long) (first + i) * width;
      turner.turn(
          region,
          numbers,
          scale,
          (buffer, x, y, columns, rows) -> {
            if (rows == height) {
              fill(buffer, (band + x) * height, (long) columns * rows);
              return;
            }
            for (int column = 0; column < columns; column++) {
              fill(buffer, (band + x + column) * height + y, rows);
            }
          },
          planes[i]);
    }
  }

  private void fill(ByteBuffer buffer, long number, long count) throws IOException {
    int start = buffer.position();
    long position = offset + number * numbers.bytes() - start;
    buffer.limit(start + (int) count * numbers.bytes());
    while (buffer.hasRemaining()) {
      if (file.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException("the data end before their last value");
      }
    }
  }
}

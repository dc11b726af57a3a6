package org.skinspectra.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The planes of a deflated MAT-5 variable: one band after the other, each column by column. Bands
 * that are read in their order are unpacked once; to go back is to begin again. For one thread.
 */
final class InflatedPlanes implements MatlabPlanes {

  /**
   * Where a deflated variable lies in a file.
   *
   * @param start of what is deflated
   * @param length of it
   * @param offset of the first number among what was unpacked
   */
  record Place(FileChannel file, long start, long length, long offset) {

    InflatedRange open() {
      return new InflatedRange(file, start, length);
    }
  }

  private final Place place;
  private final MatlabNumbers numbers;
  private final double scale;
  private final long width;
  private final long height;
  private final long end;
  private final ColumnTurner turner = new ColumnTurner(Integer.MAX_VALUE);
  private InflatedRange range;

  /**
   * @param scale of integers: value = stored / scale
   * @param count of all numbers
   */
  InflatedPlanes(
      Place place, MatlabNumbers numbers, double scale, int width, int height, long count) {
    this.place = place;
    this.numbers = numbers;
    this.scale = scale;
    this.width = width;
    this.height = height;
    this.end = place.offset() + count * numbers.bytes();
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
            for (int column = 0; column < columns; column++) {
              fill(buffer, (band + x + column) * height + y, rows);
            }
          },
          planes[i]);
    }
    if (range != null && range.position() == end) {
      range.checkEnd();
      // What follows was looked at, so that going on is to begin again.
      close();
    }
  }

  private void fill(ByteBuffer buffer, long number, int count) throws IOException {
    long position = place.offset() + number * numbers.bytes();
    if (range == null || range.position() > position) {
      close();
      range = place.open();
    }
    range.skipTo(position);
    buffer.limit(buffer.position() + count * numbers.bytes());
    range.read(buffer);
  }

  @Override
  public void close() {
    if (range != null) {
      range.close();
      range = null;
    }
  }
}

package org.skinspectra.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes a cube as MATLAB lays it out: band after band, each column by column. */
final class ColumnWriter {

  private static final int BLOCK_NUMBERS = 1 << 16;

  private ColumnWriter() {}

  /** Takes samples in the order of the file. */
  @FunctionalInterface
  interface Target {
    void write(ByteBuffer block) throws IOException;
  }

  /** Gives all samples of a source to {@code target}; one plane is held at a time. */
  static void write(
      CubeSource source, SampleType type, SampleQuantizer samples, ByteOrder order, Target target)
      throws IOException {
    int width = source.width();
    int height = source.height();
    int atOnce = Math.min(width, Math.max(1, BLOCK_NUMBERS / height));
    float[] columns = new float[Math.multiplyExact(atOnce, height)];
    ByteBuffer block = ByteBuffer.allocate(BLOCK_NUMBERS * type.bytes()).order(order);
    BandReader reader = new BandReader(source);
    for (int band = 0; band < source.bands(); band++) {
      float[] plane = reader.plane(band);
      for (int left = 0; left < width; left += atOnce) {
        int count = Math.min(atOnce, width - left);
        for (int y = 0; y < height; y++) {
          int from = y * width + left;
          for (int x = 0, to = y; x < count; x++, to += height) {
            columns[to] = plane[from + x];
          }
        }
        for (int start = 0; start < count * height; start += BLOCK_NUMBERS) {
          int now = Math.min(BLOCK_NUMBERS, count * height - start);
          samples.put(columns, start, now, block.clear());
          target.write(block.flip());
        }
      }
    }
  }
}

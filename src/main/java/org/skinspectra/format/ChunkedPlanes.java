package org.skinspectra.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/**
 * The planes of a variable whose values (band, x, y) lie in chunks. Each chunk that is needed is
 * unpacked once, whatever the number of bands in it.
 */
final class ChunkedPlanes implements MatlabPlanes {

  /** Larger chunks are unpacked one after the other, to bound memory. */
  private static final int LARGE_CHUNK = 16 << 20;

  private final FileChannel file;
  private final HdfChunks chunks;
  private final MatlabNumbers numbers;
  private final double scale;
  private final int[] size;
  private final Queue<Worker> idle = new ConcurrentLinkedQueue<>();

  /** What one thread needs, kept for the next chunk. */
  private static final class Worker {
    private final HdfChunkDecoder decoder;
    private float[] values = {};

    Worker(HdfChunkDecoder decoder) {
      this.decoder = decoder;
    }

    float[] values(int count) {
      if (values.length < count) {
        values = new float[count];
      }
      return values;
    }
  }

  /**
   * @param scale of integers: value = stored / scale
   * @param size bands, columns, rows
   */
  ChunkedPlanes(
      FileChannel file, HdfChunks chunks, MatlabNumbers numbers, double scale, int[] size) {
    this.file = file;
    this.chunks = chunks;
    this.numbers = numbers;
    this.scale = scale;
    this.size = size.clone();
  }

  @Override
  public int bandsAtOnce() {
    return Math.min(chunks.shape()[0], size[0]);
  }

  /** The part of the variable that is read, and where it goes. */
  private record Part(int first, PixelRegion region, float[][] planes) {

    int start(int dimension) {
      return dimension == 0 ? first : dimension == 1 ? region.x() : region.y();
    }

    int end(int dimension) {
      return switch (dimension) {
        case 0 -> first + planes.length;
        case 1 -> region.x() + region.width();
        default -> region.y() + region.height();
      };
    }
  }

  @Override
  public void read(int first, PixelRegion region, float[][] planes) throws IOException {
    Part part = new Part(first, region, planes);
    List<int[]> needed = needed(part);
    IntStream order = IntStream.range(0, needed.size());
    try {
      (chunks.bytes() <= LARGE_CHUNK ? order.parallel() : order)
          .forEach(i -> read(needed.get(i), part));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The chunks that hold any of the part, by their place among the chunks of each dimension. */
  private List<int[]> needed(Part part) {
    int[] shape = chunks.shape();
    List<int[]> places = new ArrayList<>();
    for (int b = part.start(0) / shape[0]; b <= (part.end(0) - 1) / shape[0]; b++) {
      for (int x = part.start(1) / shape[1]; x <= (part.end(1) - 1) / shape[1]; x++) {
        for (int y = part.start(2) / shape[2]; y <= (part.end(2) - 1) / shape[2]; y++) {
          places.add(new int[] {b, x, y});
        }
      }
    }
    return places;
  }

  private void read(int[] place, Part part) {
    int[] shape = chunks.shape();
    int index = 0;
    int[] from = new int[3];
    int[] to = new int[3];
    for (int i = 0; i < 3; i++) {
      index = index * ((size[i] - 1) / shape[i] + 1) + place[i];
      int start = place[i] * shape[i];
      from[i] = Math.max(part.start(i), start) - start;
      to[i] = (int) Math.min(part.end(i), (long) start + shape[i]) - start;
    }
    Worker worker = idle.poll();
    if (worker == null) {
      worker = new Worker(new HdfChunkDecoder(file, chunks));
    }
    try {
      copy(index, worker, place, from, to, part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    idle.add(worker);
  }

  /**
   * @param from first band, column and row of the part in the chunk
   * @param to the first ones after it
   */
  private void copy(int index, Worker worker, int[] place, int[] from, int[] to, Part part)
      throws IOException {
    ByteBuffer chunk = worker.decoder.decode(index);
    int[] shape = chunks.shape();
    int rows = to[2] - from[2];
    int left = place[1] * shape[1] - part.region().x();
    int top = place[2] * shape[2] + from[2] - part.region().y();
    // Columns that are turned together lie in the processor's nearest memory.
    int atOnce = Math.max(1, Math.min(to[1] - from[1], (1 << 15) / rows));
    float[] values = worker.values(rows * atOnce);
    for (int band = from[0]; band < to[0]; band++) {
      float[] plane = part.planes()[place[0] * shape[0] + band - part.first()];
      for (int x = from[1]; x < to[1]; x += atOnce) {
        int columns = Math.min(atOnce, to[1] - x);
        for (int column = 0; column < columns; column++) {
          int number = (band * shape[1] + x + column) * shape[2] + from[2];
          chunk.position(number * numbers.bytes());
          numbers.toFloats(chunk, rows, scale, values, column * rows);
        }
        ColumnTurner.turn(
            values,
            columns,
            rows,
            plane,
            top * part.region().width() + left + x,
            part.region().width());
      }
    }
  }
}

package org.skinspectra.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.skinspectra.SkinSpectraIOException;

/** An array of a Zarr hierarchy, version 2 or 3, of which regions are read chunk by chunk. */
final class ZarrArray {

  /** What little a compressor may add to data that it cannot shrink. */
  private static final long OVERHEAD = 1 << 16;

  /**
   * What metadata say of an array.
   *
   * @param shape its length along each axis
   * @param chunks length of a chunk along each axis
   * @param strides how many values lie between neighbours along each axis in a chunk
   * @param fill value of chunks that are not there
   * @param prefix of the chunks' keys
   * @param separator between the numbers of a key
   * @param codecs in the order in which they are undone
   * @param checksums how many of them are checksums
   * @param shards how chunks lie together in files, if they do
   */
  record Layout(
      int[] shape,
      int[] chunks,
      int[] strides,
      StoredNumber type,
      ByteOrder order,
      float fill,
      String prefix,
      String separator,
      List<ChunkCodec> codecs,
      int checksums,
      Optional<ZarrShards.Layout> shards) {

    int values() {
      return Arrays.stream(chunks).reduce(1, Math::multiplyExact);
    }
  }

  /**
   * Which axes are which.
   *
   * @param band -1 where there is none
   */
  record Axes(int band, int y, int x) {}

  private final ZarrFolder folder;
  private final Layout layout;
  private final int chunkBytes;
  private final boolean whole;
  private final Optional<ZarrShards> shards;
  private String held = "";
  private ByteBuffer chunk;

  /**
   * @param whole whether every chunk has to be there
   */
  ZarrArray(ZarrFolder folder, Layout layout, boolean whole) {
    this.folder = folder;
    this.layout = layout;
    this.whole = whole;
    this.shards = layout.shards().map(inShards -> new ZarrShards(folder, inShards));
    this.chunkBytes = Math.multiplyExact(layout.values(), layout.type().bytes());
  }

  int[] shape() {
    return layout.shape().clone();
  }

  /** Length of a chunk along an axis. */
  int chunk(int axis) {
    return layout.chunks()[axis];
  }

  /** How many chunks there are along all axes, missing ones included. */
  double chunks() {
    double chunks = 1;
    for (int d = 0; d < layout.shape().length; d++) {
      chunks *= Math.ceil(layout.shape()[d] / (double) layout.chunks()[d]);
    }
    return chunks;
  }

  /**
   * Reads a region, every chunk of it once.
   *
   * @param start its first index along each axis
   * @param count its length along each axis, 1 along those that {@code axes} does not name
   * @param planes {@code [band][y][x]} of the region
   */
  void read(int[] start, int[] count, Axes axes, float[][] planes) throws IOException {
    int rank = start.length;
    int[] first = new int[rank];
    int[] last = new int[rank];
    for (int d = 0; d < rank; d++) {
      first[d] = start[d] / layout.chunks()[d];
      last[d] = (start[d] + count[d] - 1) / layout.chunks()[d];
    }
    int[] index = first.clone();
    int d = rank;
    while (d >= 0) {
      load(index);
      copy(index, start, count, axes, planes);
      // The next index, as an odometer turns.
      for (d = rank - 1; d >= 0 && ++index[d] > last[d]; d--) {
        index[d] = first[d];
      }
    }
  }

  private void copy(int[] index, int[] start, int[] count, Axes axes, float[][] planes) {
    int rank = start.length;
    int[] low = new int[rank];
    int[] high = new int[rank];
    int base = 0;
    for (int d = 0; d < rank; d++) {
      int origin = index[d] * layout.chunks()[d];
      low[d] = Math.max(start[d], origin);
      high[d] = (int) Math.min(start[d] + (long) count[d], origin + (long) layout.chunks()[d]);
      base += (low[d] - origin) * layout.strides()[d];
    }
    int bands = axes.band() < 0 ? 1 : high[axes.band()] - low[axes.band()];
    int firstBand = axes.band() < 0 ? 0 : low[axes.band()] - start[axes.band()];
    int bandStride = axes.band() < 0 ? 0 : layout.strides()[axes.band()];
    int width = high[axes.x()] - low[axes.x()];
    int size = layout.type().bytes();
    for (int band = 0; band < bands; band++) {
      for (int y = low[axes.y()]; y < high[axes.y()]; y++) {
        int to = (y - start[axes.y()]) * count[axes.x()] + low[axes.x()] - start[axes.x()];
        float[] plane = planes[firstBand + band];
        if (chunk == null) {
          Arrays.fill(plane, to, to + width, layout.fill());
        } else {
          int from = base + band * bandStride + (y - low[axes.y()]) * layout.strides()[axes.y()];
          layout
              .type()
              .read(chunk, from * size, layout.strides()[axes.x()] * size, plane, to, width);
        }
      }
    }
  }

  /** Makes a chunk the one that is held; null where it is not there. */
  private void load(int[] index) throws IOException {
    String name = key(index);
    if (name.equals(held)) {
      return;
    }
    held = "";
    chunk = null;
    Optional<byte[]> encoded = encoded(index, chunkBytes + chunkBytes / 8L + OVERHEAD);
    if (encoded.isPresent()) {
      chunk = ByteBuffer.wrap(decoded(name, encoded.get())).order(layout.order());
    } else if (whole) {
      throw new SkinSpectraIOException(
          "%s is not whole: the chunk %s is missing. Copy it again."
              .formatted(folder.path(), name));
    }
    held = name;
  }

  private Optional<byte[]> encoded(int[] index, long most) throws IOException {
    if (shards.isEmpty()) {
      return folder.chunk(key(index), most);
    }
    ZarrShards.Layout inShards = layout.shards().orElseThrow();
    return shards.get().chunk(key(inShards.shardOf(index)), inShards.numberOf(index), most);
  }

  private String key(int[] index) {
    return Arrays.stream(index)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(layout.separator(), layout.prefix(), ""));
  }

  private byte[] decoded(String key, byte[] encoded) throws IOException {
    byte[] bytes = encoded;
    try {
      for (ChunkCodec codec : layout.codecs()) {
        bytes = codec.decode(bytes, Math.addExact(chunkBytes, Integer.BYTES * layout.checksums()));
      }
    } catch (IOException | RuntimeException e) {
      throw new IOException("the chunk " + key + ": " + FileErrors.reason(e), e);
    }
    if (bytes.length != chunkBytes) {
      throw new IOException(
          "the chunk %s holds %d bytes, not %d".formatted(key, bytes.length, chunkBytes));
    }
    return bytes;
  }
}

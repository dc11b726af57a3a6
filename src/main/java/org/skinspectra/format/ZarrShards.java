package org.skinspectra.format;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Chunks that lie many together in a file, a shard, with an index of their places (Zarr 3, codec
 * {@code sharding_indexed} 1.0).
 */
final class ZarrShards {

  private static final int ENTRY_BYTES = 2 * Long.BYTES;
  private static final long MISSING = -1;

  /**
   * What metadata say of shards.
   *
   * @param chunks how many chunks there are in a shard along each axis
   * @param indexFirst whether the index lies at the start of the file and not at its end
   * @param checked whether a checksum follows the index
   */
  record Layout(int[] chunks, boolean indexFirst, boolean checked) {

    /** Bytes of the index, of which no file may be shorter. */
    double indexBytes() {
      double entries = Arrays.stream(chunks).asDoubleStream().reduce(1, (a, b) -> a * b);
      return entries * ENTRY_BYTES + (checked ? Integer.BYTES : 0);
    }

    /** Along each axis, which shard a chunk is in. */
    int[] shardOf(int[] chunk) {
      int[] shard = new int[chunk.length];
      Arrays.setAll(shard, d -> chunk[d] / chunks[d]);
      return shard;
    }

    /** Which of its shard's chunks a chunk is, the last axis being the fastest. */
    int numberOf(int[] chunk) {
      int number = 0;
      for (int d = 0; d < chunk.length; d++) {
        number = number * chunks[d] + chunk[d] % chunks[d];
      }
      return number;
    }
  }

  private final ZarrFolder folder;
  private final Layout layout;
  private String held = "";
  private Optional<Path> file = Optional.empty();
  private ByteBuffer index;

  ZarrShards(ZarrFolder folder, Layout layout) {
    this.folder = folder;
    this.layout = layout;
  }

  /**
   * The bytes of a chunk; empty where it or its shard is not there.
   *
   * @param key of the shard
   * @param number of the chunk in it
   * @param most bytes that it may have
   */
  Optional<byte[]> chunk(String key, int number, long most) throws IOException {
    if (!key.equals(held)) {
      held = "";
      file = folder.file(key);
      index = file.isPresent() ? readIndex(key, file.get()) : null;
      held = key;
    }
    if (file.isEmpty()) {
      return Optional.empty();
    }
    long position = index.getLong(number * ENTRY_BYTES);
    long bytes = index.getLong(number * ENTRY_BYTES + Long.BYTES);
    if (position == MISSING && bytes == MISSING) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file.get())) {
      if (position < 0 || bytes < 0 || bytes > most || position > channel.size() - bytes) {
        throw new IOException(
            "the shard %s of %d bytes has a chunk of %d bytes at %d"
                .formatted(key, channel.size(), bytes, position));
      }
      return Optional.of(read(channel, position, (int) bytes));
    }
  }

  private ByteBuffer readIndex(String key, Path shard) throws IOException {
    try (FileChannel channel = FileChannel.open(shard)) {
      if (layout.indexBytes() > Math.min(channel.size(), Integer.MAX_VALUE - 64)) {
        throw new IOException(
            "the shard %s has %d bytes, too few for its index".formatted(key, channel.size()));
      }
      int length = (int) layout.indexBytes();
      byte[] bytes = read(channel, layout.indexFirst() ? 0 : channel.size() - length, length);
      if (layout.checked()) {
        bytes = ChunkCodec.crc32c(bytes, length);
      }
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private static byte[] read(FileChannel channel, long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new EOFException("a shard was cut while it was read");
      }
    }
    return bytes.array();
  }
}

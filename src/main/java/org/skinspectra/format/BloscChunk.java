package org.skinspectra.format;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes in the container of Blosc 1 (format of C-Blosc 1.21, {@code README_CHUNK_FORMAT.rst}):
 * blocks that are shuffled and then compressed, each whole or in one stream per byte of a value.
 */
final class BloscChunk {

  private static final int HEADER = 16;
  private static final int NEWEST_VERSION = 2;
  private static final int SHUFFLED = 1;
  private static final int PLAIN = 2;
  private static final int BIT_SHUFFLED = 4;
  private static final int NOT_SPLIT = 16;
  private static final int CODEC_SHIFT = 5;
  private static final int MOST_STREAMS = 16;
  private static final int SMALLEST_STREAM = 128;

  /** Codecs by the number in the flags. */
  private static final String[] CODECS = {"blosclz", "lz4", "snappy", "zlib", "zstd"};

  private final ByteBuffer in;
  private final int flags;
  private final int typeSize;
  private final int bytes;
  private final int blockSize;

  private BloscChunk(byte[] encoded) throws IOException {
    if (encoded.length < HEADER) {
      throw new IOException("a Blosc chunk has only " + encoded.length + " bytes");
    }
    in = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    int version = in.get(0);
    if (version < 1 || version > NEWEST_VERSION) {
      throw new IOException("a Blosc chunk is of version " + version + "; 1 and 2 are read");
    }
    flags = in.get(2) & 0xff;
    typeSize = Math.max(1, in.get(3) & 0xff);
    bytes = in.getInt(4);
    blockSize = in.getInt(8);
    if (bytes < 0 || blockSize < 1 && bytes > 0 || in.getInt(12) != encoded.length) {
      throw new IOException(
          "a Blosc chunk says that it holds %d bytes in blocks of %d and is %d bytes long, which is %d"
              .formatted(bytes, blockSize, in.getInt(12), encoded.length));
    }
  }

  /**
   * Decodes a chunk.
   *
   * @param most bytes that it may hold
   * @throws IOException if it is damaged, holds more, or is of a codec that is not read
   */
  static byte[] decode(byte[] encoded, int most) throws IOException {
    BloscChunk chunk = new BloscChunk(encoded);
    if (chunk.bytes > most) {
      throw new IOException(
          "a Blosc chunk holds %d bytes, more than %d".formatted(chunk.bytes, most));
    }
    return chunk.decode();
  }

  private byte[] decode() throws IOException {
    if ((flags & PLAIN) != 0) {
      if (in.capacity() - HEADER != bytes) {
        throw new IOException("a Blosc chunk is cut off");
      }
      return Arrays.copyOfRange(in.array(), HEADER, in.capacity());
    }
    byte[] decoded = new byte[bytes];
    int blocks = (int) (((long) bytes + blockSize - 1) / Math.max(1, blockSize));
    if ((long) blocks * Integer.BYTES > in.capacity() - HEADER) {
      throw new IOException("a Blosc chunk is too short for its " + blocks + " blocks");
    }
    byte[] shuffled = new byte[Math.min(blockSize, bytes)];
    for (int block = 0; block < blocks; block++) {
      int start = block * blockSize;
      int size = Math.min(blockSize, bytes - start);
      decodeBlock(in.getInt(HEADER + block * Integer.BYTES), shuffled, size);
      if ((flags & SHUFFLED) != 0 && typeSize > 1) {
        Shuffle.undoBytes(shuffled, size, typeSize, decoded, start);
      } else if ((flags & BIT_SHUFFLED) != 0 && blockSize >= typeSize) {
        Shuffle.undoBits(shuffled, size, typeSize, decoded, start);
      } else {
        System.arraycopy(shuffled, 0, decoded, start, size);
      }
    }
    return decoded;
  }

  private void decodeBlock(int position, byte[] into, int size) throws IOException {
    boolean split =
        (flags & NOT_SPLIT) == 0
            && typeSize <= MOST_STREAMS
            && size / typeSize >= SMALLEST_STREAM
            && size == blockSize;
    int streams = split ? typeSize : 1;
    int each = size / streams;
    if (each * streams != size) {
      throw new IOException(
          "a Blosc block of %d bytes is not of %d streams".formatted(size, streams));
    }
    int at = position;
    for (int stream = 0; stream < streams; stream++) {
      requireWithin(at, Integer.BYTES);
      int length = in.getInt(at);
      at += Integer.BYTES;
      requireWithin(at, length);
      if (length == each) {
        System.arraycopy(in.array(), at, into, stream * each, each);
      } else {
        decodeStream(at, length, into, stream * each, each);
      }
      at += length;
    }
  }

  private void requireWithin(int at, int length) throws IOException {
    if (at < HEADER || length < 0 || length > in.capacity() - at) {
      throw new IOException("a Blosc block lies outside of its chunk");
    }
  }

  private void decodeStream(int at, int length, byte[] into, int start, int size)
      throws IOException {
    int codec = flags >> CODEC_SHIFT;
    int got =
        switch (codec) {
          case 1 -> run(new Lz4Decompressor(), at, length, into, start, size);
          case 2 -> run(new SnappyDecompressor(), at, length, into, start, size);
          case 3 -> Inflated.into(in.array(), at, length, into, start, size);
          case 4 -> run(new ZstdDecompressor(), at, length, into, start, size);
          default ->
              throw new IOException(
                  "Blosc's codec %s is not read; lz4, lz4hc, snappy, zlib and zstd are"
                      .formatted(codec < CODECS.length ? CODECS[codec] : "number " + codec));
        };
    if (got != size) {
      throw new IOException("a Blosc block holds %d bytes, not %d".formatted(got, size));
    }
  }

  private int run(Decompressor decompressor, int at, int length, byte[] into, int start, int size) {
    return decompressor.decompress(in.array(), at, length, into, start, size);
  }
}

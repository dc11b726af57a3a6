package org.skinspectra.format;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/** One step by which the bytes of a Zarr chunk were encoded, and how to undo it. */
@FunctionalInterface
interface ChunkCodec {

  /**
   * Undoes the step.
   *
   * @param most bytes that may come out
   * @throws IOException if the bytes are damaged or hold more
   */
  byte[] decode(byte[] encoded, int most) throws IOException;

  /**
   * A compressor by its name in Zarr 2 ({@code id} of numcodecs) or Zarr 3 that needs no parameters
   * to be undone; empty where it is not read.
   */
  static Optional<ChunkCodec> ofName(String name) {
    return switch (name) {
      case "zlib" -> Optional.of(bounded(1100, ChunkCodec::zlib));
      case "gzip" -> Optional.of(bounded(1100, ChunkCodec::gzip));
      case "zstd" -> Optional.of(bounded(40_000, ChunkCodec::zstd));
      case "lz4" -> Optional.of(bounded(300, ChunkCodec::lz4));
      case "blosc" -> Optional.of(bounded(40_000, BloscChunk::decode));
      case "crc32c" -> Optional.of(ChunkCodec::crc32c);
      default -> Optional.empty();
    };
  }

  /** The names that {@link #ofName} knows, for messages. */
  static String names() {
    return "blosc, zlib, gzip, zstd and lz4";
  }

  /** The filter {@code shuffle} of numcodecs. */
  static ChunkCodec shuffle(int typeSize) {
    return (encoded, most) -> {
      byte[] decoded = new byte[encoded.length];
      Shuffle.undoBytes(encoded, encoded.length, typeSize, decoded, 0);
      return decoded;
    };
  }

  /**
   * A step that takes no memory that its input cannot fill.
   *
   * @param ratio that the compressor does not exceed: deflate 1032, LZ4 255, Zstandard a block of
   *     128 KiB in four bytes
   */
  private static ChunkCodec bounded(int ratio, ChunkCodec codec) {
    return (encoded, most) ->
        codec.decode(encoded, (int) Math.min(most, 64 + (long) ratio * encoded.length));
  }

  private static byte[] zlib(byte[] encoded, int most) throws IOException {
    byte[] decoded = new byte[most];
    return trimmed(decoded, Inflated.into(encoded, 0, encoded.length, decoded, 0, most));
  }

  private static byte[] gzip(byte[] encoded, int most) throws IOException {
    byte[] decoded = new byte[most];
    return trimmed(decoded, Inflated.gzip(encoded, decoded));
  }

  private static byte[] zstd(byte[] encoded, int most) {
    return run(new ZstdDecompressor(), encoded, 0, most);
  }

  /** The length, four bytes little-endian, stands before the block. */
  private static byte[] lz4(byte[] encoded, int most) throws IOException {
    if (encoded.length < Integer.BYTES) {
      throw new IOException("an LZ4 chunk is cut off");
    }
    int bytes = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (bytes < 0 || bytes > most) {
      throw new IOException("an LZ4 chunk says that it holds " + bytes + " bytes");
    }
    return run(new Lz4Decompressor(), encoded, Integer.BYTES, bytes);
  }

  private static byte[] run(Decompressor decompressor, byte[] encoded, int from, int most) {
    byte[] decoded = new byte[most];
    return trimmed(
        decoded, decompressor.decompress(encoded, from, encoded.length - from, decoded, 0, most));
  }

  /** Takes off a checksum that has to be right. */
  static byte[] crc32c(byte[] encoded, int most) throws IOException {
    int length = encoded.length - Integer.BYTES;
    if (length < 0) {
      throw new IOException("a chunk is too short for its checksum");
    }
    CRC32C sum = new CRC32C();
    sum.update(encoded, 0, length);
    int stated = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN).getInt(length);
    if ((int) sum.getValue() != stated) {
      throw new IOException("a chunk's checksum is not that of its bytes");
    }
    return Arrays.copyOf(encoded, length);
  }

  private static byte[] trimmed(byte[] bytes, int length) {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}

package org.skinspectra.format;

import io.airlift.compress.Compressor;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Chunks as other programs compress them. */
final class EncodedChunk {

  private static final int SHUFFLED = 1;
  private static final int NOT_SPLIT = 16;
  private static final int LZ4 = 1;
  private static final int ZSTD = 4;

  private EncodedChunk() {}

  static byte[] of(String codec, byte[] bytes) throws IOException {
    return switch (codec) {
      case "zlib" -> deflated(bytes);
      case "gzip" -> gzip(bytes);
      case "zstd" -> run(new ZstdCompressor(), bytes);
      case "lz4" -> {
        byte[] block = run(new Lz4Compressor(), bytes);
        yield little(Integer.BYTES + block.length).putInt(bytes.length).put(block).array();
      }
      case "blosc" -> blosc(LZ4, bytes);
      case "blosc-zstd" -> blosc(ZSTD, bytes);
      case "crc32c" -> {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        yield little(bytes.length + Integer.BYTES).put(bytes).putInt((int) sum.getValue()).array();
      }
      default -> throw new AssertionError(codec);
    };
  }

  /** One block, its values of four bytes shuffled. */
  private static byte[] blosc(int codec, byte[] bytes) {
    byte[] shuffled = new byte[bytes.length];
    int values = bytes.length / 4;
    for (int i = 0; i < bytes.length; i++) {
      shuffled[i % 4 * values + i / 4] = bytes[i];
    }
    byte[] stream = run(codec == LZ4 ? new Lz4Compressor() : new ZstdCompressor(), shuffled);
    int length = 16 + 4 + 4 + stream.length;
    return little(length)
        .put((byte) 2)
        .put((byte) 1)
        .put((byte) (SHUFFLED | NOT_SPLIT | codec << 5))
        .put((byte) 4)
        .putInt(bytes.length)
        .putInt(bytes.length)
        .putInt(length)
        .putInt(20)
        .putInt(stream.length)
        .put(stream)
        .array();
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] run(Compressor compressor, byte[] bytes) {
    byte[] out = new byte[compressor.maxCompressedLength(bytes.length)];
    return Arrays.copyOf(out, compressor.compress(bytes, 0, bytes.length, out, 0, out.length));
  }

  private static byte[] deflated(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream stream = new DeflaterOutputStream(out, new Deflater(9))) {
      stream.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream stream = new GZIPOutputStream(out)) {
      stream.write(bytes);
    }
    return out.toByteArray();
  }
}

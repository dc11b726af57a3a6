package org.skinspectra.format;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The lossless compressions of TIFF 6.0 and its supplements: LZW, Deflate, PackBits, and the
 * predictors. ImageJ's decoders of them cannot be called for a single strip or tile.
 */
final class TiffCompression {

  private static final int NONE = 1;
  private static final int LZW = 5;
  static final int DEFLATE = 8;
  private static final int OLD_DEFLATE = 32946;
  private static final int PACK_BITS = 32773;

  private TiffCompression() {}

  /**
   * @throws IOException if images of this compression are not read
   */
  static void requireKnown(int compression) throws IOException {
    switch (compression) {
      case NONE, LZW, DEFLATE, OLD_DEFLATE, PACK_BITS -> {
        // These are read.
      }
      default ->
          throw new IOException(
              "TIFF compression %d is not read; none, LZW, Deflate and PackBits are"
                  .formatted(compression));
    }
  }

  /**
   * Makes sure that so few bytes can become that many, before memory is taken for them.
   *
   * @throws IOException if not
   */
  static void requirePossible(int compression, long stored, long bytes) throws IOException {
    // The most that one byte can stand for: Deflate 1032 (zlib's manual), PackBits 64, LZW strings
    // of 4096 in 12 bits.
    int most = compression == PACK_BITS ? 64 : compression == LZW ? 2731 : 1032;
    if (bytes > (stored + 8) * most) {
      throw new EOFException(
          "a strip or tile of %d bytes is said to hold %d when decompressed"
              .formatted(stored, bytes));
    }
  }

  /**
   * Decompresses a segment.
   *
   * @param bytes that it has, neither more nor fewer
   */
  static byte[] decode(int compression, byte[] stored, int bytes) throws IOException {
    switch (compression) {
      case NONE -> {
        return stored;
      }
      case LZW -> {
        return lzw(stored, bytes);
      }
      case PACK_BITS -> {
        return packBits(stored, bytes);
      }
      default -> {
        return inflate(stored, bytes);
      }
    }
  }

  private static byte[] inflate(byte[] stored, int bytes) throws IOException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(stored);
      byte[] out = new byte[bytes];
      int done = 0;
      while (done < bytes) {
        int now = inflater.inflate(out, done, bytes - done);
        if (now == 0) {
          throw tooShort();
        }
        done += now;
      }
      return out;
    } catch (DataFormatException e) {
      throw new IOException("a compressed strip or tile is damaged: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  private static byte[] packBits(byte[] stored, int bytes) throws IOException {
    byte[] out = new byte[bytes];
    int done = 0;
    int at = 0;
    while (done < bytes) {
      if (at + 1 >= stored.length) {
        throw tooShort();
      }
      int n = stored[at++];
      if (n >= 0) {
        int count = Math.min(n + 1, bytes - done);
        if (at + count > stored.length) {
          throw tooShort();
        }
        System.arraycopy(stored, at, out, done, count);
        at += n + 1;
        done += count;
      } else if (n != -128) {
        int count = Math.min(1 - n, bytes - done);
        java.util.Arrays.fill(out, done, done + count, stored[at++]);
        done += count;
      }
    }
    return out;
  }

  /**
   * LZW as TIFF has it: most significant bit first, code lengths that grow one code early. A string
   * of the table is kept as its place in what was decoded already: the string of a new code is the
   * string before and the byte that follows it there.
   */
  private static byte[] lzw(byte[] stored, int bytes) throws IOException {
    byte[] out = new byte[bytes];
    int[] starts = new int[4097];
    int[] lengths = new int[4097];
    int next = 258;
    int width = 9;
    int before = -1;
    int beforeStart = 0;
    int beforeLength = 0;
    int done = 0;
    long bit = 0;
    while (done < bytes) {
      if (bit + width > 8L * stored.length) {
        throw tooShort();
      }
      int code = 0;
      int at = (int) (bit >> 3);
      int taken = 0;
      while (taken < 24) {
        code = code << 8 | (at < stored.length ? stored[at] & 0xff : 0);
        at++;
        taken += 8;
      }
      code = code >> 24 - width - (int) (bit & 7) & (1 << width) - 1;
      bit += width;
      if (code == 256) {
        next = 258;
        width = 9;
        before = -1;
        continue;
      }
      if (code == 257) {
        throw tooShort();
      }
      int start = done;
      int length;
      if (code < 256) {
        length = 1;
        out[done] = (byte) code;
      } else if (code < next) {
        length = Math.min(lengths[code], bytes - done);
        System.arraycopy(out, starts[code], out, done, length);
      } else if (code == next && before >= 0) {
        length = Math.min(beforeLength + 1, bytes - done);
        System.arraycopy(out, beforeStart, out, done, Math.min(beforeLength, length));
        if (length > beforeLength) {
          out[done + beforeLength] = out[beforeStart];
        }
      } else {
        throw new IOException("a strip or tile compressed with LZW is damaged");
      }
      if (before >= 0 && next < 4096) {
        starts[next] = beforeStart;
        lengths[next] = beforeLength + 1;
        next++;
        if (next >= (1 << width) - 1 && width < 12) {
          width++;
        }
      }
      before = code;
      beforeStart = start;
      beforeLength = length;
      done += length;
    }
    return out;
  }

  private static EOFException tooShort() {
    return new EOFException("a compressed strip or tile is too short");
  }

  // -- Predictors --

  /** Undoes differences between neighbours in a row, in place. */
  static void undoPredictor(
      int predictor, byte[] bytes, int width, int samples, int sampleBytes, ByteOrder order) {
    int rowBytes = width * samples * sampleBytes;
    if (predictor == 2) {
      ByteBuffer values = ByteBuffer.wrap(bytes).order(order);
      int step = samples * sampleBytes;
      for (int row = 0; row < bytes.length; row += rowBytes) {
        for (int at = row + step; at < row + rowBytes; at += sampleBytes) {
          add(values, at, at - step, sampleBytes);
        }
      }
      return;
    }
    // Floating point (Adobe Photoshop TIFF technical note 3, 2005): the most significant bytes of
    // a row first, each byte as its difference to the one before.
    byte[] shuffled = new byte[rowBytes];
    int values = width * samples;
    for (int row = 0; row < bytes.length; row += rowBytes) {
      for (int i = samples; i < rowBytes; i++) {
        bytes[row + i] += bytes[row + i - samples];
      }
      System.arraycopy(bytes, row, shuffled, 0, rowBytes);
      for (int value = 0; value < values; value++) {
        for (int k = 0; k < sampleBytes; k++) {
          int place = order == ByteOrder.BIG_ENDIAN ? k : sampleBytes - 1 - k;
          bytes[row + value * sampleBytes + place] = shuffled[k * values + value];
        }
      }
    }
  }

  private static void add(ByteBuffer values, int at, int before, int sampleBytes) {
    switch (sampleBytes) {
      case 1 -> values.put(at, (byte) (values.get(at) + values.get(before)));
      case 2 -> values.putShort(at, (short) (values.getShort(at) + values.getShort(before)));
      case 4 -> values.putInt(at, values.getInt(at) + values.getInt(before));
      default -> values.putLong(at, values.getLong(at) + values.getLong(before));
    }
  }
}

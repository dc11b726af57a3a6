package org.skinspectra.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The 128 bytes that MATLAB files begin with since version 5: 116 of text, 8 of nothing, the
 * version and the byte order (MathWorks, MAT-File Format, R2023a, 1-5).
 */
final class MatlabHeader {

  static final int BYTES = 128;

  /** Versions as they stand in the header. */
  static final int VERSION_5 = 0x0100;

  static final int VERSION_7_3 = 0x0200;

  private static final int TEXT_BYTES = 116;
  private static final int VERSION = 124;
  private static final short MI = ('M' << 8) | 'I';

  private MatlabHeader() {}

  /** A header in little-endian order. */
  static byte[] of(String matlabVersion, int version) {
    byte[] header = new byte[BYTES];
    Arrays.fill(header, 0, TEXT_BYTES, (byte) ' ');
    byte[] text =
        ("MATLAB " + matlabVersion + " MAT-file, written by Skin Spectra")
            .getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, header, 0, text.length);
    ByteBuffer.wrap(header)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(VERSION, (short) version)
        .putShort(VERSION + 2, MI);
    return header;
  }

  /** The byte order of a file of a version; empty where it is of another, or no MATLAB file. */
  static Optional<ByteOrder> order(byte[] head, int version) {
    if (head.length >= BYTES) {
      for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
        ByteBuffer buffer = ByteBuffer.wrap(head).order(order);
        if (buffer.getShort(VERSION + 2) == MI && buffer.getShort(VERSION) == version) {
          return Optional.of(order);
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the text of a file's header begins so. */
  static boolean startsWith(byte[] head, String text) {
    return new String(head, 0, Math.min(head.length, TEXT_BYTES), StandardCharsets.ISO_8859_1)
        .startsWith(text);
  }
}

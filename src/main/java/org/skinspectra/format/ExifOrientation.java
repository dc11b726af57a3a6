package org.skinspectra.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How a picture is to be turned to stand upright, as cameras state it by the tag {@code
 * Orientation} of a TIFF or of the Exif block in a JPEG or PNG (Exif 2.32, 4.6.4.A). No library
 * that reads the pixels heeds it, ImageJ neither.
 */
final class ExifOrientation {

  /** As it lies in the file. */
  static final int UPRIGHT = 1;

  private static final int JPEG_APP1 = 0xe1;
  private static final int JPEG_SCAN = 0xda;
  private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

  private ExifOrientation() {}

  /** 1 to 8; {@link #UPRIGHT} where the file states none. */
  static int of(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      int start = in.readUnsignedShort();
      return switch (start) {
        case 0xffd8 -> ofJpeg(in);
        case 0x8950 -> ofPng(in);
        case 0x4949, 0x4d4d -> ofTiff(in, 0);
        default -> UPRIGHT;
      };
    } catch (EOFException e) {
      // A block that breaks off states nothing; whether the pixels do is seen when they are read.
      return UPRIGHT;
    }
  }

  private static int ofJpeg(RandomAccessFile in) throws IOException {
    for (long at = 2; ; ) {
      in.seek(at);
      if (in.readUnsignedByte() != 0xff) {
        return UPRIGHT;
      }
      int marker = in.readUnsignedByte();
      if (marker == 0xff) {
        // A marker may be preceded by any number of such bytes.
        at++;
        continue;
      }
      if (marker == JPEG_SCAN) {
        return UPRIGHT;
      }
      int length = in.readUnsignedShort();
      byte[] name = new byte[EXIF.length];
      if (marker == JPEG_APP1 && length >= 2 + EXIF.length) {
        in.readFully(name);
        if (Arrays.equals(name, EXIF)) {
          return ofTiff(in, in.getFilePointer());
        }
      }
      at += 2 + Math.max(2, length);
    }
  }

  private static int ofPng(RandomAccessFile in) throws IOException {
    for (long at = 8; ; ) {
      in.seek(at);
      long length = in.readInt() & 0xffffffffL;
      byte[] name = new byte[4];
      in.readFully(name);
      if (new String(name, StandardCharsets.ISO_8859_1).equals("eXIf")) {
        return ofTiff(in, in.getFilePointer());
      }
      at += 12 + length;
    }
  }

  private static int ofTiff(RandomAccessFile in, long base) throws IOException {
    return TiffGlance.at(in, base).map(TiffGlance::orientation).orElse(UPRIGHT);
  }
}

package org.skinspectra.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first directory of a TIFF, or of the Exif block in a picture, looked at only to tell what it
 * is (TIFF 6.0, Adobe 1992). What is said of values that are not there is what TIFF says.
 *
 * @param samples values of a pixel
 * @param isFloat whether they are floating point
 * @param orientation how it is to be turned, 1 to 8; 1 as it lies there
 * @param several whether more images follow, as directories or, by ImageJ's description, as slices
 */
record TiffGlance(int samples, boolean isFloat, int orientation, boolean several) {

  private static final int DESCRIPTION = 270;
  private static final int ORIENTATION = 274;
  private static final int SAMPLES = 277;
  private static final int SAMPLE_FORMAT = 339;
  private static final int IEEE = 3;
  private static final int ENTRY_BYTES = 12;
  private static final int DESCRIPTION_BYTES = 200;
  private static final int LITTLE = 0x4949;
  private static final int BIG = 0x4d4d;
  private static final Pattern IMAGES = Pattern.compile("(?m)^images=(\\d+)");

  /** Of a file; empty if it is a folder, no TIFF, a BigTIFF, or breaks off. */
  static Optional<TiffGlance> of(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      return at(in, 0);
    }
  }

  /** Of a block that begins at {@code base}; empty if there is none, or it breaks off. */
  static Optional<TiffGlance> at(RandomAccessFile in, long base) throws IOException {
    try {
      in.seek(base);
      int order = in.readUnsignedShort();
      boolean little = order == LITTLE;
      if (!little && order != BIG || number(in, little, 2) != 42) {
        return Optional.empty();
      }
      return Optional.of(directory(in, little, base, base + number(in, little, 4)));
    } catch (EOFException e) {
      return Optional.empty();
    }
  }

  private static TiffGlance directory(RandomAccessFile in, boolean little, long base, long at)
      throws IOException {
    in.seek(at);
    int entries = (int) number(in, little, 2);
    int samples = 1;
    boolean isFloat = false;
    int orientation = 1;
    boolean several = false;
    for (int entry = 0; entry < entries; entry++) {
      in.seek(at + 2 + (long) entry * ENTRY_BYTES);
      int tag = (int) number(in, little, 2);
      number(in, little, 2);
      long count = number(in, little, 4);
      switch (tag) {
        case SAMPLES -> samples = (int) number(in, little, 2);
        case ORIENTATION -> orientation = (int) number(in, little, 2);
        case SAMPLE_FORMAT -> {
          if (count * 2 > 4) {
            in.seek(base + number(in, little, 4));
          }
          isFloat = number(in, little, 2) == IEEE;
        }
        case DESCRIPTION -> {
          if (count > 4) {
            in.seek(base + number(in, little, 4));
            several |= imagesOf(in, count) > 1;
          }
        }
        default -> {
          // Of no interest here.
        }
      }
    }
    in.seek(at + 2 + (long) entries * ENTRY_BYTES);
    several |= number(in, little, 4) != 0;
    boolean known = orientation >= 1 && orientation <= 8;
    return new TiffGlance(samples, isFloat, known ? orientation : 1, several);
  }

  private static int imagesOf(RandomAccessFile in, long count) throws IOException {
    byte[] text = new byte[(int) Math.min(count, DESCRIPTION_BYTES)];
    in.readFully(text);
    Matcher images = IMAGES.matcher(new String(text, StandardCharsets.ISO_8859_1));
    return images.find() && images.group(1).length() < 9 ? Integer.parseInt(images.group(1)) : 1;
  }

  private static long number(RandomAccessFile in, boolean little, int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      long next = in.readUnsignedByte();
      value = little ? value | next << 8 * i : value << 8 | next;
    }
    return value;
  }
}

package org.skinspectra.format;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.skinspectra.SkinSpectraIOException;

/**
 * Holds the counts in a TIFF's directories and in ImageJ's metadata against the length of the file,
 * since ImageJ's decoder takes memory for whatever a file states and follows directories for ever
 * when they form a ring. (TIFF 6.0, Adobe 1992; metadata as ImageJ's TiffEncoder writes them.)
 */
final class TiffBounds {

  private static final int MOST_DIRECTORIES = 65_535;
  private static final int MOST_ENTRIES = 1000;
  private static final int COMPRESSION = 259;
  private static final int STRIP_OFFSETS = 273;
  private static final int STRIP_BYTE_COUNTS = 279;
  private static final int IMAGEJ_BYTE_COUNTS = 50838;
  private static final int IMAGEJ_METADATA = 50839;
  private static final int SHORT = 3;

  private final Path file;
  private final FileChannel channel;
  private final long length;
  private final ByteOrder order;
  private long claimed;
  private long[] metadataBytes = {};

  private TiffBounds(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.length = channel.size();
    this.order = read(0, 2).getShort() == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }

  /** Whether a file that starts like this is a TIFF, or a BigTIFF. */
  static boolean startsOne(byte[] head) {
    if (head.length < 8 || head[0] != head[1] || head[0] != 'I' && head[0] != 'M') {
      return false;
    }
    int magic = head[0] == 'I' ? head[2] | head[3] << 8 : head[2] << 8 | head[3];
    return magic == 42 || magic == 43;
  }

  /**
   * Checks the whole structure.
   *
   * @throws SkinSpectraIOException if it leads outside the file or is of a kind that is not read
   */
  static void check(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      new TiffBounds(file, channel).check();
    }
  }

  private void check() throws IOException {
    ByteBuffer header = read(0, 8);
    if (header.getShort(2) != 42) {
      throw new SkinSpectraIOException(
          file
              + " is a BigTIFF, which is not read. Save it as ENVI (.hdr) or as a TIFF up to 4 GB.");
    }
    Set<Long> seen = new HashSet<>();
    long directory = unsigned(header.getInt(4));
    while (directory > 0) {
      if (!seen.add(directory) || seen.size() > MOST_DIRECTORIES) {
        throw damaged("its directories form a ring or are too many");
      }
      directory = checkDirectory(directory);
    }
  }

  /** Checks one directory and returns where the next one is, 0 after the last. */
  private long checkDirectory(long start) throws IOException {
    int entries = read(start, 2).getShort() & 0xffff;
    if (entries < 1 || entries > MOST_ENTRIES) {
      throw damaged("a directory has " + entries + " entries");
    }
    ByteBuffer directory = read(start + 2, 12 * entries + 4);
    for (int i = 0; i < entries; i++) {
      checkEntry(directory.slice(12 * i, 12).order(order));
    }
    return unsigned(directory.getInt(12 * entries));
  }

  private void checkEntry(ByteBuffer entry) throws IOException {
    int tag = entry.getShort(0) & 0xffff;
    int type = entry.getShort(2) & 0xffff;
    long count = unsigned(entry.getInt(4));
    int value = type == SHORT && count == 1 ? entry.getShort(8) & 0xffff : entry.getInt(8);
    boolean decodedAsInts =
        tag == STRIP_OFFSETS || tag == STRIP_BYTE_COUNTS || tag == IMAGEJ_BYTE_COUNTS;
    long bytes = count * (decodedAsInts ? 4 : bytesOf(type));
    if (bytes > 4) {
      claim(unsigned(value), bytes);
    }
    switch (tag) {
      case COMPRESSION -> {
        if (value != 0 && value != 1) {
          throw new SkinSpectraIOException(
              "%s is compressed (TIFF compression %d), which is not read. Open it in Fiji and save it as Tiff."
                  .formatted(file, value));
        }
      }
      case IMAGEJ_BYTE_COUNTS -> {
        ByteBuffer counts = read(unsigned(value), (int) bytes);
        metadataBytes = new long[(int) count];
        for (int i = 0; i < metadataBytes.length; i++) {
          metadataBytes[i] = unsigned(counts.getInt(4 * i));
        }
      }
      case IMAGEJ_METADATA -> checkMetadata(unsigned(value));
      default -> {
        // Of the other entries only the place was to be checked.
      }
    }
  }

  /** A header of (type, count) pairs, then the items, whose lengths are the byte counts. */
  private void checkMetadata(long start) throws IOException {
    if (metadataBytes.length == 0) {
      return;
    }
    long total = 0;
    for (long bytes : metadataBytes) {
      total += bytes;
    }
    claim(start, total);
    int header = (int) Math.min(metadataBytes[0], 1 << 20);
    ByteBuffer pairs = read(start, header);
    long items = 0;
    for (int at = 8; at + 4 <= header; at += 8) {
      items += unsigned(pairs.getInt(at));
    }
    if (items > metadataBytes.length - 1) {
      throw damaged("its metadata announce " + items + " items");
    }
  }

  private static int bytesOf(int type) {
    return switch (type) {
      case 1, 2, 6, 7 -> 1;
      case SHORT, 8 -> 2;
      case 5, 10, 12, 16, 17, 18 -> 8;
      default -> 4;
    };
  }

  /** All that the directories point at cannot be much more than the file: places may be shared. */
  private void claim(long start, long bytes) {
    claimed += bytes;
    if (start + bytes > length || claimed > 4 * length) {
      throw damaged("it points at %d bytes at %d in a file of %d".formatted(bytes, start, length));
    }
  }

  private SkinSpectraIOException damaged(String what) {
    return new SkinSpectraIOException("TIFF file " + file + " is damaged: " + what + ".");
  }

  private ByteBuffer read(long position, int bytes) throws IOException {
    if (position + bytes > length) {
      throw new EOFException("it ends before its directories do");
    }
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException("it ends before its directories do");
      }
    }
    return buffer.flip().order(order == null ? ByteOrder.BIG_ENDIAN : order);
  }

  private static long unsigned(int value) {
    return value & 0xffffffffL;
  }
}

package org.skinspectra.format;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skinspectra.SkinSpectraIOException;

/**
 * An open TIFF or BigTIFF (TIFF 6.0, Adobe 1992; BigTIFF, Aware Systems 2007) of which nothing is
 * believed: what its directories point at must lie in the file and be about as much as the file,
 * and directories may form no ring. ImageJ's own decoder knows neither tiles nor BigTIFF and takes
 * memory for whatever a file states.
 */
final class TiffFile implements Closeable {

  private static final int MOST_DIRECTORIES = 500_000;
  private static final int MOST_ENTRIES = 1000;
  private static final long MOST_KEPT_BYTES = 256L << 20;

  /** Bytes in the file. */
  record Place(long position, long length) {}

  private final Path path;
  private final FileChannel channel;
  private final long length;
  private final ByteOrder order;
  private final boolean big;
  private final long firstDirectory;
  private final Map<Segment, ByteBuffer> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long keptBytes;
  private long claimed;

  private TiffFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.length = channel.size();
    byte[] start = bytes(0, 8).array();
    if (!TiffBounds.startsOne(start)) {
      throw new IOException("it is no TIFF");
    }
    order = start[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    big = ByteBuffer.wrap(start).order(order).getShort(2) == 43;
    if (big) {
      ByteBuffer header = bytes(0, 16);
      if (header.getShort(4) != 8) {
        throw damaged("its offsets have " + header.getShort(4) + " bytes, not 8");
      }
      firstDirectory = header.getLong(8);
    } else {
      firstDirectory = bytes(4, 4).getInt() & 0xffffffffL;
    }
  }

  /** Opens a file and reads its header only. */
  static TiffFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path);
    try {
      return new TiffFile(path, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  ByteOrder order() {
    return order;
  }

  long length() {
    return length;
  }

  // -- Directories --

  /** All images, in the order of the file. */
  List<TiffImage> images() throws IOException {
    List<TiffImage> images = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    long[] next = {firstDirectory};
    while (next[0] != 0) {
      if (!seen.add(next[0]) || seen.size() > MOST_DIRECTORIES) {
        throw damaged("its directories form a ring or are too many");
      }
      images.add(directory(next[0], next));
    }
    if (images.isEmpty()) {
      throw new IOException("it holds no image");
    }
    return images;
  }

  /** The first image, whatever follows it. */
  TiffImage first() throws IOException {
    return imageAt(firstDirectory);
  }

  /** The image whose directory lies at {@code position}. */
  TiffImage imageAt(long position) throws IOException {
    return directory(position, new long[1]);
  }

  private TiffImage directory(long start, long[] next) throws IOException {
    int countBytes = big ? 8 : 2;
    int entryBytes = big ? 20 : 12;
    long entries = big ? bytes(start, 8).getLong() : bytes(start, 2).getShort() & 0xffff;
    if (entries < 1 || entries > MOST_ENTRIES) {
      throw damaged("a directory has " + entries + " entries");
    }
    int bytes = (int) entries * entryBytes;
    ByteBuffer directory = bytes(start + countBytes, bytes + (big ? 8 : 4));
    TiffImage.Builder image = new TiffImage.Builder(order, start);
    for (int i = 0; i < entries; i++) {
      long place = start + countBytes + (long) i * entryBytes;
      entry(directory.slice(i * entryBytes, entryBytes).order(order), place, image);
    }
    next[0] = big ? directory.getLong(bytes) : directory.getInt(bytes) & 0xffffffffL;
    return image.build();
  }

  private void entry(ByteBuffer entry, long start, TiffImage.Builder image) throws IOException {
    int tag = entry.getShort(0) & 0xffff;
    int type = entry.getShort(2) & 0xffff;
    long count = big ? entry.getLong(4) : entry.getInt(4) & 0xffffffffL;
    int size = bytesOf(type);
    if (size == 0 || !TiffImage.Builder.wants(tag)) {
      return;
    }
    if (count < 0 || count > length) {
      throw damaged("entry " + tag + " has " + count + " values");
    }
    int inline = big ? 12 : 8;
    Place place = new Place(start + inline, count * size);
    if (place.length() > (big ? 8 : 4)) {
      long at = big ? entry.getLong(inline) : entry.getInt(inline) & 0xffffffffL;
      place = new Place(at, count * size);
      claim(place);
    }
    if (TiffImage.Builder.wantsPlace(tag)) {
      image.place(tag, place);
    } else {
      image.values(tag, numbers(place, type, (int) count));
    }
  }

  private long[] numbers(Place place, int type, int count) throws IOException {
    ByteBuffer values = bytes(place.position(), (int) place.length());
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] =
          switch (bytesOf(type)) {
            case 1 -> values.get(i) & 0xff;
            case 2 -> values.getShort(2 * i) & 0xffff;
            case 4 -> values.getInt(4 * i) & 0xffffffffL;
            default -> values.getLong(8 * i);
          };
    }
    return numbers;
  }

  private static int bytesOf(int type) {
    return switch (type) {
      case 1, 2, 6, 7 -> 1;
      case 3, 8 -> 2;
      case 4, 9, 11, 13 -> 4;
      case 5, 10, 12, 16, 17, 18 -> 8;
      default -> 0;
    };
  }

  /** All that the directories point at cannot be much more than the file: places may be shared. */
  private void claim(Place place) throws IOException {
    claimed += place.length();
    if (place.position() < 0
        || place.position() > length - place.length()
        || claimed > 4 * length
        || place.length() > Integer.MAX_VALUE - 8) {
      throw damaged(
          "it points at %d bytes at %d in a file of %d"
              .formatted(place.length(), place.position(), length));
    }
  }

  private SkinSpectraIOException damaged(String what) {
    return new SkinSpectraIOException("TIFF file " + path + " is damaged: " + what + ".");
  }

  // -- Decoded strips and tiles --

  /** Decodes a strip or tile. */
  @FunctionalInterface
  interface Decoding {
    ByteBuffer decode() throws IOException;
  }

  /** A strip or tile of an image of this file. */
  private record Segment(TiffImage image, int number) {}

  /**
   * A strip or tile of which only a part is wanted now: it is kept for the other parts, which are
   * likely to be asked for next, as far as memory is to spare.
   */
  ByteBuffer kept(TiffImage image, int number, Decoding decoding) throws IOException {
    Segment segment = new Segment(image, number);
    ByteBuffer there = kept.get(segment);
    if (there != null) {
      return there;
    }
    ByteBuffer decoded = decoding.decode();
    long most = Math.min(MOST_KEPT_BYTES, Runtime.getRuntime().maxMemory() / 8);
    if (decoded.capacity() <= most) {
      Iterator<ByteBuffer> oldest = kept.values().iterator();
      while (keptBytes + decoded.capacity() > most) {
        keptBytes -= oldest.next().capacity();
        oldest.remove();
      }
      kept.put(segment, decoded);
      keptBytes += decoded.capacity();
    }
    return decoded;
  }

  // -- Bytes --

  /** A text of the file, without the zero that ends it; empty where there is none. */
  Optional<String> text(Optional<Place> place, int longest) throws IOException {
    if (place.isEmpty()) {
      return Optional.empty();
    }
    if (place.get().length() > longest) {
      throw new IOException(
          "it holds a text of %d bytes; at most %d are read"
              .formatted(place.get().length(), longest));
    }
    byte[] bytes = bytes(place.get().position(), (int) place.get().length()).array();
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return Optional.of(new String(bytes, 0, end, StandardCharsets.UTF_8));
  }

  /**
   * Bytes in the file's byte order; the length is held against the file's before memory is taken.
   */
  ByteBuffer bytes(long position, int count) throws IOException {
    if (position < 0 || position > length - count) {
      throw new EOFException("it ends before what it points at");
    }
    ByteBuffer buffer = ByteBuffer.allocate(count);
    fill(position, buffer);
    return buffer.order(order == null ? ByteOrder.BIG_ENDIAN : order);
  }

  /** Fills the rest of a buffer and flips it. */
  void fill(long position, ByteBuffer buffer) throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, at);
      if (read < 0) {
        throw new EOFException("it ends before its last pixel");
      }
      at += read;
    }
    buffer.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

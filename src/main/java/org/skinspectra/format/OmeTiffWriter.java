package org.skinspectra.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.skinspectra.SoftwareVersion;

/**
 * Writes planes as a TIFF with one directory for each, little-endian, the OME-XML as the
 * description of the first. Larger ones than 4 GB are written as BigTIFF. ImageJ's encoder writes
 * neither of the two.
 */
final class OmeTiffWriter {

  private static final long LONGEST_TIFF = 0xffffffffL;
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int DEFLATED_STRIP_BYTES = 1 << 18;

  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int ASCII = 2;
  private static final int LONG8 = 16;

  /** One entry of a directory: numbers, or text. */
  private record Entry(int tag, int type, long[] numbers, byte[] text) {
    static Entry of(int tag, int type, long... numbers) {
      return new Entry(tag, type, numbers, null);
    }

    static Entry of(int tag, byte[] text) {
      return new Entry(tag, ASCII, null, text);
    }

    int count() {
      return text == null ? numbers.length : text.length + 1;
    }

    int bytes() {
      return count()
          * switch (type) {
            case ASCII -> 1;
            case SHORT -> 2;
            case LONG -> 4;
            default -> 8;
          };
    }

    void put(ByteBuffer out) {
      if (text != null) {
        out.put(text).put((byte) 0);
        return;
      }
      for (long number : numbers) {
        switch (type) {
          case SHORT -> out.putShort((short) number);
          case LONG -> out.putInt((int) number);
          default -> out.putLong(number);
        }
      }
    }
  }

  private final CubeSource source;
  private final WriteOptions options;
  private final SampleQuantizer samples;
  private final byte[] description;
  private final boolean big;
  private final FileChannel out;
  private long position;

  private OmeTiffWriter(
      CubeSource source,
      WriteOptions options,
      SampleQuantizer samples,
      byte[] description,
      boolean big,
      FileChannel out) {
    this.source = source;
    this.options = options;
    this.samples = samples;
    this.description = description;
    this.out = out;
    this.big = big;
  }

  /** Whether the file may become larger than a TIFF that is no BigTIFF can be. */
  static boolean isBig(CubeSource source, WriteOptions options, int description) {
    double pixels = (double) source.width() * source.height() * source.bands();
    // What Deflate can add to bytes that do not compress is less than a thousandth.
    double bytes = pixels * options.sample().bytes() * (options.compressed() ? 1.001 : 1);
    double directories = source.bands() * (300.0 + 16.0 * strips(source, options));
    return bytes + directories + description > LONGEST_TIFF - BUFFER_BYTES;
  }

  /**
   * Writes a whole file.
   *
   * @param description the OME-XML
   * @param big whether as BigTIFF
   */
  static void write(
      Path file,
      CubeSource source,
      WriteOptions options,
      SampleQuantizer samples,
      byte[] description,
      boolean big)
      throws IOException {
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      new OmeTiffWriter(source, options, samples, description, big, out).write();
    }
  }

  private void write() throws IOException {
    ByteBuffer header = buffer(16).put((byte) 'I').put((byte) 'I');
    if (big) {
      header.putShort((short) 43).putShort((short) 8).putShort((short) 0).putLong(0);
    } else {
      header.putShort((short) 42).putInt(0);
    }
    append(header.flip());
    long link = big ? 8 : 4;
    BandReader reader = new BandReader(source);
    for (int band = 0; band < source.bands(); band++) {
      List<long[]> strips = writePixels(reader.plane(band));
      align();
      long start = position;
      long next = writeDirectory(band, strips);
      ByteBuffer pointer = buffer(8);
      fully(big ? pointer.putLong(start).flip() : pointer.putInt((int) start).flip(), link);
      link = next;
    }
  }

  // -- Pixels --

  private static int rowsPerStrip(CubeSource source, WriteOptions options) {
    long row = (long) source.width() * options.sample().bytes();
    return options.compressed()
        ? (int) Math.max(1, Math.min(source.height(), DEFLATED_STRIP_BYTES / row))
        : source.height();
  }

  private static int strips(CubeSource source, WriteOptions options) {
    int rows = rowsPerStrip(source, options);
    return (source.height() - 1) / rows + 1;
  }

  /** Writes a plane and returns position and length of its strips. */
  private List<long[]> writePixels(float[] plane) throws IOException {
    List<long[]> strips = new ArrayList<>();
    int rows = rowsPerStrip(source, options);
    for (int y = 0; y < source.height(); y += rows) {
      align();
      long start = position;
      int first = y * source.width();
      int count = Math.min(rows, source.height() - y) * source.width();
      if (options.compressed()) {
        append(ByteBuffer.wrap(deflated(plane, first, count)));
      } else {
        writePlain(plane, first, count);
      }
      strips.add(new long[] {start, position - start});
    }
    return strips;
  }

  private void writePlain(float[] plane, int first, int count) throws IOException {
    int atOnce = BUFFER_BYTES / options.sample().bytes();
    ByteBuffer buffer = buffer(Math.min(count, atOnce) * options.sample().bytes());
    for (int done = 0; done < count; done += atOnce) {
      samples.put(plane, first + done, Math.min(atOnce, count - done), buffer.clear());
      append(buffer.flip());
    }
  }

  private byte[] deflated(float[] plane, int first, int count) throws IOException {
    ByteBuffer buffer = buffer(count * options.sample().bytes());
    samples.put(plane, first, count, buffer);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(buffer.capacity() / 2 + 64);
    Deflater deflater = new Deflater();
    try (DeflaterOutputStream stream = new DeflaterOutputStream(bytes, deflater)) {
      stream.write(buffer.array());
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  // -- Directories --

  /** Writes a directory and returns where the position of the next has to be put. */
  private long writeDirectory(int band, List<long[]> strips) throws IOException {
    int offsetType = big ? LONG8 : LONG;
    List<Entry> entries = new ArrayList<>();
    entries.add(Entry.of(256, LONG, source.width()));
    entries.add(Entry.of(257, LONG, source.height()));
    entries.add(Entry.of(258, SHORT, 8L * options.sample().bytes()));
    entries.add(Entry.of(259, SHORT, options.compressed() ? TiffCompression.DEFLATE : 1));
    entries.add(Entry.of(262, SHORT, 1));
    if (band == 0) {
      entries.add(Entry.of(270, description));
    }
    entries.add(Entry.of(273, offsetType, strips.stream().mapToLong(s -> s[0]).toArray()));
    entries.add(Entry.of(277, SHORT, 1));
    entries.add(Entry.of(278, LONG, rowsPerStrip(source, options)));
    entries.add(Entry.of(279, offsetType, strips.stream().mapToLong(s -> s[1]).toArray()));
    if (band == 0) {
      String software = "Skin Spectra " + SoftwareVersion.text();
      entries.add(Entry.of(305, software.getBytes(StandardCharsets.US_ASCII)));
    }
    entries.add(Entry.of(339, SHORT, options.sample().isInteger() ? 1 : 3));

    int inline = big ? 8 : 4;
    int directoryBytes = (big ? 8 : 2) + entries.size() * (big ? 20 : 12) + inline;
    int outside = 0;
    for (Entry entry : entries) {
      outside += entry.bytes() > inline ? even(entry.bytes()) : 0;
    }
    ByteBuffer directory = buffer(directoryBytes);
    ByteBuffer values = buffer(outside);
    long valuesStart = position + directoryBytes;
    if (big) {
      directory.putLong(entries.size());
    } else {
      directory.putShort((short) entries.size());
    }
    for (Entry entry : entries) {
      directory.putShort((short) entry.tag()).putShort((short) entry.type());
      number(directory, entry.count());
      if (entry.bytes() > inline) {
        number(directory, valuesStart + values.position());
        entry.put(values);
        values.position(even(values.position()));
      } else {
        int end = directory.position() + inline;
        entry.put(directory);
        directory.position(end);
      }
    }
    long link = position + directory.position();
    number(directory, 0);
    append(directory.flip());
    append(values.clear());
    return link;
  }

  private void number(ByteBuffer directory, long value) {
    if (big) {
      directory.putLong(value);
    } else {
      directory.putInt((int) value);
    }
  }

  private static int even(int bytes) {
    return bytes + (bytes & 1);
  }

  // -- Bytes --

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Directories and strips begin at even positions (TIFF 6.0, section 2). */
  private void align() throws IOException {
    if ((position & 1) != 0) {
      append(buffer(1));
    }
  }

  private void append(ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    fully(bytes, position);
    position += count;
  }

  private void fully(ByteBuffer bytes, long at) throws IOException {
    long place = at;
    while (bytes.hasRemaining()) {
      place += out.write(bytes, place);
    }
  }
}

package org.skinspectra.format;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * One image of a TIFF as its directory describes it: strips or tiles ("segments"), samples together
 * or apart, uncompressed or compressed without loss.
 */
final class TiffImage {

  private static final int BUFFER_BYTES = 1 << 20;
  private static final int MOST_SAMPLES = 65_535;

  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int PHOTOMETRIC = 262;
  private static final int FILL_ORDER = 266;
  private static final int DESCRIPTION = 270;
  private static final int STRIP_OFFSETS = 273;
  private static final int SAMPLES = 277;
  private static final int ROWS_PER_STRIP = 278;
  private static final int STRIP_BYTES = 279;
  private static final int PLANAR = 284;
  private static final int PREDICTOR = 317;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;
  private static final int SAMPLE_FORMAT = 339;
  private static final int IMAGEJ_COUNTS = 50838;
  private static final int IMAGEJ_METADATA = 50839;
  private static final int MICRO_MANAGER = 51123;

  /** How a sample is stored. */
  enum Kind {
    UINT8(1),
    INT8(1),
    UINT16(2),
    INT16(2),
    UINT32(4),
    INT32(4),
    FLOAT32(4),
    FLOAT64(8);

    private final int bytes;

    Kind(int bytes) {
      this.bytes = bytes;
    }

    int bytes() {
      return bytes;
    }

    boolean isFloat() {
      return this == FLOAT32 || this == FLOAT64;
    }

    /** Such as {@code 16-bit}. */
    String text() {
      return 8 * bytes + "-bit " + (isFloat() ? "float" : name().startsWith("U") ? "" : "signed ");
    }

    private float at(ByteBuffer bytes, int index) {
      return switch (this) {
        case UINT8 -> bytes.get(index) & 0xff;
        case INT8 -> bytes.get(index);
        case UINT16 -> bytes.getShort(index) & 0xffff;
        case INT16 -> bytes.getShort(index);
        case UINT32 -> bytes.getInt(index) & 0xffffffffL;
        case INT32 -> bytes.getInt(index);
        case FLOAT32 -> bytes.getFloat(index);
        case FLOAT64 -> (float) bytes.getDouble(index);
      };
    }
  }

  /** What a directory says, entry by entry. */
  static final class Builder {

    private static final Set<Integer> PLACES =
        Set.of(DESCRIPTION, IMAGEJ_COUNTS, IMAGEJ_METADATA, MICRO_MANAGER);
    private static final Set<Integer> NUMBERS =
        Set.of(
            WIDTH,
            HEIGHT,
            BITS,
            COMPRESSION,
            PHOTOMETRIC,
            FILL_ORDER,
            STRIP_OFFSETS,
            SAMPLES,
            ROWS_PER_STRIP,
            STRIP_BYTES,
            PLANAR,
            PREDICTOR,
            TILE_WIDTH,
            TILE_HEIGHT,
            TILE_OFFSETS,
            TILE_BYTES,
            SAMPLE_FORMAT);

    private final TiffImage image;

    Builder(ByteOrder order, long position) {
      image = new TiffImage(order);
      image.position = position;
    }

    static boolean wants(int tag) {
      return NUMBERS.contains(tag) || PLACES.contains(tag);
    }

    /** Whether only the place of an entry's values is wanted. */
    static boolean wantsPlace(int tag) {
      return PLACES.contains(tag);
    }

    void place(int tag, TiffFile.Place place) {
      switch (tag) {
        case DESCRIPTION -> {
          // Of Micro-Manager's two the first is OME-XML.
          if (image.description == null) {
            image.description = place;
          }
        }
        case IMAGEJ_COUNTS -> image.imagejCounts = place;
        case IMAGEJ_METADATA -> image.imagejMetadata = place;
        default -> image.microManager = place;
      }
    }

    void values(int tag, long[] values) throws IOException {
      if (values.length == 0) {
        throw new IOException("entry " + tag + " of a directory is empty");
      }
      long value = values[0];
      switch (tag) {
        case WIDTH -> image.width = whole("width", value);
        case HEIGHT -> image.height = whole("height", value);
        case BITS -> image.bits = equal("bits per sample", values);
        case COMPRESSION -> image.compression = (int) value;
        case PHOTOMETRIC -> image.photometric = (int) value;
        case FILL_ORDER -> image.reversedBits = value == 2;
        case SAMPLES ->
            image.samples = (int) Math.min(whole("number of samples", value), MOST_SAMPLES);
        case PLANAR -> image.apart = value == 2;
        case PREDICTOR -> image.predictor = (int) value;
        case SAMPLE_FORMAT -> image.format = equal("sample format", values);
        case ROWS_PER_STRIP -> {
          if (!image.tiled) {
            image.segmentHeight = (int) Math.min(value, Integer.MAX_VALUE);
          }
        }
        case TILE_WIDTH -> {
          image.tiled = true;
          image.segmentWidth = whole("tile width", value);
        }
        case TILE_HEIGHT -> {
          image.tiled = true;
          image.segmentHeight = whole("tile height", value);
        }
        case STRIP_OFFSETS, TILE_OFFSETS -> image.offsets = values;
        default -> image.lengths = values;
      }
    }

    private static int whole(String what, long value) throws IOException {
      if (value < 1 || value > Integer.MAX_VALUE - 8) {
        throw new IOException("its " + what + " is " + value);
      }
      return (int) value;
    }

    private static int equal(String what, long[] values) throws IOException {
      if (Arrays.stream(values).anyMatch(value -> value != values[0])) {
        throw new IOException("its samples differ in " + what);
      }
      return (int) values[0];
    }

    TiffImage build() {
      if (!image.tiled) {
        image.segmentWidth = image.width;
        image.segmentHeight = Math.max(1, Math.min(image.segmentHeight, image.height));
      }
      return image;
    }
  }

  private final ByteOrder order;
  private long position;
  private int width;
  private int height;
  private int samples = 1;
  private int bits = 1;
  private int format = 1;
  private int photometric = 1;
  private int compression = 1;
  private int predictor = 1;
  private boolean apart;
  private boolean reversedBits;
  private boolean tiled;
  private int segmentWidth;
  private int segmentHeight = Integer.MAX_VALUE;
  private long[] offsets = {};
  private long[] lengths = {};
  private TiffFile.Place description;
  private TiffFile.Place imagejCounts;
  private TiffFile.Place imagejMetadata;
  private TiffFile.Place microManager;

  private TiffImage(ByteOrder order) {
    this.order = order;
  }

  /** An uncompressed image that lies in one piece, as an index of its own says. */
  static TiffImage plain(
      int width, int height, int samples, Kind kind, long position, ByteOrder order)
      throws IOException {
    if (width < 1 || height < 1) {
      throw new IOException("its size is %d x %d pixels".formatted(width, height));
    }
    TiffImage image = new TiffImage(order);
    image.width = width;
    image.height = height;
    image.samples = samples;
    image.bits = 8 * kind.bytes;
    image.format = kind.isFloat() ? 3 : kind.name().startsWith("U") ? 1 : 2;
    image.photometric = samples == 3 ? 2 : 1;
    image.segmentWidth = width;
    image.segmentHeight = height;
    image.offsets = new long[] {position};
    return image;
  }

  /** Plane number {@code index} of a stack of which the directory describes the first plane. */
  TiffImage inStack(int index, long gap) throws IOException {
    if (compression != 1 || samples != 1 || offsets.length == 0) {
      throw new IOException("a stack in one directory is uncompressed and grey, and this is not");
    }
    long bytes = (long) width * height * kind().bytes + gap;
    return plain(width, height, 1, kind(), offsets[0] + index * bytes, order);
  }

  /** Where its directory lies in the file. */
  long position() {
    return position;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int samples() {
    return samples;
  }

  /** Whether its three samples are red, green and blue. */
  boolean isRgb() {
    return photometric == 2 && samples == 3;
  }

  Optional<TiffFile.Place> description() {
    return Optional.ofNullable(description);
  }

  Optional<TiffFile.Place> imagejCounts() {
    return Optional.ofNullable(imagejCounts);
  }

  Optional<TiffFile.Place> imagejMetadata() {
    return Optional.ofNullable(imagejMetadata);
  }

  Optional<TiffFile.Place> microManager() {
    return Optional.ofNullable(microManager);
  }

  /**
   * How its samples are stored.
   *
   * @throws IOException if that is not read
   */
  Kind kind() throws IOException {
    Kind kind =
        switch (100 * format + bits) {
          case 108, 408 -> Kind.UINT8;
          case 116, 416 -> Kind.UINT16;
          case 132, 432 -> Kind.UINT32;
          case 208 -> Kind.INT8;
          case 216 -> Kind.INT16;
          case 232 -> Kind.INT32;
          case 332 -> Kind.FLOAT32;
          case 364 -> Kind.FLOAT64;
          default ->
              throw new IOException(
                  "its samples have %d bits (sample format %d), which is not read"
                      .formatted(bits, format));
        };
    if (photometric == 0 || photometric == 3) {
      throw new IOException(
          photometric == 0
              ? "its white is zero, which is not read"
              : "its pixels are numbers of a palette, which is not read");
    }
    return kind;
  }

  // -- Checks --

  private int across() {
    return ceiling(width, segmentWidth);
  }

  private int down() {
    return ceiling(height, segmentHeight);
  }

  private static int ceiling(int whole, int part) {
    return (int) (((long) whole + part - 1) / part);
  }

  private int samplesTogether() {
    return apart ? 1 : samples;
  }

  /** Bytes of a segment of whole rows; strips at the end may have fewer rows. */
  private long segmentBytes(int row) throws IOException {
    int rows = tiled ? segmentHeight : Math.min(segmentHeight, height - row * segmentHeight);
    double bytes = (double) rows * segmentWidth * samplesTogether() * kind().bytes;
    if (bytes > Long.MAX_VALUE / 4) {
      throw new IOException(
          "its strips or tiles are of %dx%d pixels".formatted(segmentWidth, rows));
    }
    return (long) bytes;
  }

  /**
   * Makes sure that all its pixels are there and can be read, before anybody takes memory for them.
   *
   * @throws IOException if not
   */
  void requireReadable(TiffFile file) throws IOException {
    if (width < 1 || height < 1 || segmentWidth < 1) {
      throw new IOException("its size is %d x %d pixels".formatted(width, height));
    }
    kind();
    TiffCompression.requireKnown(compression);
    if (reversedBits) {
      throw new IOException("the bits of its bytes are in reverse, which is not read");
    }
    if (predictor < 1 || predictor > 3 || predictor == 3 && !kind().isFloat()) {
      throw new IOException("TIFF predictor " + predictor + " is not read");
    }
    long segments = (long) across() * down() * (apart ? samples : 1);
    if (segments > offsets.length || compression != 1 && segments > lengths.length) {
      throw new EOFException(
          "it has %d strips or tiles, and %dx%d pixels are in %d"
              .formatted(offsets.length, width, height, segments));
    }
    for (int i = 0; i < segments; i++) {
      long bytes = segmentBytes(i / across() % down());
      long stored = compression == 1 ? bytes : lengths[i];
      if (offsets[i] < 8 || stored < 0 || offsets[i] > file.length() - stored) {
        throw new EOFException("its pixels are said to lie beyond its end");
      }
      if (compression != 1) {
        TiffCompression.requirePossible(compression, stored, bytes);
      }
    }
  }

  // -- Reading --

  /**
   * Reads a region of some samples.
   *
   * @param first number of the first sample, from 0
   * @param planes {@code [y][x]} of the region, one for each sample
   */
  void read(TiffFile file, int first, PixelRegion region, float[][] planes) throws IOException {
    for (int row = region.y() / segmentHeight; row < down(); row++) {
      if ((long) row * segmentHeight >= (long) region.y() + region.height()) {
        break;
      }
      for (int column = region.x() / segmentWidth; column < across(); column++) {
        if ((long) column * segmentWidth >= (long) region.x() + region.width()) {
          break;
        }
        if (apart) {
          for (int i = 0; i < planes.length; i++) {
            int segment = ((first + i) * down() + row) * across() + column;
            readSegment(file, segment, row, column, 0, region, new float[][] {planes[i]});
          }
        } else {
          readSegment(file, row * across() + column, row, column, first, region, planes);
        }
      }
    }
  }

  /** Reads what a segment and a region have in common. */
  private void readSegment(
      TiffFile file,
      int segment,
      int row,
      int column,
      int first,
      PixelRegion region,
      float[][] planes)
      throws IOException {
    int left = column * segmentWidth;
    int top = row * segmentHeight;
    int x0 = Math.max(left, region.x());
    int y0 = Math.max(top, region.y());
    int columns =
        (int) Math.min((long) left + segmentWidth, (long) region.x() + region.width()) - x0;
    int rows = (int) Math.min((long) top + segmentHeight, (long) region.y() + region.height()) - y0;
    int pixelBytes = samplesTogether() * kind().bytes;
    int into = (y0 - region.y()) * region.width() + x0 - region.x();
    if (compression == 1 && predictor == 1) {
      if (columns == segmentWidth && columns == region.width()) {
        // Whole rows lie one after the other in the file and in the planes.
        columns *= rows;
        rows = 1;
      }
      for (int y = 0; y < rows; y++) {
        long pixel = (long) (y0 - top + y) * segmentWidth + (x0 - left);
        readRun(
            file,
            offsets[segment] + pixel * pixelBytes,
            columns,
            first,
            planes,
            into + y * region.width());
      }
      return;
    }
    boolean allOfIt =
        columns == segmentWidth && (long) columns * rows * pixelBytes == segmentBytes(row);
    ByteBuffer bytes =
        allOfIt
            ? decoded(file, segment, row)
            : file.kept(this, segment, () -> decoded(file, segment, row));
    for (int y = 0; y < rows; y++) {
      int pixel = (y0 - top + y) * segmentWidth + (x0 - left);
      convert(bytes, pixel * pixelBytes, columns, first, planes, into + y * region.width());
    }
  }

  private void readRun(
      TiffFile file, long position, int pixels, int first, float[][] planes, int into)
      throws IOException {
    int pixelBytes = samplesTogether() * kind().bytes;
    int atOnce = Math.max(1, BUFFER_BYTES / pixelBytes);
    ByteBuffer buffer = ByteBuffer.allocate(Math.min(atOnce, pixels) * pixelBytes).order(order);
    for (int done = 0; done < pixels; done += atOnce) {
      int now = Math.min(atOnce, pixels - done);
      file.fill(position + (long) done * pixelBytes, buffer.clear().limit(now * pixelBytes));
      convert(buffer, 0, now, first, planes, into + done);
    }
  }

  private void convert(
      ByteBuffer bytes, int start, int pixels, int first, float[][] planes, int into)
      throws IOException {
    Kind kind = kind();
    int step = samplesTogether() * kind.bytes;
    for (int i = 0; i < planes.length; i++) {
      int at = start + (first + i) * kind.bytes;
      if (kind == Kind.FLOAT32 && step == Float.BYTES) {
        bytes.slice(at, pixels * step).order(order).asFloatBuffer().get(planes[i], into, pixels);
        continue;
      }
      for (int x = 0; x < pixels; x++, at += step) {
        planes[i][into + x] = kind.at(bytes, at);
      }
    }
  }

  private ByteBuffer decoded(TiffFile file, int segment, int row) throws IOException {
    long bytes = segmentBytes(row);
    long stored = compression == 1 ? bytes : lengths[segment];
    if (Math.max(bytes, stored) > Integer.MAX_VALUE - 8) {
      throw new IOException("a strip or tile of it has %d bytes, too many".formatted(bytes));
    }
    byte[] decoded =
        TiffCompression.decode(
            compression, file.bytes(offsets[segment], (int) stored).array(), (int) bytes);
    if (predictor != 1) {
      TiffCompression.undoPredictor(
          predictor, decoded, segmentWidth, samplesTogether(), kind().bytes, order);
    }
    return ByteBuffer.wrap(decoded).order(order);
  }
}

package org.skinspectra.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.skinspectra.SkinSpectraIOException;
import us.hebi.matlab.mat.format.Mat5Tag;
import us.hebi.matlab.mat.format.Mat5Type;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Source;
import us.hebi.matlab.mat.types.Sources;

/**
 * A MAT-5 file (MathWorks, MAT-File Format). MFL reads the tags; what they lead to is read past it,
 * which would take memory for whatever size a file claims, and hold all variables.
 */
final class Matlab5File {

  /** Deflate reaches 1032:1. */
  private static final long HIGHEST_COMPRESSION = 1100;

  private static final int TAG_BYTES = 8;
  private static final int MOST_VARIABLES = 10_000;
  private static final int MOST_DIMENSIONS = 32;
  private static final int LONGEST_NAME = 1024;
  private static final int LOGICAL = 1 << 9;
  private static final int COMPLEX = 1 << 11;

  private final Path path;
  private final FileChannel file;
  private final ByteOrder order;

  private Matlab5File(Path path, FileChannel file, ByteOrder order) {
    this.path = path;
    this.file = file;
    this.order = order;
  }

  /** Opens a variable of a file, the only cube where none is named. */
  static CubeSource open(Path path, Optional<String> variable) throws IOException {
    FileChannel file = FileChannel.open(path);
    try {
      byte[] header = new FileRange(file, 0, MatlabHeader.BYTES).readNBytes(MatlabHeader.BYTES);
      ByteOrder order =
          MatlabHeader.order(header, MatlabHeader.VERSION_5)
              .orElseThrow(
                  () ->
                      new SkinSpectraIOException(
                          path
                              + " begins as a MATLAB 5 file, but states no byte order; it is cut off or damaged."));
      List<Variable> variables = new Matlab5File(path, file, order).variables();
      return MatlabSource.open(file, MatlabVariables.of(path, variables), variable);
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  private List<Variable> variables() throws IOException {
    List<Variable> variables = new ArrayList<>();
    long position = MatlabHeader.BYTES;
    while (position < file.size()) {
      byte[] bytes = new FileRange(file, position, TAG_BYTES).readNBytes(TAG_BYTES);
      ByteBuffer tag = ByteBuffer.wrap(bytes).order(order);
      long start = position + TAG_BYTES;
      if (bytes.length < TAG_BYTES || start + Integer.toUnsignedLong(tag.getInt(4)) > file.size()) {
        throw new SkinSpectraIOException(
            "%s ends within its variable number %d; it is cut off or damaged."
                .formatted(path, variables.size() + 1));
      }
      if (variables.size() == MOST_VARIABLES) {
        throw new SkinSpectraIOException(
            "%s holds more than %d variables. Save the cube alone in a file."
                .formatted(path, MOST_VARIABLES));
      }
      long length = Integer.toUnsignedLong(tag.getInt(4));
      Variable variable = variable(Mat5Type.fromId(tag.getInt(0)), start, length);
      // Without a name MATLAB stores what belongs to the objects in a file.
      if (!variable.name().isEmpty()) {
        variables.add(variable);
      }
      position = start + length;
    }
    return variables;
  }

  private Variable variable(Mat5Type type, long start, long length) throws IOException {
    if (type == Mat5Type.Matrix) {
      Source source = source(new FileRange(file, start, length));
      return described(source, start, length, false);
    }
    if (type != Mat5Type.Compressed) {
      throw new IOException("a variable begins with the unexpected tag " + type);
    }
    try (InflatedRange range = new InflatedRange(file, start, length)) {
      Source source = source(range.stream());
      if (Mat5Tag.readTag(source).getType() != Mat5Type.Matrix) {
        throw new IOException("a compressed variable is none");
      }
      return described(source, start, length, true);
    }
  }

  private Source source(InputStream stream) {
    return Sources.wrapInputStream(stream, 128).order(order);
  }

  private Variable described(Source source, long start, long length, boolean compressed)
      throws IOException {
    requireTag(source, Mat5Type.UInt32, 2 * Integer.BYTES, 2 * Integer.BYTES);
    int flags = source.readInt();
    source.skip(Integer.BYTES);
    MatlabType type = MatlabType.fromId(flags & 0xff);
    if (type == MatlabType.Opaque) {
      return new Variable(name(source), new long[] {1, 1}, type, flags, Optional.empty());
    }
    Mat5Tag tag =
        requireTag(source, Mat5Type.Int32, 2 * Integer.BYTES, MOST_DIMENSIONS * Integer.BYTES);
    int[] size = new int[tag.getNumElements()];
    source.readInts(size, 0, size.length);
    source.skip(tag.getPadding());
    String name = name(source);
    Optional<Values> values = Optional.empty();
    if (type == MatlabType.Character || isNumeric(type)) {
      Mat5Tag real = Mat5Tag.readTag(source);
      values =
          Optional.of(
              new Values(
                  start,
                  length,
                  compressed,
                  source.getPosition(),
                  real.getType(),
                  Integer.toUnsignedLong(real.getNumBytes())));
    }
    return new Variable(name, Arrays.stream(size).asLongStream().toArray(), type, flags, values);
  }

  private static boolean isNumeric(MatlabType type) {
    return switch (type) {
      case Double, Single, Int8, UInt8, Int16, UInt16, Int32, UInt32, Int64, UInt64 -> true;
      default -> false;
    };
  }

  private static String name(Source source) throws IOException {
    Mat5Tag tag = requireTag(source, Mat5Type.Int8, 0, LONGEST_NAME);
    byte[] name = new byte[tag.getNumBytes()];
    source.readBytes(name, 0, name.length);
    source.skip(tag.getPadding());
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  private static Mat5Tag requireTag(Source source, Mat5Type type, int least, int most)
      throws IOException {
    Mat5Tag tag = Mat5Tag.readTag(source);
    if (tag.getType() != type || tag.getNumBytes() < least || tag.getNumBytes() > most) {
      throw new IOException("a variable has the tag %s where %s should be".formatted(tag, type));
    }
    return tag;
  }

  /**
   * Where the numbers of a variable are.
   *
   * @param start of the variable in the file, after its first tag
   * @param length of it in the file
   * @param offset of the first number from {@code start}, in what was unpacked
   * @param type as stored
   * @param bytes of all numbers
   */
  private record Values(
      long start, long length, boolean compressed, long offset, Mat5Type type, long bytes) {

    /** How a number is stored; characters of UTF-8 only where each takes one byte. */
    Optional<MatlabNumbers> numbers(ByteOrder order) {
      MatlabNumbers.Kind kind =
          switch (type) {
            case Int8, Int16, Int32, Int64 -> MatlabNumbers.Kind.SIGNED;
            case UInt8, UInt16, UInt32, UInt64, Utf8, Utf16 -> MatlabNumbers.Kind.UNSIGNED;
            case Single, Double -> MatlabNumbers.Kind.FLOAT;
            default -> null;
          };
      int bytesEach = type == Mat5Type.Utf16 ? Character.BYTES : type.bytes();
      return Optional.ofNullable(kind).map(some -> new MatlabNumbers(some, bytesEach, order));
    }
  }

  /** A variable at the top of the file. */
  private final class Variable implements MatlabVariable {

    private final String name;
    private final long[] size;
    private final MatlabType type;
    private final int flags;
    private final Optional<Values> values;

    Variable(String name, long[] size, MatlabType type, int flags, Optional<Values> values) {
      this.name = name;
      this.size = size;
      this.type = type;
      this.flags = flags;
      this.values = values;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long[] size() {
      return size.clone();
    }

    @Override
    public String type() {
      boolean logical = (flags & LOGICAL) != 0 && type != MatlabType.Sparse;
      return ((flags & COMPLEX) != 0 ? "complex " : "") + (logical ? "logical" : type.toString());
    }

    @Override
    public Optional<MatlabNumbers> numbers() {
      return (flags & COMPLEX) != 0
          ? Optional.empty()
          : values.flatMap(place -> place.numbers(order));
    }

    /** By its class: MATLAB stores whole doubles as the shortest integers that hold them. */
    @Override
    public boolean isInteger() {
      return type != MatlabType.Double && type != MatlabType.Single;
    }

    @Override
    public Optional<Double> scale() {
      return Optional.empty();
    }

    private double count() {
      return Arrays.stream(size).asDoubleStream().reduce(1, (a, b) -> a * b);
    }

    @Override
    public Optional<double[]> values(int most) throws IOException {
      Optional<MatlabNumbers> stored = numbers();
      if (stored.isEmpty() || !(count() >= 1 && count() <= most)) {
        return Optional.empty();
      }
      int count = (int) count();
      MatlabNumbers numbers = stored.get();
      Values place = values.orElseThrow();
      if (place.bytes() != (long) count * numbers.bytes()) {
        return Optional.empty();
      }
      byte[] bytes = new byte[count * numbers.bytes()];
      if (place.compressed()) {
        try (InflatedRange range = new InflatedRange(file, place.start(), place.length())) {
          range.skipTo(place.offset());
          range.read(ByteBuffer.wrap(bytes));
        }
      } else if (new FileRange(file, place.start() + place.offset(), bytes.length)
              .readNBytes(bytes, 0, bytes.length)
          < bytes.length) {
        throw new EOFException("the data end before their last value");
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return Optional.of(
          IntStream.range(0, count).mapToDouble(i -> numbers.next(buffer)).toArray());
    }

    @Override
    public MatlabPlanes planes(double scale) {
      MatlabNumbers numbers = numbers().orElseThrow();
      Values place = values.orElseThrow();
      double needed = count() * numbers.bytes();
      double room =
          place.compressed()
              ? (double) place.length() * HIGHEST_COMPRESSION
              : place.length() - place.offset();
      if (needed != place.bytes() || needed > room) {
        throw new SkinSpectraIOException(
            "%s: the variable %s claims more values than its place in the file holds; the file is cut off or damaged."
                .formatted(path, MatlabVariables.describe(this)));
      }
      int height = (int) size[0];
      int width = (int) size[1];
      return place.compressed()
          ? new InflatedPlanes(
              new InflatedPlanes.Place(file, place.start(), place.length(), place.offset()),
              numbers,
              scale,
              width,
              height,
              (long) count())
          : new ColumnMajorPlanes(
              file, place.start() + place.offset(), numbers, scale, width, height);
    }
  }
}

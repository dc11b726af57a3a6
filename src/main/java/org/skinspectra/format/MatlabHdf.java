package org.skinspectra.format;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.nio.FileChannelFromSeekableByteChannel;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.Reference;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.skinspectra.SkinSpectraIOException;

/**
 * A MATLAB 7.3 file. jHDF reads what is in it; the planes of its cube are read past jHDF, in blocks
 * that are used again.
 */
final class MatlabHdf implements Closeable {

  /** No filter that is read shrinks data further: deflate reaches 1032:1. */
  private static final long HIGHEST_COMPRESSION = 1100;

  private static final String SCALE = "scale";

  private final Path path;
  private final AllOrNothingChannel structure;
  private final FileChannel data;
  private final HdfFile hdf;

  private MatlabHdf(Path path, AllOrNothingChannel structure, FileChannel data, HdfFile hdf) {
    this.path = path;
    this.structure = structure;
    this.data = data;
    this.hdf = hdf;
  }

  /** Opens a variable of a file, the only cube where none is named. */
  static CubeSource open(Path path, Optional<String> variable) throws IOException {
    AllOrNothingChannel structure = new AllOrNothingChannel(path);
    FileChannel data = null;
    try {
      data = FileChannel.open(path);
      // jHDF would map a file that it opens itself: on Windows it could then not be replaced until
      // some later garbage collection, and one that is cut while it is read would crash the reader.
      HdfFile hdf = new HdfFile(new FileChannelFromSeekableByteChannel(structure));
      MatlabHdf file = new MatlabHdf(path, structure, data, hdf);
      return MatlabSource.open(file, MatlabVariables.of(path, file.variables()), variable);
    } catch (IOException | RuntimeException | Error e) {
      structure.close();
      if (data != null) {
        data.close();
      }
      throw e;
    }
  }

  /** Links are left out: they could lead into other files. So is what MATLAB keeps for itself. */
  private List<MatlabVariable> variables() {
    List<MatlabVariable> variables = new ArrayList<>();
    for (Node node : hdf.getChildren().values()) {
      if (node.isLink() || node.getName().startsWith("#")) {
        continue;
      }
      if (node instanceof Dataset dataset) {
        variables.add(new Variable(dataset));
      } else if (node instanceof Group group) {
        variables.add(new Structure(group));
      }
    }
    return variables;
  }

  @Override
  public void close() throws IOException {
    try (data) {
      structure.close();
    }
  }

  private static Optional<String> matlabClass(Node node) {
    Attribute attribute = node.getAttribute(HdfVariable.CLASS);
    return attribute != null && attribute.getData() instanceof String text
        ? Optional.of(text)
        : Optional.empty();
  }

  /** A group: a struct, or the parts of a sparse matrix. */
  private record Structure(Group group) implements MatlabVariable {

    @Override
    public String name() {
      return group.getName();
    }

    @Override
    public long[] size() {
      return new long[] {1, 1};
    }

    @Override
    public String type() {
      return group.getAttribute("MATLAB_sparse") != null
          ? "sparse " + matlabClass(group).orElse("matrix")
          : matlabClass(group).orElse("struct");
    }

    @Override
    public Optional<MatlabNumbers> numbers() {
      return Optional.empty();
    }

    @Override
    public boolean isInteger() {
      return false;
    }

    @Override
    public Optional<Double> scale() {
      return Optional.empty();
    }

    @Override
    public Optional<double[]> values(int most) {
      return Optional.empty();
    }

    @Override
    public MatlabPlanes planes(double scale) {
      throw new IllegalStateException("A struct has no planes.");
    }
  }

  /** A data set. MATLAB's (y, x, band) is (band, x, y) in HDF5, whose last is the fastest. */
  private final class Variable implements MatlabVariable {

    private final Dataset dataset;

    Variable(Dataset dataset) {
      this.dataset = dataset;
    }

    @Override
    public String name() {
      return dataset.getName();
    }

    @Override
    public long[] size() {
      long[] dimensions = dataset.getDimensionsAsLong();
      int rank = dimensions.length;
      return rank == 0
          ? new long[] {1, 1}
          : rank == 1
              ? new long[] {dimensions[0], 1}
              : LongStream.range(0, rank).map(i -> dimensions[rank - 1 - (int) i]).toArray();
    }

    @Override
    public String type() {
      DataType type = dataset.getDataType();
      Optional<String> stated = matlabClass(dataset);
      if (type instanceof CompoundDataType) {
        return ("complex " + stated.orElse("")).strip();
      }
      if (type instanceof Reference) {
        return stated.orElse("cell");
      }
      return stated.or(() -> numbers().map(MatlabNumbers::name)).orElse("other data");
    }

    @Override
    public Optional<MatlabNumbers> numbers() {
      DataType type = dataset.getDataType();
      if (type instanceof FixedPoint integer && isWhole(integer)) {
        return Optional.of(
            new MatlabNumbers(
                integer.isSigned() ? MatlabNumbers.Kind.SIGNED : MatlabNumbers.Kind.UNSIGNED,
                integer.getSize(),
                integer.getByteOrder()));
      }
      if (type instanceof FloatingPoint real && isIeee(real)) {
        return Optional.of(
            new MatlabNumbers(MatlabNumbers.Kind.FLOAT, real.getSize(), real.getByteOrder()));
      }
      return Optional.empty();
    }

    private static boolean isWhole(FixedPoint type) {
      return List.of(1, 2, 4, 8).contains(type.getSize())
          && type.getBitOffset() == 0
          && type.getBitPrecision() == 8 * type.getSize();
    }

    /** Bits of the exponent and of the mantissa of binary16, binary32 and binary64. */
    private static boolean isIeee(FloatingPoint type) {
      int exponent =
          switch (type.getSize()) {
            case 2 -> 5;
            case 4 -> 8;
            case 8 -> 11;
            default -> 0;
          };
      int mantissa = 8 * type.getSize() - exponent - 1;
      return exponent > 0
          && type.getBitOffset() == 0
          && type.getBitPrecision() == 8 * type.getSize()
          && type.getSignLocation() == exponent + mantissa
          && type.getExponentLocation() == mantissa
          && type.getExponentSize() == exponent
          && type.getMantissaLocation() == 0
          && type.getMantissaSize() == mantissa
          && type.getExponentBias() == (1 << (exponent - 1)) - 1;
    }

    @Override
    public boolean isInteger() {
      return numbers().map(MatlabNumbers::isInteger).orElse(false);
    }

    @Override
    public Optional<Double> scale() {
      Attribute attribute = dataset.getAttribute(SCALE);
      if (attribute == null || attribute.getSize() != 1) {
        return Optional.empty();
      }
      Object value = attribute.getData();
      while (value.getClass().isArray()) {
        value = Array.get(value, 0);
      }
      return value instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
    }

    @Override
    public Optional<double[]> values(int most) throws IOException {
      long count = dataset.getSize();
      if (numbers().isEmpty() || count < 1 || count > most) {
        return Optional.empty();
      }
      if (dataset instanceof ChunkedDataset chunked) {
        return chunkedValues(HdfChunks.of(hdf, chunked, path), (int) count);
      }
      if (dataset.isEmpty()) {
        return Optional.empty();
      }
      Object flat = dataset.getDataFlat();
      double[] values = new double[Array.getLength(flat)];
      for (int i = 0; i < values.length; i++) {
        values[i] = ((Number) Array.get(flat, i)).doubleValue();
      }
      return Optional.of(values);
    }

    /** Of one chunk only, as the little that stands beside a cube is stored. */
    private Optional<double[]> chunkedValues(HdfChunks chunks, int count) throws IOException {
      int[] size = dataset.getDimensions();
      if (chunks.chunks().length != 1
          || !Arrays.equals(chunks.shape(), size)
          || chunks.bytes() > count * Double.BYTES) {
        return Optional.empty();
      }
      ByteBuffer chunk = new HdfChunkDecoder(data, chunks).decode(0);
      MatlabNumbers numbers = numbers().orElseThrow();
      return Optional.of(IntStream.range(0, count).mapToDouble(i -> numbers.next(chunk)).toArray());
    }

    @Override
    public MatlabPlanes planes(double scale) throws IOException {
      MatlabNumbers numbers = numbers().orElseThrow();
      int[] size = dataset.getDimensions();
      double bytes = (double) size[0] * size[1] * size[2] * numbers.bytes();
      boolean chunked = dataset instanceof ChunkedDataset;
      if (!chunked && dataset.isEmpty()) {
        throw new SkinSpectraIOException(
            "%s: nothing was ever written to the variable %s."
                .formatted(path, MatlabVariables.describe(this)));
      }
      if (bytes > (double) data.size() * (chunked ? HIGHEST_COMPRESSION : 1)) {
        throw cutOff();
      }
      if (dataset instanceof ChunkedDataset chunks) {
        return new ChunkedPlanes(data, HdfChunks.of(hdf, chunks, path), numbers, scale, size);
      }
      if (dataset instanceof ContiguousDataset contiguous) {
        long offset = Math.addExact(hdf.getUserBlockSize(), contiguous.getDataAddress());
        if (offset < 0 || offset + bytes > data.size()) {
          throw cutOff();
        }
        return new ColumnMajorPlanes(data, offset, numbers, scale, size[1], size[2]);
      }
      return compact(size, scale);
    }

    private SkinSpectraIOException cutOff() throws IOException {
      return new SkinSpectraIOException(
          "%s: the variable %s is larger than its place in a file of %d bytes; the file is cut off or damaged."
              .formatted(path, MatlabVariables.describe(this), data.size()));
    }

    /** Values that stand where others have their address: 64 KiB at most. */
    private MatlabPlanes compact(int[] size, double scale) throws IOException {
      double[] values = values(1 << 16).orElseThrow();
      int height = size[2];
      int columns = size[1];
      return (first, region, planes) -> {
        for (int band = 0; band < planes.length; band++) {
          for (int i = 0; i < planes[band].length; i++) {
            int x = region.x() + i % region.width();
            int y = region.y() + i / region.width();
            planes[band][i] = (float) (values[((first + band) * columns + x) * height + y] / scale);
          }
        }
      };
    }
  }
}

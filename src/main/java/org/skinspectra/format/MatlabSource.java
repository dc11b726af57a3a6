package org.skinspectra.format;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.nio.FileChannelFromSeekableByteChannel;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.message.DataLayout;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;

/**
 * A three-dimensional variable of a MATLAB 7.3 file. MATLAB's (y, x, band) is (band, x, y) in HDF5,
 * whose last dimension is the fastest.
 */
final class MatlabSource implements CubeSource {

  /** No filter that jHDF knows shrinks data further: deflate reaches 1032:1. */
  private static final long HIGHEST_COMPRESSION = 1100;

  /** Columns of a plain, unchunked variable that are read at once. */
  private static final int COLUMNS = 64;

  private final SeekableByteChannel channel;
  private final Dataset cube;
  private final int bands;
  private final int width;
  private final int height;

  private MatlabSource(SeekableByteChannel channel, Dataset cube, int[] dimensions) {
    this.channel = channel;
    this.cube = cube;
    this.bands = dimensions[0];
    this.width = dimensions[1];
    this.height = dimensions[2];
  }

  static MatlabSource open(Path file, Optional<String> variable) throws IOException {
    SeekableByteChannel channel = new AllOrNothingChannel(file);
    try {
      // jHDF would map a file that it opens itself: on Windows it could then not be replaced until
      // some later garbage collection, and one that is cut while it is read would crash the reader.
      HdfFile hdf = new HdfFile(new FileChannelFromSeekableByteChannel(channel));
      Dataset cube = choose(file, variables(hdf), variable);
      return new MatlabSource(channel, cube, checkedDimensions(file, cube));
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  /** The variables by name. Links are left out: they could lead into other files. */
  private static Map<String, Dataset> variables(HdfFile hdf) {
    Map<String, Dataset> variables = new TreeMap<>();
    for (Node node : hdf.getChildren().values()) {
      if (!node.isLink() && node instanceof Dataset dataset) {
        variables.put(node.getName(), dataset);
      }
    }
    return variables;
  }

  private static Dataset choose(Path file, Map<String, Dataset> variables, Optional<String> name) {
    if (name.isPresent()) {
      Dataset named = variables.get(name.get());
      if (named == null || !isCube(named)) {
        throw new SkinSpectraIOException(
            "%s has no numeric 3-D variable '%s'. It holds %s."
                .formatted(file, name.get(), describe(variables)));
      }
      return named;
    }
    Map<String, Dataset> cubes = new TreeMap<>(variables);
    cubes.values().removeIf(dataset -> !isCube(dataset));
    if (cubes.isEmpty()) {
      throw new SkinSpectraIOException(
          "%s has no numeric 3-D variable (y, x, band). It holds %s."
              .formatted(file, describe(variables)));
    }
    if (cubes.size() > 1) {
      throw new SkinSpectraIOException(
          "%s holds %d variables that could be meant: %s. Choose one with --variable NAME on the command line; for Fiji save it alone in a file."
              .formatted(file, cubes.size(), describe(cubes)));
    }
    return cubes.values().iterator().next();
  }

  private static boolean isCube(Dataset dataset) {
    return dataset.getDimensionsAsLong().length == 3
        && (dataset.getDataType() instanceof FloatingPoint
            || dataset.getDataType() instanceof FixedPoint);
  }

  private static String describe(Map<String, Dataset> variables) {
    if (variables.isEmpty()) {
      return "no variable";
    }
    return variables.entrySet().stream()
        .limit(10)
        .map(
            entry ->
                "'" + JsonText.printable(entry.getKey()) + "' (" + size(entry.getValue()) + ")")
        .collect(Collectors.joining(", "));
  }

  private static String size(Dataset dataset) {
    List<String> sizes = new ArrayList<>();
    for (long size : dataset.getDimensionsAsLong()) {
      sizes.add(0, Long.toString(size));
    }
    return sizes.isEmpty() ? "one value" : String.join("x", sizes);
  }

  private static int[] checkedDimensions(Path file, Dataset cube) throws IOException {
    long[] dimensions = cube.getDimensionsAsLong();
    double elements = 1;
    for (long size : dimensions) {
      if (size < 1 || size > Integer.MAX_VALUE) {
        throw new SkinSpectraIOException(
            "%s: the variable '%s' has the impossible size %s."
                .formatted(file, JsonText.printable(cube.getName()), size(cube)));
      }
      elements *= size;
    }
    boolean chunked = cube.getDataLayout() == DataLayout.CHUNKED;
    double most = (double) Files.size(file) * (chunked ? HIGHEST_COMPRESSION : 1);
    if (elements * cube.getDataType().getSize() > most) {
      throw new SkinSpectraIOException(
          "%s: the variable '%s' claims %s values, more than a file of %d bytes can hold; the file is cut off or damaged."
              .formatted(file, JsonText.printable(cube.getName()), size(cube), Files.size(file)));
    }
    if (cube instanceof ChunkedDataset chunks) {
      checkChunks(file, chunks);
    }
    return cube.getDimensions();
  }

  /** Every chunk must be there, and takes some bytes of the file and of its index. */
  private static void checkChunks(Path file, ChunkedDataset cube) throws IOException {
    int[] shape = cube.getChunkDimensions();
    long[] size = cube.getDimensionsAsLong();
    double bytes = cube.getDataType().getSize();
    double count = 1;
    for (int i = 0; i < size.length; i++) {
      bytes *= shape[i];
      count *= shape[i] < 1 ? Double.NaN : Math.ceil((double) size[i] / shape[i]);
    }
    if (!(bytes <= Integer.MAX_VALUE) || !(count * Long.BYTES <= Files.size(file))) {
      throw new SkinSpectraIOException(
          "%s: the variable '%s' (%s) is stored in impossible chunks; the file is damaged."
              .formatted(file, JsonText.printable(cube.getName()), size(cube)));
    }
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int bands() {
    return bands;
  }

  @Override
  public void readBands(int first, float[][] planes) {
    if (cube.getDataLayout() == DataLayout.COMPACT) {
      Object[] all = (Object[]) cube.getData();
      for (int i = 0; i < planes.length; i++) {
        copy((Object[]) all[first + i], planes[i], 0, 0);
      }
      return;
    }
    // Blocks are chunks, so that each is unpacked once, whatever the number of bands in it.
    int[] shape =
        cube instanceof ChunkedDataset chunked
            ? chunked.getChunkDimensions()
            : new int[] {1, COLUMNS, height};
    blocks(shape, first, planes.length).parallelStream()
        .forEach(start -> readBlock(start, shape, first, planes));
  }

  /** Starts of the blocks that hold any of the bands. */
  private List<int[]> blocks(int[] shape, int first, int count) {
    List<int[]> starts = new ArrayList<>();
    for (long band = first / shape[0] * shape[0]; band < first + count; band += shape[0]) {
      for (long x = 0; x < width; x += shape[1]) {
        for (long y = 0; y < height; y += shape[2]) {
          starts.add(new int[] {(int) band, (int) x, (int) y});
        }
      }
    }
    return starts;
  }

  private void readBlock(int[] start, int[] shape, int first, float[][] planes) {
    if (cube instanceof ChunkedDataset chunked) {
      requireChunk(chunked, start, shape);
    }
    int firstBand = Math.max(start[0], first);
    int endBand = (int) Math.min((long) start[0] + shape[0], first + planes.length);
    int[] size = {
      endBand - firstBand,
      Math.min(shape[1], width - start[1]),
      Math.min(shape[2], height - start[2])
    };
    Object[] block = (Object[]) cube.getData(new long[] {firstBand, start[1], start[2]}, size);
    for (int i = 0; i < size[0]; i++) {
      copy((Object[]) block[i], planes[firstBand - first + i], start[1], start[2]);
    }
  }

  /** jHDF would fill a missing chunk with zeros, which are credible reflectance. */
  private void requireChunk(ChunkedDataset chunked, int[] start, int[] shape) {
    long stored = chunked.getRawChunkBuffer(start).remaining();
    long plain = (long) shape[0] * shape[1] * shape[2] * cube.getDataType().getSize();
    if (stored > 2 * plain + (1 << 16)) {
      throw new SkinSpectraIOException(
          "A chunk of the variable '%s' is longer than it can be; the file is damaged."
              .formatted(JsonText.printable(cube.getName())));
    }
  }

  /** Transposes columns {@code [x][y]} of a block into a plane {@code [y][x]}. */
  private void copy(Object[] columns, float[] plane, int startX, int startY) {
    float[][] floats = new float[columns.length][];
    for (int x = 0; x < columns.length; x++) {
      floats[x] = toFloats(columns[x]);
    }
    for (int y = 0; y < floats[0].length; y++) {
      int row = (startY + y) * width + startX;
      for (int x = 0; x < floats.length; x++) {
        plane[row + x] = floats[x][y];
      }
    }
  }

  /** jHDF gives unsigned integers in the next larger type, so that values are never negative. */
  private static float[] toFloats(Object column) {
    if (column instanceof float[] values) {
      return values;
    }
    if (column instanceof double[] values) {
      float[] floats = new float[values.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) values[i];
      }
      return floats;
    }
    float[] floats = new float[Array.getLength(column)];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = ((Number) Array.get(column, i)).floatValue();
    }
    return floats;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

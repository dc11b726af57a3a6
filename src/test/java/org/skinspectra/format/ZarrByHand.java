package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A small OME-Zarr that is not made by our writer: uncompressed float32 of Zarr 2. */
final class ZarrByHand {

  private final Path path;
  private List<String> axes = List.of();
  private String omero = "";

  ZarrByHand(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  ZarrByHand axes(String... names) {
    axes = List.of(names);
    return this;
  }

  ZarrByHand labels(String... labels) {
    omero =
        Arrays.stream(labels)
            .map("{\"label\": \"%s\"}"::formatted)
            .collect(Collectors.joining(", ", ", \"omero\": {\"channels\": [", "]}"));
    return this;
  }

  /** What is stored at an index. */
  static float value(int... index) {
    float value = 0;
    for (int i : index) {
      value = 10 * value + i;
    }
    return value + 0.5f;
  }

  /** Writes everything. */
  ZarrByHand array(int[] shape, int[] chunks, boolean fortran) throws IOException {
    Path array = Files.createDirectories(path.resolve("0"));
    Files.writeString(path.resolve(".zgroup"), "{\"zarr_format\": 2}");
    Files.writeString(
        path.resolve(".zattrs"),
        "{\"multiscales\": [{\"version\": \"0.4\", \"axes\": [%s], \"datasets\": [{\"path\": \"0\"}]}]%s}"
            .formatted(
                axes.stream()
                    .map("{\"name\": \"%s\"}"::formatted)
                    .collect(Collectors.joining(", ")),
                omero));
    Files.writeString(
        array.resolve(".zarray"),
        "{\"zarr_format\": 2, \"shape\": %s, \"chunks\": %s, \"dtype\": \"<f4\", \"compressor\": null, \"fill_value\": 0, \"order\": \"%s\", \"filters\": null}"
            .formatted(Arrays.toString(shape), Arrays.toString(chunks), fortran ? "F" : "C"));
    int rank = shape.length;
    int[] grid = new int[rank];
    Arrays.setAll(grid, d -> (shape[d] + chunks[d] - 1) / chunks[d]);
    for (int c = 0; c < product(grid); c++) {
      int[] chunk = index(c, grid, false);
      ByteBuffer bytes =
          ByteBuffer.allocate(product(chunks) * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < product(chunks); i++) {
        int[] inner = index(i, chunks, fortran);
        int[] index = new int[rank];
        Arrays.setAll(index, d -> chunk[d] * chunks[d] + inner[d]);
        boolean inside = true;
        for (int d = 0; d < rank; d++) {
          inside &= index[d] < shape[d];
        }
        bytes.putFloat(inside ? value(index) : -1);
      }
      String key =
          Arrays.stream(chunk).mapToObj(Integer::toString).collect(Collectors.joining("."));
      Files.write(array.resolve(key), bytes.array());
    }
    return this;
  }

  /**
   * Makes it an OME-Zarr 0.5 of the same chunks, which have been encoded so.
   *
   * @param codecs in JSON, in the order in which they were applied
   */
  ZarrByHand toVersion3(String codecs, int[] shape, int[] chunks) throws IOException {
    String attributes = Files.readString(path.resolve(".zattrs"));
    Files.writeString(
        path.resolve("zarr.json"),
        "{\"zarr_format\": 3, \"node_type\": \"group\", \"attributes\": {\"ome\": %s}}"
            .formatted(attributes));
    Files.writeString(
        path.resolve("0/zarr.json"),
        "{\"zarr_format\": 3, \"node_type\": \"array\", \"shape\": %s, \"data_type\": \"float32\", \"chunk_grid\": {\"name\": \"regular\", \"configuration\": {\"chunk_shape\": %s}}, \"chunk_key_encoding\": {\"name\": \"default\"}, \"fill_value\": 0, \"codecs\": [%s]}"
            .formatted(Arrays.toString(shape), Arrays.toString(chunks), codecs));
    for (String gone : List.of(".zattrs", ".zgroup", "0/.zarray")) {
      Files.delete(path.resolve(gone));
    }
    try (Stream<Path> files = Files.list(path.resolve("0"))) {
      for (Path chunk : files.filter(f -> f.getFileName().toString().contains(".")).toList()) {
        String name = chunk.getFileName().toString();
        if (!name.equals("zarr.json")) {
          Path nested = path.resolve("0/c").resolve(name.replace('.', '/'));
          Files.createDirectories(nested.getParent());
          Files.move(chunk, nested);
        }
      }
    }
    return this;
  }

  /** Replaces text in a file, which has to be there. */
  void change(String file, String from, String to) throws IOException {
    String text = Files.readString(path.resolve(file));
    assertTrue(text.contains(from), text);
    Files.writeString(path.resolve(file), text.replace(from, to));
  }

  private static int product(int[] lengths) {
    return Arrays.stream(lengths).reduce(1, (a, b) -> a * b);
  }

  private static int[] index(int number, int[] lengths, boolean fortran) {
    int rank = lengths.length;
    int[] index = new int[rank];
    int rest = number;
    for (int i = 0; i < rank; i++) {
      int d = fortran ? i : rank - 1 - i;
      index[d] = rest % lengths[d];
      rest /= lengths[d];
    }
    return index;
  }
}

package org.skinspectra.format;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skinspectra.JsonFields;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;

/**
 * Metadata of Zarr: {@code .zarray}, {@code .zgroup} and {@code .zattrs} of version 2, {@code
 * zarr.json} of version 3.
 */
final class ZarrMetadata {

  static final String ARRAY = ".zarray";
  static final String GROUP = ".zgroup";
  static final String ATTRIBUTES = ".zattrs";
  static final String VERSION_3 = "zarr.json";

  private static final String SHARDING = "sharding_indexed";
  private static final int MOST_AXES = 8;
  private static final int MOST_TEXT = 100;

  private ZarrMetadata() {}

  /** Whether a folder is a Zarr group or array. */
  static boolean isZarr(ZarrFolder folder) {
    return folder.has(GROUP) || folder.has(ARRAY) || folder.has(VERSION_3);
  }

  /** The attributes of a group; empty where it has none. */
  static JsonObject attributes(ZarrFolder folder) throws IOException {
    if (folder.has(VERSION_3)) {
      return folder.json(VERSION_3, "Zarr group").get("attributes") instanceof JsonObject object
          ? object
          : new JsonObject();
    }
    return folder.has(ATTRIBUTES)
        ? folder.json(ATTRIBUTES, "list of Zarr attributes")
        : new JsonObject();
  }

  /**
   * What an array's metadata say.
   *
   * @throws SkinSpectraIOException if it is none, or of a kind that is not read
   */
  static ZarrArray.Layout array(ZarrFolder folder) throws IOException {
    if (folder.has(ARRAY)) {
      return version2(fields(folder, ARRAY));
    }
    if (folder.has(VERSION_3)) {
      return version3(fields(folder, VERSION_3));
    }
    throw new SkinSpectraIOException(
        "%s is no Zarr array: it has neither %s nor %s. Copy it again."
            .formatted(folder.path(), ARRAY, VERSION_3));
  }

  private static JsonFields fields(ZarrFolder folder, String name) throws IOException {
    return JsonFields.ofForeign(
        folder.json(name, "Zarr array"), folder.path().resolve(name).toString());
  }

  // -- Version 2 --

  private static ZarrArray.Layout version2(JsonFields json) {
    json.whole("zarr_format", 2, 2);
    int[] shape = lengths(json, "shape");
    int[] chunks = lengths(json, "chunks");
    String dtype = json.text("dtype", MOST_TEXT);
    List<ChunkCodec> codecs = new ArrayList<>();
    if (json.isObject("compressor")) {
      codecs.add(compressor(json.foreignObject("compressor"), "id"));
    }
    if (!json.isNull("filters")) {
      List<JsonFields> filters = json.foreignObjects("filters");
      for (int i = filters.size() - 1; i >= 0; i--) {
        codecs.add(filter(filters.get(i)));
      }
    }
    String order = json.text("order", MOST_TEXT);
    if (!Set.of("C", "F").contains(order)) {
      throw json.bad("order", "C or F");
    }
    return checked(
        json,
        new ZarrArray.Layout(
            shape,
            chunks,
            strides(chunks, order.equals("F") ? reversed(chunks.length) : straight(chunks.length)),
            typeOfDtype(json, dtype),
            dtype.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
            fill(json),
            "",
            json.has("dimension_separator") ? separator(json, "dimension_separator") : ".",
            codecs,
            0,
            Optional.empty()));
  }

  private static StoredNumber typeOfDtype(JsonFields json, String dtype) {
    return switch (dtype.replaceFirst("^[<>|]", "")) {
      case "i1" -> StoredNumber.INT8;
      case "u1" -> StoredNumber.UINT8;
      case "i2" -> StoredNumber.INT16;
      case "u2" -> StoredNumber.UINT16;
      case "i4" -> StoredNumber.INT32;
      case "u4" -> StoredNumber.UINT32;
      case "i8" -> StoredNumber.INT64;
      case "u8" -> StoredNumber.UINT64;
      case "f4" -> StoredNumber.FLOAT32;
      case "f8" -> StoredNumber.FLOAT64;
      default -> throw json.bad("dtype", "a number such as <f4, <f8, <u2 or |u1");
    };
  }

  private static ChunkCodec filter(JsonFields filter) {
    if (filter.plainText("id", MOST_TEXT).equals(Optional.of("shuffle"))) {
      return ChunkCodec.shuffle(filter.whole("elementsize", 1, 64));
    }
    throw filter.bad("id", "shuffle, the only filter that is read");
  }

  // -- Version 3 --

  private static ZarrArray.Layout version3(JsonFields json) {
    json.whole("zarr_format", 3, 3);
    if (!json.text("node_type", MOST_TEXT).equals("array")) {
      throw json.bad("node_type", "array");
    }
    int[] shape = lengths(json, "shape");
    JsonFields grid = json.foreignObject("chunk_grid");
    if (!grid.text("name", MOST_TEXT).equals("regular")) {
      throw grid.bad("name", "regular");
    }
    int[] chunks = lengths(grid.foreignObject("configuration"), "chunk_shape");
    JsonFields keys = json.foreignObject("chunk_key_encoding");
    boolean plainKeys = keys.text("name", MOST_TEXT).equals("v2");
    if (!plainKeys && !keys.text("name", MOST_TEXT).equals("default")) {
      throw keys.bad("name", "default or v2");
    }
    String separator = plainKeys ? "." : "/";
    if (keys.isObject("configuration") && keys.foreignObject("configuration").has("separator")) {
      separator = separator(keys.foreignObject("configuration"), "separator");
    }
    Optional<StoredNumber> type =
        Arrays.stream(StoredNumber.values())
            .filter(t -> Optional.of(t.key()).equals(json.plainText("data_type", MOST_TEXT)))
            .findFirst();
    List<JsonFields> codecs = json.foreignObjects("codecs");
    Optional<ZarrShards.Layout> shards = Optional.empty();
    if (codecs.stream().anyMatch(codec -> isNamed(codec, SHARDING))) {
      if (codecs.size() > 1) {
        throw json.refused("codecs", "encode whole shards, which is not read");
      }
      JsonFields inner = codecs.get(0).foreignObject("configuration");
      int[] shard = chunks;
      chunks = lengths(inner, "chunk_shape");
      shards = Optional.of(shards(inner, shard, chunks));
      codecs = inner.foreignObjects("codecs");
    }
    Chain chain = chain(codecs, chunks.length);
    return checked(
        json,
        new ZarrArray.Layout(
            shape,
            chunks,
            strides(chunks, chain.axes()),
            type.orElseThrow(() -> json.bad("data_type", "a number such as float32 or uint16")),
            chain.order(),
            fill(json),
            plainKeys ? "" : "c" + separator,
            separator,
            chain.codecs(),
            chain.checksums(),
            shards));
  }

  private static boolean isNamed(JsonFields codec, String name) {
    return codec.text("name", MOST_TEXT).equals(name);
  }

  private static ZarrShards.Layout shards(JsonFields json, int[] shard, int[] chunks) {
    int[] perShard = new int[shard.length];
    for (int d = 0; d < shard.length; d++) {
      if (chunks.length != shard.length || shard[d] % chunks[d] != 0) {
        throw json.bad("chunk_shape", "a divisor of the shard's " + Arrays.toString(shard));
      }
      perShard[d] = shard[d] / chunks[d];
    }
    boolean checked = false;
    for (JsonFields codec : json.foreignObjects("index_codecs")) {
      if (isNamed(codec, "crc32c")) {
        checked = true;
      } else if (!isNamed(codec, "bytes") || isBigEndian(codec)) {
        throw codec.bad("name", "bytes, little-endian, or crc32c");
      }
    }
    boolean first = json.plainText("index_location", MOST_TEXT).equals(Optional.of("start"));
    return new ZarrShards.Layout(perShard, first, checked);
  }

  /**
   * Steps by which a chunk becomes numbers.
   *
   * @param axes the order in which they lie in a chunk
   * @param codecs in the order in which they are undone
   */
  private record Chain(int[] axes, ByteOrder order, List<ChunkCodec> codecs, int checksums) {}

  private static Chain chain(List<JsonFields> json, int rank) {
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    int[] axes = straight(rank);
    List<ChunkCodec> codecs = new ArrayList<>();
    int checksums = 0;
    for (JsonFields codec : json) {
      switch (codec.text("name", MOST_TEXT)) {
        case "transpose" -> {
          int[] before = axes;
          axes =
              Arrays.stream(permutation(codec.foreignObject("configuration"), rank))
                  .map(axis -> before[axis])
                  .toArray();
        }
        case "bytes" -> order = isBigEndian(codec) ? ByteOrder.BIG_ENDIAN : order;
        case "crc32c" -> {
          checksums++;
          codecs.add(compressor(codec, "name"));
        }
        default -> codecs.add(compressor(codec, "name"));
      }
    }
    Collections.reverse(codecs);
    return new Chain(axes, order, codecs, checksums);
  }

  private static boolean isBigEndian(JsonFields bytes) {
    return bytes.isObject("configuration")
        && bytes
            .foreignObject("configuration")
            .plainText("endian", MOST_TEXT)
            .equals(Optional.of("big"));
  }

  /** In a chunk the axes lie in this order, the first being the slowest. */
  private static int[] permutation(JsonFields configuration, int rank) {
    double[] order = configuration.numbers("order");
    double[] sorted = order.clone();
    Arrays.sort(sorted);
    if (!Arrays.equals(sorted, Arrays.stream(straight(rank)).asDoubleStream().toArray())) {
      throw configuration.bad("order", "each axis from 0 to " + (rank - 1) + " once");
    }
    return Arrays.stream(order).mapToInt(axis -> (int) axis).toArray();
  }

  // -- Both --

  private static ChunkCodec compressor(JsonFields codec, String key) {
    return ChunkCodec.ofName(codec.text(key, MOST_TEXT))
        .orElseThrow(() -> codec.bad(key, "a compressor that is read: " + ChunkCodec.names()));
  }

  private static String separator(JsonFields json, String key) {
    String separator = json.text(key, MOST_TEXT);
    if (!separator.equals(".") && !separator.equals("/")) {
      throw json.bad(key, ". or /");
    }
    return separator;
  }

  private static float fill(JsonFields json) {
    return json.isNull("fill_value") ? 0 : (float) json.anyNumber("fill_value");
  }

  private static int[] lengths(JsonFields json, String key) {
    double[] lengths = json.numbers(key);
    for (double length : lengths) {
      if (!(length >= 1 && length <= Integer.MAX_VALUE) || length != Math.rint(length)) {
        throw json.bad(key, "whole numbers from 1 to " + Integer.MAX_VALUE);
      }
    }
    if (lengths.length < 1 || lengths.length > MOST_AXES) {
      throw json.bad(key, "a list of 1 to " + MOST_AXES + " lengths");
    }
    return Arrays.stream(lengths).mapToInt(length -> (int) length).toArray();
  }

  private static ZarrArray.Layout checked(JsonFields json, ZarrArray.Layout layout) {
    double bytes = layout.type().bytes();
    for (int length : layout.chunks()) {
      bytes *= length;
    }
    if (layout.shape().length != layout.chunks().length || bytes > Integer.MAX_VALUE - 64) {
      throw json.refused(
          "shape",
          "of %s in chunks of %s with %d bytes a value cannot be read; a chunk has as many axes and at most 2 GB"
              .formatted(
                  JsonText.printable(Arrays.toString(layout.shape())),
                  JsonText.printable(Arrays.toString(layout.chunks())),
                  layout.type().bytes()));
    }
    return layout;
  }

  private static int[] straight(int rank) {
    int[] axes = new int[rank];
    Arrays.setAll(axes, d -> d);
    return axes;
  }

  private static int[] reversed(int rank) {
    int[] axes = new int[rank];
    Arrays.setAll(axes, d -> rank - 1 - d);
    return axes;
  }

  /** Distances in a chunk whose axes lie in this order; wrong where it is too large to be read. */
  private static int[] strides(int[] chunks, int[] order) {
    int[] strides = new int[chunks.length];
    int stride = 1;
    for (int d = Math.min(chunks.length, order.length) - 1; d >= 0; d--) {
      strides[order[d]] = stride;
      stride *= chunks[order[d]];
    }
    return strides;
  }
}

package org.skinspectra.model;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.skinspectra.SkinSpectraException;

/**
 * The JSON header of a safetensors file, checked against the format's rules: no duplicate or
 * unknown key, every tensor as long as its shape says, and the tensors filling the data part of the
 * file without overlap, gap or remainder.
 *
 * @param entries the tensors in the order of their data
 * @param metadata the free text of {@code __metadata__}
 */
record SafetensorsHeader(List<Entry> entries, SortedMap<String, String> metadata) {

  static final String METADATA = "__metadata__";

  /** One tensor; {@code begin} and {@code end} are bytes from the start of the data. */
  record Entry(String name, ElementType type, int[] shape, long begin, long end) {}

  /**
   * @param dataBytes length of the file's data part
   * @throws SkinSpectraException naming {@code file}, the tensor and the rule it breaks
   */
  static SafetensorsHeader parse(String json, long dataBytes, String file) {
    List<Entry> entries = new ArrayList<>();
    SortedMap<String, String> metadata = new TreeMap<>();
    try (JsonReader reader = new JsonReader(new StringReader(json))) {
      Set<String> names = new HashSet<>();
      reader.beginObject();
      while (reader.hasNext()) {
        String name = reader.nextName();
        if (!names.add(name)) {
          throw new SkinSpectraException(file + " names the tensor " + Quoted.of(name) + " twice.");
        }
        if (name.equals(METADATA)) {
          metadata = metadata(reader, file);
        } else {
          entries.add(entry(reader, name, file));
        }
      }
      reader.endObject();
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new SkinSpectraException(
            file + " has text after its safetensors header; the file is damaged.");
      }
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new SkinSpectraException(
          file + " has a safetensors header that is not valid JSON: " + e.getMessage(), e);
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    checkLayout(entries, dataBytes, file);
    return new SafetensorsHeader(List.copyOf(entries), metadata);
  }

  private static SortedMap<String, String> metadata(JsonReader reader, String file)
      throws IOException {
    SortedMap<String, String> metadata = new TreeMap<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String key = reader.nextName();
      if (reader.peek() != JsonToken.STRING) {
        throw new SkinSpectraException(
            file + " has metadata " + Quoted.of(key) + " that is not text.");
      }
      if (metadata.put(key, reader.nextString()) != null) {
        throw new SkinSpectraException(file + " has metadata " + Quoted.of(key) + " twice.");
      }
    }
    reader.endObject();
    return metadata;
  }

  private static Entry entry(JsonReader reader, String name, String file) throws IOException {
    String dtype = null;
    long[] shape = null;
    long[] offsets = null;
    Set<String> seen = new HashSet<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String key = reader.nextName();
      if (!seen.add(key)) {
        throw tensorError(file, name, "has the field " + Quoted.of(key) + " twice");
      }
      switch (key) {
        case "dtype" -> dtype = reader.nextString();
        case "shape" -> shape = numbers(reader, name, file);
        case "data_offsets" -> offsets = numbers(reader, name, file);
        default -> throw tensorError(file, name, "has an unknown field " + Quoted.of(key));
      }
    }
    reader.endObject();
    if (dtype == null || shape == null || offsets == null || offsets.length != 2) {
      throw tensorError(file, name, "lacks its dtype, shape or pair of data_offsets");
    }
    return checked(file, name, dtype, shape, offsets[0], offsets[1]);
  }

  private static long[] numbers(JsonReader reader, String name, String file) throws IOException {
    List<Long> numbers = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      if (reader.peek() != JsonToken.NUMBER) {
        throw tensorError(file, name, "has a " + reader.peek() + " where a number belongs");
      }
      numbers.add(reader.nextLong());
      if (numbers.size() > 64) {
        throw tensorError(file, name, "has more than 64 axes");
      }
    }
    reader.endArray();
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private static Entry checked(
      String file, String name, String dtype, long[] axes, long begin, long end) {
    ElementType type;
    try {
      type = ElementType.valueOf(dtype);
    } catch (IllegalArgumentException e) {
      throw tensorError(
          file,
          name,
          "has elements of type " + Quoted.of(dtype) + "; F32, F64, F16 and BF16 can be read");
    }
    int[] shape = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      if (axes[i] < 0 || axes[i] > Integer.MAX_VALUE) {
        throw tensorError(file, name, "has an axis of length " + axes[i]);
      }
      shape[i] = (int) axes[i];
    }
    long elements;
    try {
      elements = WeightTensor.elements(shape);
    } catch (IllegalArgumentException e) {
      throw tensorError(file, name, "is impossible: " + e.getMessage());
    }
    if (begin < 0 || end < begin || end - begin != elements * type.bytes()) {
      throw tensorError(
          file,
          name,
          "of shape "
              + WeightTensor.shapeText(shape)
              + " and type "
              + dtype
              + " needs "
              + elements * type.bytes()
              + " bytes, but its data_offsets are "
              + begin
              + " to "
              + end);
    }
    return new Entry(name, type, shape, begin, end);
  }

  private static void checkLayout(List<Entry> entries, long dataBytes, String file) {
    long position = 0;
    for (Entry entry : entries) {
      if (entry.begin() != position) {
        throw tensorError(
            file,
            entry.name(),
            "starts at byte "
                + entry.begin()
                + " of the data, but the tensor before it ends at "
                + position
                + ": overlapping tensors and gaps are not allowed");
      }
      position = entry.end();
      if (position > dataBytes) {
        throw tensorError(
            file,
            entry.name(),
            "ends at byte "
                + position
                + " of the data, but the file holds only "
                + dataBytes
                + "; the file is truncated");
      }
    }
    if (position != dataBytes) {
      throw new SkinSpectraException(
          file
              + " holds "
              + dataBytes
              + " bytes of data, but its tensors account for "
              + position
              + "; the file is damaged.");
    }
  }

  private static SkinSpectraException tensorError(String file, String name, String problem) {
    return new SkinSpectraException(
        "Tensor " + Quoted.of(name) + " of " + file + " " + problem + ".");
  }
}

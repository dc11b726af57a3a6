package org.skinspectra.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes PyTorch files, good and bad, byte by byte. Pickles are Latin-1 text here. */
final class TorchFiles {

  static final String PROTOCOL_2 = "\u0080\u0002";
  static final String PROTOCOL_4 = "\u0080\u0004";

  private TorchFiles() {}

  /** A state dict with the given pickled items (name, value, name, value, ...). */
  static String dict(String... items) {
    return "}(" + String.join("", items) + "u";
  }

  static String text(String text) {
    return "X" + bytes(text.length()) + text;
  }

  static String integer(long value) {
    return value == (int) value ? "J" + bytes((int) value) : "L" + value + "L\n";
  }

  static String tuple(long... values) {
    return "("
        + Arrays.stream(values).mapToObj(TorchFiles::integer).collect(Collectors.joining())
        + "t";
  }

  static String storage(String type, String key, long elements) {
    return "("
        + text("storage")
        + "ctorch\n"
        + type
        + "\n"
        + text(key)
        + text("cpu")
        + integer(elements)
        + "tQ";
  }

  static String tensor(String storage, long offset, String shape, String strides) {
    return "ctorch._utils\n_rebuild_tensor_v2\n("
        + storage
        + integer(offset)
        + shape
        + strides
        + "\u0089ccollections\nOrderedDict\n)RtR";
  }

  /** A vector that is the whole of the block {@code key}. */
  static String vector(String key, int elements) {
    return tensor(storage("FloatStorage", key, elements), 0, tuple(elements), tuple(1));
  }

  static Map<String, byte[]> entries(String pickle) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("m/data.pkl", pickle.getBytes(StandardCharsets.ISO_8859_1));
    entries.put("m/version", new byte[] {'3', '\n'});
    return entries;
  }

  static Path write(Path path, Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return Files.write(path, bytes.toByteArray());
  }

  static byte[] floats(ByteOrder order, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(order);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /** Overwrites the inflated size that the archive's directory declares for an entry. */
  static void declareSize(Path path, String entry, int size) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    byte[] name = entry.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + 46 + name.length <= bytes.length; at++) {
      if (buffer.getInt(at) == 0x02014b50
          && buffer.getShort(at + 28) == name.length
          && Arrays.equals(bytes, at + 46, at + 46 + name.length, name, 0, name.length)) {
        buffer.putInt(at + 24, size);
        Files.write(path, bytes);
        return;
      }
    }
    throw new IllegalArgumentException("No entry " + entry + ".");
  }

  private static String bytes(int value) {
    byte[] bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}

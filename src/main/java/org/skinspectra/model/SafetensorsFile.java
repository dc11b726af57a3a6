package org.skinspectra.model;

import com.google.gson.stream.JsonWriter;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.skinspectra.SkinSpectraException;

/**
 * Reads and writes the safetensors format: eight bytes with the length of a JSON header, the
 * header, and the tensors' elements in little-endian order.
 */
final class SafetensorsFile {

  private static final int MAX_HEADER_BYTES = 100_000_000;
  private static final int ALIGNMENT = 8;
  private static final int CHUNK_ELEMENTS = 1 << 14;

  private SafetensorsFile() {}

  /**
   * Reads all tensors as float32.
   *
   * @param file the name for messages
   * @throws SkinSpectraException naming the tensor and what is wrong with it
   */
  static StoredTensors read(Path path, String file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      return read(in, Files.size(path), file);
    }
  }

  /** {@link #read(Path, String)} from a stream of {@code size} bytes. */
  static StoredTensors read(InputStream in, long size, String file) throws IOException {
    DataInputStream data = new DataInputStream(in);
    long headerBytes = size < ALIGNMENT ? -1 : Long.reverseBytes(data.readLong());
    if (headerBytes < 2 || headerBytes > MAX_HEADER_BYTES || headerBytes > size - ALIGNMENT) {
      throw new SkinSpectraException(
          file
              + " is neither a safetensors file nor a PyTorch file: a header of "
              + (headerBytes < 0 && size >= ALIGNMENT
                  ? Long.toUnsignedString(headerBytes)
                  : Math.max(headerBytes, 0))
              + " bytes does not fit a file of "
              + size
              + " bytes. It is truncated, damaged or of another kind.");
    }
    String json = utf8(data.readNBytes((int) headerBytes), file);
    if (!json.startsWith("{")) {
      throw new SkinSpectraException(
          file + " is neither a safetensors file nor a PyTorch file: its header is not JSON.");
    }
    SafetensorsHeader header = SafetensorsHeader.parse(json, size - ALIGNMENT - headerBytes, file);
    SortedMap<String, WeightTensor> tensors = new TreeMap<>();
    for (SafetensorsHeader.Entry entry : header.entries()) {
      int elements = (int) WeightTensor.elements(entry.shape());
      float[] values = entry.type().read(in, elements, ByteOrder.LITTLE_ENDIAN);
      tensors.put(entry.name(), new WeightTensor(entry.shape(), values));
    }
    return new StoredTensors(tensors, header.metadata());
  }

  /**
   * Writes all tensors as float32. The same tensors and metadata always give the same bytes: names
   * and keys are sorted and nothing else enters.
   */
  static void write(
      OutputStream out, SortedMap<String, WeightTensor> tensors, SortedMap<String, String> metadata)
      throws IOException {
    byte[] header = paddedHeader(tensors, metadata);
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(length.putLong(header.length).array());
    out.write(header);
    ByteBuffer chunk =
        ByteBuffer.allocate(CHUNK_ELEMENTS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (WeightTensor tensor : tensors.values()) {
      float[] values = tensor.values();
      for (int start = 0; start < values.length; start += CHUNK_ELEMENTS) {
        int elements = Math.min(CHUNK_ELEMENTS, values.length - start);
        chunk.asFloatBuffer().put(values, start, elements);
        out.write(chunk.array(), 0, elements * Float.BYTES);
      }
    }
  }

  private static byte[] paddedHeader(
      Map<String, WeightTensor> tensors, Map<String, String> metadata) throws IOException {
    StringWriter text = new StringWriter();
    JsonWriter json = new JsonWriter(text);
    json.beginObject();
    if (!metadata.isEmpty()) {
      json.name(SafetensorsHeader.METADATA).beginObject();
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        json.name(entry.getKey()).value(entry.getValue());
      }
      json.endObject();
    }
    long position = 0;
    for (Map.Entry<String, WeightTensor> entry : tensors.entrySet()) {
      WeightTensor tensor = entry.getValue();
      json.name(entry.getKey()).beginObject();
      json.name("dtype").value(ElementType.F32.name());
      json.name("shape").beginArray();
      for (int length : tensor.shape()) {
        json.value(length);
      }
      json.endArray();
      json.name("data_offsets").beginArray().value(position);
      position += (long) tensor.size() * Float.BYTES;
      json.value(position).endArray().endObject();
    }
    json.endObject();
    json.flush();
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (bytes.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] header = Arrays.copyOf(bytes, padded);
    Arrays.fill(header, bytes.length, padded, (byte) ' ');
    return header;
  }

  private static String utf8(byte[] bytes, String file) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new SkinSpectraException(
          file + " is neither a safetensors file nor a PyTorch file: its header is not text.", e);
    }
  }
}

package org.skinspectra.model;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.skinspectra.SkinSpectraException;

/**
 * Reads the weights of a file written by {@code torch.save}: a ZIP archive of one folder with the
 * pickle {@code data.pkl} and one entry per block of elements, {@code data/0}, {@code data/1}, ...
 * Only the blocks of the weights are read; an optimizer's state beside them is not.
 */
final class PyTorchFile implements AutoCloseable {

  private static final int MAX_ENTRIES = 100_000;
  private static final int MAX_PICKLE_BYTES = 16 << 20;
  private static final int MAX_MARKER_BYTES = 16;

  /** Honest files are stored uncompressed; this leaves room for one that was compressed again. */
  private static final long MAX_INFLATION = 20;

  private static final long FREE_BYTES = 64L << 20;

  private final ZipFile zip;
  private final String file;
  private final Map<String, ZipEntry> entries = new HashMap<>();
  private final Map<StridedTensor.Storage, float[]> blocks = new HashMap<>();
  private String folder;
  private long budget;

  private PyTorchFile(Path path, String file) throws IOException {
    this.file = file;
    this.budget = FREE_BYTES + MAX_INFLATION * Files.size(path);
    try {
      this.zip = new ZipFile(path.toFile());
    } catch (IOException | IllegalArgumentException e) {
      throw new SkinSpectraException(
          file + " is a damaged or truncated PyTorch file: " + e.getMessage() + ".", e);
    }
  }

  /**
   * Reads the weights as float32.
   *
   * @param file the name for messages
   * @throws SkinSpectraException naming the tensor, the entry or the class that is wrong
   */
  static StoredTensors read(Path path, String file) throws IOException {
    try (PyTorchFile torch = new PyTorchFile(path, file)) {
      torch.listEntries();
      return new StoredTensors(torch.readTensors(), new TreeMap<>());
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private void listEntries() {
    if (zip.size() > MAX_ENTRIES) {
      throw new SkinSpectraException(
          file + " has " + zip.size() + " entries; a model has at most " + MAX_ENTRIES + ".");
    }
    zip.stream()
        .forEach(
            entry -> {
              String name = entry.getName();
              String top = name.substring(0, name.indexOf('/') + 1);
              folder = folder == null ? top : folder;
              if (top.isEmpty() || !top.equals(folder)) {
                throw entryError(name, "lies outside the one folder of a PyTorch file");
              }
              if (entries.put(name, entry) != null) {
                throw entryError(name, "occurs twice");
              }
            });
    if (folder == null || !entries.containsKey(folder + "data.pkl")) {
      throw new SkinSpectraException(
          file + " is a ZIP archive, but no PyTorch file: it has no entry data.pkl in a folder.");
    }
  }

  private SortedMap<String, WeightTensor> readTensors() {
    byte[] pickle = bytes(folder + "data.pkl", MAX_PICKLE_BYTES);
    SortedMap<String, StridedTensor> found;
    try {
      found = StateDict.find(TensorUnpickler.load(pickle));
    } catch (SkinSpectraException e) {
      throw new SkinSpectraException(
          "The pickle data.pkl of " + file + " is refused: " + e.getMessage() + ".", e);
    }
    ByteOrder order = byteOrder();
    SortedMap<String, WeightTensor> tensors = new TreeMap<>();
    found.forEach((name, tensor) -> tensors.put(name, tensor(name, tensor, order)));
    return tensors;
  }

  private WeightTensor tensor(String name, StridedTensor tensor, ByteOrder order) {
    StridedTensor.Storage storage = tensor.storage();
    ElementType type =
        storage
            .type()
            .elements()
            .orElseThrow(
                () ->
                    new SkinSpectraException(
                        "Tensor "
                            + Quoted.of(name)
                            + " of "
                            + file
                            + " is a "
                            + storage.type().pythonName()
                            + "; weights are floating-point numbers."));
    String entry = folder + "data/" + storage.key();
    if (!entries.containsKey(entry)) {
      throw new SkinSpectraException(
          file
              + " lacks the entry "
              + Quoted.of(entry)
              + " with the elements of tensor "
              + Quoted.of(name)
              + ".");
    }
    float[] block = blocks.get(storage);
    if (block == null) {
      block = block(entry, type, storage.elements(), order);
      blocks.put(storage, block);
    }
    spend(WeightTensor.elements(tensor.shape()) * Float.BYTES, entry);
    return tensor.gather(block);
  }

  private float[] block(String name, ElementType type, long elements, ByteOrder order) {
    ZipEntry entry = entries.get(name);
    long bytes = elements * type.bytes();
    if (entry.getSize() != bytes) {
      throw entryError(
          name,
          "has "
              + entry.getSize()
              + " bytes, but its tensors need "
              + elements
              + " elements of "
              + type.bytes()
              + " bytes");
    }
    spend(elements * Float.BYTES, name);
    return read(name, in -> type.read(in, (int) elements, order));
  }

  private ByteOrder byteOrder() {
    String name = folder + "byteorder";
    if (!entries.containsKey(name)) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    String order = new String(bytes(name, MAX_MARKER_BYTES), StandardCharsets.ISO_8859_1);
    return switch (order) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default -> throw entryError(name, "says " + Quoted.of(order) + ", neither little nor big");
    };
  }

  // -- Entries --

  @FunctionalInterface
  private interface Content<T> {
    T from(InputStream in) throws IOException;
  }

  private byte[] bytes(String name, int max) {
    long declared = entries.get(name).getSize();
    if (declared < 0 || declared > max) {
      throw entryError(name, "has " + declared + " bytes; at most " + max + " are accepted");
    }
    return read(
        name,
        in -> {
          byte[] bytes = in.readNBytes((int) declared);
          if (bytes.length < declared) {
            throw new EOFException("the data end after " + bytes.length + " bytes");
          }
          return bytes;
        });
  }

  /** Reads an entry whose length is known, and makes sure that it ends there and is unharmed. */
  private <T> T read(String name, Content<T> content) {
    ZipEntry entry = entries.get(name);
    CRC32 checksum = new CRC32();
    try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), checksum)) {
      T value = content.from(in);
      if (in.read() != -1) {
        throw entryError(
            name, "inflates to more than the " + entry.getSize() + " bytes it declares");
      }
      if (checksum.getValue() != entry.getCrc()) {
        throw entryError(name, "is damaged: its checksum is wrong");
      }
      return value;
    } catch (IOException e) {
      throw new SkinSpectraException(
          "Entry " + Quoted.of(name) + " of " + file + " cannot be read: " + e.getMessage() + ".",
          e);
    }
  }

  private void spend(long bytes, String name) {
    budget -= bytes;
    if (budget < 0) {
      throw entryError(name, "makes the file inflate beyond any honest measure");
    }
  }

  private SkinSpectraException entryError(String name, String problem) {
    return new SkinSpectraException(
        "Entry " + Quoted.of(name) + " of " + file + " " + problem + ".");
  }
}

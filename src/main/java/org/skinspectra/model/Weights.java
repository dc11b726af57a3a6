package org.skinspectra.model;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.WholeFile;

/** The tensors of a trained model by name, with where they came from. Immutable. */
public final class Weights {

  private static final long MAX_FILE_BYTES = 4L << 30;
  private static final int SNIFFED_BYTES = 9;
  private static final int PICKLE_PROTOCOL = 0x80;

  private final SortedMap<String, WeightTensor> tensors;
  private final SortedMap<String, String> metadata;
  private final String source;
  private final String id;

  private Weights(StoredTensors stored, String source, String id) {
    this.tensors = Collections.unmodifiableSortedMap(stored.tensors());
    this.metadata = Collections.unmodifiableSortedMap(stored.metadata());
    this.source = source;
    this.id = id;
  }

  /**
   * Weights made in memory.
   *
   * @param source what made them, for people
   */
  public static Weights of(
      Map<String, WeightTensor> tensors, Map<String, String> metadata, String source) {
    StoredTensors stored = new StoredTensors(new TreeMap<>(tensors), new TreeMap<>(metadata));
    MessageDigest sha256 = sha256();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), sha256)) {
      SafetensorsFile.write(out, stored.tensors(), stored.metadata());
    } catch (IOException e) {
      throw new IllegalStateException("A stream to nowhere failed.", e);
    }
    return new Weights(stored, source, HexFormat.of().formatHex(sha256.digest()));
  }

  /**
   * Untrained weights, drawn from the distributions of the published models; the same for the same
   * seed. Their results mean nothing, but take the time that trained ones take.
   */
  public static Weights untrained(Architecture architecture, long seed) {
    InitialWeights initial = new InitialWeights(new Random(seed));
    Map<String, WeightTensor> tensors = new TreeMap<>();
    architecture.tensors().forEach((name, shape) -> tensors.put(name, initial.draw(name, shape)));
    return of(tensors, architecture.metadata(), "untrained, seed " + seed);
  }

  /**
   * Reads a safetensors file or a PyTorch file ({@code torch.save} of a state dict or of a training
   * checkpoint); the content decides which, not the name.
   *
   * @throws SkinSpectraException if the file is missing or is not such a file, naming the tensor or
   *     entry that is wrong
   */
  public static Weights read(Path path) {
    String file = String.valueOf(path.getFileName());
    if (!Files.isRegularFile(path)) {
      throw new SkinSpectraIOException(
          Files.exists(path)
              ? path + " is not a file; give a .safetensors or .pt file."
              : "There is no weights file "
                  + path
                  + "; give a .safetensors or .pt file, or the name of a built-in model ("
                  + Models.DEFAULT
                  + ", "
                  + Models.WIENER
                  + ").");
    }
    try {
      long size = Files.size(path);
      if (size > MAX_FILE_BYTES) {
        throw new SkinSpectraException(
            path + " has " + size + " bytes; no model here has more than " + MAX_FILE_BYTES + ".");
      }
      FileTime modified = Files.getLastModifiedTime(path);
      String id = sha256Of(path);
      StoredTensors stored = stored(path, file);
      if (Files.size(path) != size || !Files.getLastModifiedTime(path).equals(modified)) {
        throw new SkinSpectraIOException(
            path + " was changed while it was read; read it again when it is complete.");
      }
      return new Weights(stored, file, id);
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot read the weights " + path + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads a safetensors file that comes with the program, as {@link #read} reads one on disk.
   *
   * @param name of the resource beside {@code owner}; becomes the source
   */
  static Weights readResource(Class<?> owner, String name) {
    try (InputStream resource = owner.getResourceAsStream(name)) {
      if (resource == null) {
        throw new SkinSpectraIOException(
            "The built-in model " + name + " is missing from this installation.");
      }
      byte[] bytes = resource.readAllBytes();
      StoredTensors stored =
          SafetensorsFile.read(new ByteArrayInputStream(bytes), bytes.length, name);
      return new Weights(stored, name, HexFormat.of().formatHex(sha256().digest(bytes)));
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot read the built-in model " + name + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes a safetensors file, whole or not at all. Equal weights give equal bytes.
   *
   * @throws SkinSpectraIOException if it cannot be written
   */
  public void writeSafetensors(Path target) {
    WholeFile.write(
        target,
        temporary -> {
          try (OutputStream out =
              new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16)) {
            SafetensorsFile.write(out, tensors, metadata);
          }
        });
  }

  /** All tensors by name, in the order of their names. */
  public SortedMap<String, WeightTensor> tensors() {
    return tensors;
  }

  /** Free text that came with the tensors; empty for a PyTorch file. */
  public SortedMap<String, String> metadata() {
    return metadata;
  }

  /** Name of the file, or what made the weights. */
  public String source() {
    return source;
  }

  /**
   * SHA-256 of the file in hexadecimal digits, as {@code sha256sum} prints it; for weights made in
   * memory that of the file {@link #writeSafetensors} writes.
   */
  public String id() {
    return id;
  }

  /**
   * The tensor of this name.
   *
   * @throws SkinSpectraException if there is none
   */
  public WeightTensor tensor(String name) {
    WeightTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new SkinSpectraException("The weights " + source + " lack the tensor '" + name + "'.");
    }
    return tensor;
  }

  private static StoredTensors stored(Path path, String file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(path)) {
      start = Arrays.copyOf(in.readNBytes(SNIFFED_BYTES), SNIFFED_BYTES);
    }
    // The header of a safetensors file starts with a brace after its eight bytes of length.
    boolean safetensors = start[8] == '{';
    if (!safetensors && start[0] == 'P' && start[1] == 'K') {
      return PyTorchFile.read(path, file);
    }
    if (!safetensors && (start[0] & 0xff) == PICKLE_PROTOCOL && start[1] >= 1 && start[1] <= 5) {
      throw new SkinSpectraException(
          file
              + " is in the format PyTorch used before version 1.6, or another bare pickle, which is"
              + " not read. If you trust it, save it anew in PyTorch:"
              + " torch.save(torch.load('old.pt', map_location='cpu'), 'new.pt').");
    }
    return SafetensorsFile.read(path, file);
  }

  private static String sha256Of(Path path) throws IOException {
    MessageDigest sha256 = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(path), sha256)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}

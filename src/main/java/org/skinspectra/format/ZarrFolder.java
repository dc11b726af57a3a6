package org.skinspectra.format;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;

/**
 * The files of a Zarr hierarchy. Nothing outside of its folder is read: neither by the names that
 * its metadata give nor by links.
 */
final class ZarrFolder {

  private static final long MOST_JSON = 16 << 20;
  private static final int MOST_PARTS = 8;

  /** No separators of other systems, no drive letters, no names that are not for files. */
  private static final Pattern NAME = Pattern.compile("[^/\\\\:*?\"<>|\\p{Cntrl}]{1,200}");

  private final Path given;
  private final Path real;

  private ZarrFolder(Path given, Path real) {
    this.given = given;
    this.real = real;
  }

  static ZarrFolder of(Path folder) throws IOException {
    return new ZarrFolder(folder, folder.toRealPath());
  }

  /** The folder as people call it. */
  Path path() {
    return given;
  }

  /**
   * A group or array in this folder.
   *
   * @param path as metadata give it, names with slashes between
   * @throws SkinSpectraIOException if it leads out of the folder, or there is no such folder
   */
  ZarrFolder child(String path) throws IOException {
    String[] names = path.split("/", -1);
    Path child = given;
    for (String name : names) {
      if (names.length > MOST_PARTS
          || !NAME.matcher(name).matches()
          || name.equals(".")
          || name.equals("..")) {
        throw new SkinSpectraIOException(
            "%s names a part of it '%s', which is no name of a folder in it; it is damaged."
                .formatted(given, JsonText.printable(path)));
      }
      child = child.resolve(name);
    }
    if (!Files.isDirectory(child)) {
      throw new SkinSpectraIOException(
          "%s is not whole: the folder %s that it names is missing. Copy it again."
              .formatted(given, JsonText.printable(path)));
    }
    return new ZarrFolder(child, within(child));
  }

  private Path within(Path path) throws IOException {
    Path found = path.toRealPath();
    if (!found.startsWith(real)) {
      throw new SkinSpectraIOException(
          "%s leads by a link out of its folder, to %s, which is not followed. Copy what is meant into it."
              .formatted(path, found));
    }
    return found;
  }

  boolean has(String name) {
    return Files.isRegularFile(given.resolve(name));
  }

  /**
   * Reads metadata.
   *
   * @param name of the file, not from a file
   */
  JsonObject json(String name, String what) throws IOException {
    Path file = given.resolve(name);
    if (Files.exists(file)) {
      within(file);
    }
    return JsonText.read(file, what, MOST_JSON);
  }

  /** Whether anything but metadata lies in it. */
  boolean hasChunks() throws IOException {
    try (Stream<Path> entries = Files.list(given)) {
      return entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .anyMatch(name -> !name.startsWith(".") && !name.equals(ZarrMetadata.VERSION_3));
    }
  }

  /**
   * The file of a chunk or of a shard; empty where it is not there.
   *
   * @param key made of numbers, with slashes or dots between
   */
  Optional<Path> file(String key) throws IOException {
    Path file = given.resolve(key);
    try {
      Path found = within(file);
      if (!Files.isRegularFile(found)) {
        throw new IOException("the chunk " + key + " is no file");
      }
      return Optional.of(found);
    } catch (NoSuchFileException e) {
      if (Files.isSymbolicLink(file)) {
        throw new IOException("the chunk " + key + " is a link that leads nowhere", e);
      }
      return Optional.empty();
    }
  }

  /**
   * The bytes of a chunk; empty where it is not there, which means that all of its values are the
   * fill value.
   *
   * @param most bytes that it may have
   */
  Optional<byte[]> chunk(String key, long most) throws IOException {
    Optional<Path> file = file(key);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    long size = Files.size(file.get());
    if (size > most) {
      throw new IOException(
          "the chunk %s has %d bytes, and not more than %d fit".formatted(key, size, most));
    }
    try (InputStream in = Files.newInputStream(file.get())) {
      byte[] bytes = in.readNBytes((int) size);
      if (bytes.length < size) {
        throw new IOException("the chunk " + key + " was cut while it was read");
      }
      return Optional.of(bytes);
    }
  }
}

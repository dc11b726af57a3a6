package org.skinspectra.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where Linux finds shared libraries by name: {@code LD_LIBRARY_PATH}, the folders of the linker's
 * configuration, and its own.
 */
final class SharedLibraries {

  private static final List<String> USUAL =
      List.of(
          "/lib",
          "/usr/lib",
          "/lib64",
          "/usr/lib64",
          "/lib/x86_64-linux-gnu",
          "/usr/lib/x86_64-linux-gnu");
  private static final int MOST_FILES = 1000;
  private static final int DEPTH = 5;
  private static final int MOST_BYTES = 1 << 16;

  private final Set<Path> folders;

  private SharedLibraries(Set<Path> folders) {
    this.folders = folders;
  }

  /** The folders of this system. */
  static SharedLibraries ofThisSystem() {
    return of(System.getenv("LD_LIBRARY_PATH"), Path.of("/etc/ld.so.conf"), USUAL);
  }

  /**
   * Given folders, in the order in which they are searched.
   *
   * @param path as {@code LD_LIBRARY_PATH} has them; may be null
   * @param configuration of the linker, with its {@code include} lines; need not exist
   */
  static SharedLibraries of(String path, Path configuration, List<String> usual) {
    Set<Path> folders = new LinkedHashSet<>();
    if (path != null) {
      List.of(path.split("[:;]")).forEach(folder -> add(folders, folder));
    }
    configured(configuration, folders, 0);
    usual.forEach(folder -> add(folders, folder));
    return new SharedLibraries(folders);
  }

  private static void add(Set<Path> folders, String folder) {
    try {
      if (!folder.isBlank()) {
        folders.add(Path.of(folder.strip()));
      }
    } catch (InvalidPathException e) {
      // The linker would not find anything there either.
      return;
    }
  }

  private static void configured(Path file, Set<Path> folders, int depth) {
    for (String line : lines(file)) {
      String text = line.replaceFirst("#.*", "").strip();
      if (text.startsWith("include ") && depth < DEPTH) {
        included(file, text.substring("include ".length()).strip())
            .forEach(other -> configured(other, folders, depth + 1));
      } else if (text.startsWith("/")) {
        add(folders, text);
      }
    }
  }

  private static List<Path> included(Path from, String pattern) {
    List<Path> files = new ArrayList<>();
    try {
      Path all = from.resolveSibling(pattern);
      try (DirectoryStream<Path> found =
          Files.newDirectoryStream(all.getParent(), all.getFileName().toString())) {
        for (Path file : found) {
          files.add(file);
          if (files.size() >= MOST_FILES) {
            break;
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      // What cannot be read is what the linker's cache may still know; nothing is claimed of it.
      return files;
    }
    files.sort(null);
    return files;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES
          ? Files.readAllLines(file, StandardCharsets.ISO_8859_1)
          : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The file of a library, such as {@code libcudnn.so.9}; the first of several. */
  Optional<Path> find(String name) {
    return folders.stream().map(folder -> folder.resolve(name)).filter(Files::exists).findFirst();
  }
}

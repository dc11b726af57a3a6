package org.skinspectra.format;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Names of files that stand in other files, and that must not lead out of their folder. */
final class FolderEntry {

  private FolderEntry() {}

  /** Whether a name is that of something directly in a folder. */
  static boolean isPlain(String name) {
    if (name.isBlank()
        || name.equals(".")
        || name.equals("..")
        || name.length() > 255
        || name.chars().anyMatch(c -> c == '/' || c == '\\' || c == ':' || c < ' ')) {
      return false;
    }
    try {
      return Path.of(name).getNameCount() == 1 && !Path.of(name).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * A file in a folder or in folders in it; empty where the name leads out of it.
   *
   * @param name with {@code /} between folders
   */
  static Optional<Path> within(Path folder, String name) {
    Path path = folder;
    for (String part : name.split("/", -1)) {
      if (!isPlain(part)) {
        return Optional.empty();
      }
      path = path.resolve(part);
    }
    return Optional.of(path);
  }
}

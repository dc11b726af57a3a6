package org.skinspectra.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.format.FileErrors;

/**
 * A session's folder as it is written to: every file gets a name that says that it is unfinished,
 * is forced to the medium, renamed, and its folder forced. So what has its own name is whole.
 */
final class SessionFolder {

  private final Path path;
  private final Disk disk;

  /**
   * A file that is written, but not yet under its name.
   *
   * @param folder that it is in
   * @param temporary name, which says that it is unfinished
   * @param name that it will have
   */
  record Unfinished(Path folder, Path temporary, String name) {}

  SessionFolder(Path path, Disk disk) {
    this.path = path;
    this.disk = disk;
  }

  Path path() {
    return path;
  }

  Disk disk() {
    return disk;
  }

  /** A folder within; the folder itself where {@code name} is empty. */
  Path inner(String name) {
    return path.resolve(name);
  }

  /** A new name for what is not finished. */
  static Path unfinishedIn(Path folder) {
    return folder.resolve(SessionContents.UNFINISHED + UUID.randomUUID() + ".tmp");
  }

  /**
   * Writes a file under a name that says that it is unfinished; nothing is left of it after an
   * error.
   */
  Unfinished write(Path folder, String name, ByteBuffer content) throws IOException {
    Unfinished file = new Unfinished(folder, unfinishedIn(folder), name);
    try {
      disk.write(file.temporary(), content);
      return file;
    } catch (IOException | RuntimeException | Error e) {
      discard(List.of(file));
      throw e;
    }
  }

  /**
   * Gives files of one folder their names, once all of them are on the medium. After an error those
   * that have none yet are removed.
   */
  void publish(List<Unfinished> files) throws IOException {
    try {
      for (Unfinished file : files) {
        disk.force(file.temporary());
      }
      for (Unfinished file : files) {
        disk.rename(file.temporary(), file.folder().resolve(file.name()));
      }
      if (!files.isEmpty()) {
        disk.forceFolder(files.get(0).folder());
      }
    } catch (IOException | RuntimeException | Error e) {
      discard(files);
      throw e;
    }
  }

  /** Writes a file beside the manifest, or in the place of one, as a whole. */
  void replace(String name, byte[] bytes) throws IOException {
    publish(List.of(write(path, name, ByteBuffer.wrap(bytes))));
  }

  /** Removes what will not be published. */
  void discard(List<Unfinished> files) {
    for (Unfinished file : files) {
      try {
        disk.delete(file.temporary());
      } catch (IOException e) {
        // Its name says that it is unfinished.
        continue;
      }
    }
  }

  /** The highest number that a name in a folder begins with; 0 where there is none. */
  static int highestNumberIn(Path folder) {
    int highest = 0;
    for (Path file : SessionContents.entries(folder)) {
      String digits = file.getFileName().toString().replaceFirst("-.*", "");
      if (digits.matches("\\d{1,8}")) {
        highest = Math.max(highest, Integer.parseInt(digits));
      }
    }
    return highest;
  }

  /** Something that is done to the disk. */
  interface Writing<T> {
    T write() throws IOException;
  }

  /**
   * Does something to the disk.
   *
   * @throws SkinSpectraIOException if it fails, naming the session and the cause
   */
  <T> T writing(Writing<T> writing) {
    try {
      return writing.write();
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot write to the session %s: %s. What was stored before is whole; make room or mend the disk, and continue the session."
              .formatted(path, FileErrors.reason(e)),
          e);
    }
  }
}

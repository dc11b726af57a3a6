package org.skinspectra;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file whole or not at all: the content goes to a temporary name in the same folder, is
 * forced to the disk and then renamed. When anything fails the temporary file is removed and a file
 * that stood there before is untouched.
 */
public final class WholeFile {

  private WholeFile() {}

  /** Writes the content of one file to the path it is given. */
  @FunctionalInterface
  public interface Content {
    void writeTo(Path temporary) throws IOException;
  }

  /**
   * Makes sure, before long work, that its result can be written.
   *
   * @throws SkinSpectraIOException if {@code target} is a folder, or its folder can neither be
   *     written to nor made
   */
  public static void requireWritable(Path target) {
    if (Files.isDirectory(target)) {
      throw new SkinSpectraIOException(target + " is a folder; give the name of a file.");
    }
    Path folder = target.toAbsolutePath().normalize().getParent();
    while (!Files.exists(folder)) {
      folder = folder.getParent();
    }
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new SkinSpectraIOException(
          "Cannot write "
              + target
              + ": "
              + folder
              + (Files.isDirectory(folder)
                  ? " is a folder that may not be written to"
                  : " is a file, not a folder")
              + ". Choose another place.");
    }
  }

  /**
   * Makes sure that a file that is read is not written over by what is made of it.
   *
   * @throws SkinSpectraIOException if both are one file, by whatever names
   */
  public static void requireOther(Path target, Path input) {
    try {
      if (Files.exists(target) && Files.exists(input) && Files.isSameFile(target, input)) {
        throw new SkinSpectraIOException(
            target + " is the file that is read; give another name, so that it stays as it is.");
      }
    } catch (IOException e) {
      throw new SkinSpectraIOException("Cannot look at %s: %s".formatted(target, e), e);
    }
  }

  /**
   * Writes {@code target}, replacing an existing file only when the new one is complete. Missing
   * parent folders are made.
   *
   * @throws SkinSpectraIOException when the content cannot be written, naming {@code target} and
   *     the cause
   */
  public static void write(Path target, Content content) {
    Path absolute = target.toAbsolutePath();
    Path temporary = null;
    try {
      Files.createDirectories(absolute.getParent());
      // Not Files.createTempFile: it denies the file to everyone but its owner.
      temporary = absolute.resolveSibling(".writing-" + UUID.randomUUID() + ".tmp");
      Files.createFile(temporary);
      // For a program that is interrupted while it writes.
      temporary.toFile().deleteOnExit();
      content.writeTo(temporary);
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      moveInPlace(temporary, absolute);
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot write " + target + ": " + reason(e) + ". Nothing was written there.", e);
    } finally {
      deleteQuietly(temporary);
    }
  }

  private static void moveInPlace(Path temporary, Path target) throws IOException {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The cause in words: file system errors often carry only the path, or nothing at all. */
  static String reason(IOException e) {
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    if (e instanceof FileAlreadyExistsException f) {
      return f.getFile() + " is a file, not a folder";
    }
    if (e instanceof NoSuchFileException) {
      return "no file can be made there";
    }
    if (e instanceof AccessDeniedException) {
      return "access denied";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static void deleteQuietly(Path temporary) {
    if (temporary != null) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        // It is removed when the program ends.
        return;
      }
    }
  }
}

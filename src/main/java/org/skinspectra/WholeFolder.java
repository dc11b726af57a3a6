package org.skinspectra;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Writes a folder whole or not at all, as {@link WholeFile} does a file: the content goes to a
 * temporary name beside it, is forced to the disk and then renamed. When anything fails the
 * temporary folder is removed and one that stood there before is untouched.
 */
public final class WholeFolder {

  private WholeFolder() {}

  /** Says whether an existing folder is one that may be replaced, judged by what lies in it. */
  @FunctionalInterface
  public interface Replaceable {
    boolean test(Path folder) throws IOException;
  }

  /**
   * Makes sure, before long work, that its result can be written.
   *
   * @param replaceable whether an existing folder that is not empty may be replaced
   * @throws SkinSpectraIOException if something else has the name, or the folder around it can
   *     neither be written to nor made
   */
  public static void requireWritable(Path target, Replaceable replaceable) {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      WholeFile.requireWritable(target);
      return;
    }
    try {
      if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new SkinSpectraIOException(
            "Cannot write "
                + target
                + ": a file has this name, and a folder is written. Choose another.");
      }
      if (!isEmpty(target) && !replaceable.test(target)) {
        throw new SkinSpectraIOException(
            "Cannot write "
                + target
                + ": a folder of this name holds something else, which is not replaced. Choose another name.");
      }
    } catch (IOException e) {
      throw failed(target, e);
    }
    WholeFile.requireWritable(target.toAbsolutePath().resolveSibling(temporaryName()));
  }

  /**
   * Writes {@code target}, replacing an existing folder only if that is allowed and the new one is
   * complete. Missing parent folders are made.
   *
   * @param replaceable whether an existing folder that is not empty may be replaced
   * @param content writes into the folder it is given, which is there and empty
   * @throws SkinSpectraIOException when the content cannot be written or the folder there not be
   *     replaced, naming {@code target} and the cause
   */
  public static void write(Path target, Replaceable replaceable, WholeFile.Content content) {
    requireWritable(target, replaceable);
    Path absolute = target.toAbsolutePath();
    Path temporary = absolute.resolveSibling(temporaryName());
    // For a program that is interrupted while it writes.
    Thread onExit = new Thread(() -> deleteQuietly(temporary));
    try {
      Files.createDirectories(absolute.getParent());
      Runtime.getRuntime().addShutdownHook(onExit);
      Files.createDirectory(temporary);
      content.writeTo(temporary);
      force(temporary);
      moveInPlace(temporary, absolute);
    } catch (IOException e) {
      throw failed(target, e);
    } finally {
      deleteQuietly(temporary);
      removeHook(onExit);
    }
  }

  private static String temporaryName() {
    return ".writing-" + UUID.randomUUID() + ".tmp";
  }

  private static SkinSpectraIOException failed(Path target, IOException e) {
    return new SkinSpectraIOException(
        "Cannot write " + target + ": " + WholeFile.reason(e) + ". Nothing was written there.", e);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private static void force(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
              channel.force(true);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** No file system replaces a folder that is not empty: the old one is put aside before. */
  private static void moveInPlace(Path temporary, Path target) throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      Files.move(temporary, target);
      return;
    }
    Path old = target.resolveSibling(temporaryName());
    Files.move(target, old);
    try {
      Files.move(temporary, target);
    } catch (IOException e) {
      Files.move(old, target);
      throw e;
    }
    deleteQuietly(old);
  }

  /** Links in the folder are removed, not followed. */
  private static void deleteQuietly(Path folder) {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, IOException e)
                throws IOException {
              Files.delete(emptied);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      // What cannot be removed stays under its temporary name; the result is not touched by it.
      return;
    }
  }

  private static void removeHook(Thread onExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // The program ends already, and the hook does its work.
      return;
    }
  }
}

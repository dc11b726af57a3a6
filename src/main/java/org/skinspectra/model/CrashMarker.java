package org.skinspectra.model;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.skinspectra.SkinSpectraException;

/**
 * A file that lies there only while TensorFlow is loaded. If a native library ends Java meanwhile,
 * it stays, and the next start says so instead of ending, too. Each process writes its own, so that
 * one that is still loading is not taken for one that ended.
 *
 * @param file of this process, named by its number
 * @param engine what is loaded
 */
record CrashMarker(Path file, Path engine) {

  private static final String NAME = "loading-tensorflow-";
  private static final String SUFFIX = ".txt";

  static CrashMarker in(Path folder, Path engine) {
    return of(folder, engine, ProcessHandle.current().pid());
  }

  static CrashMarker of(Path folder, Path engine, long process) {
    return new CrashMarker(folder.resolve(NAME + process + SUFFIX), engine);
  }

  /**
   * @throws SkinSpectraException if an earlier process ended while it loaded, naming its file
   */
  void check() {
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(file.getParent(), NAME + "*" + SUFFIX)) {
      for (Path other : left) {
        if (!isRunning(other)) {
          throw new SkinSpectraException(
              "Java ended while it loaded TensorFlow ("
                  + firstLine(other)
                  + "), most likely because its native library does not get on with this computer:"
                  + " its processor, graphics driver or CUDA libraries. TensorFlow is not loaded"
                  + " again until you delete "
                  + other
                  + ". The model 'wiener' works without.");
        }
      }
    } catch (IOException e) {
      // What cannot be read cannot warn.
    }
  }

  /** Nothing is written where nothing can be: a missing warning is no reason to refuse the work. */
  void write() {
    try {
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      Files.createDirectories(file.getParent());
      Files.writeString(file, engine + ", " + now + System.lineSeparator());
      // A user's Ctrl-C is no crash.
      file.toFile().deleteOnExit();
    } catch (IOException e) {
      remove();
    }
  }

  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It is removed at the end of this process.
    }
  }

  private static boolean isRunning(Path marker) {
    String name = marker.getFileName().toString();
    String number = name.substring(NAME.length(), name.length() - SUFFIX.length());
    try {
      Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(number));
      Instant written = Files.getLastModifiedTime(marker).toInstant();
      // A process that started after the marker was written has only the number in common.
      return process
          .filter(ProcessHandle::isAlive)
          .filter(p -> p.info().startInstant().map(start -> !start.isAfter(written)).orElse(true))
          .isPresent();
    } catch (IOException | NumberFormatException e) {
      // Gone by now, or not one of ours.
      return true;
    }
  }

  private static String firstLine(Path marker) {
    try {
      return Files.readString(marker).lines().findFirst().orElse("");
    } catch (IOException | RuntimeException e) {
      return marker.toString();
    }
  }
}

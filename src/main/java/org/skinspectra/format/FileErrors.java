package org.skinspectra.format;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.skinspectra.CanceledException;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;

/**
 * The one place where whatever a reader throws at a damaged file becomes an error that names the
 * file and says what to do.
 */
public final class FileErrors {

  private FileErrors() {}

  /** Reads something that {@link #reading} answers for. */
  @FunctionalInterface
  public interface Reading<T> {
    T read() throws IOException;
  }

  /**
   * Runs {@code reading} on an existing, regular file.
   *
   * @param what what is read, for the message: {@code spectral cube}
   * @throws SkinSpectraException whatever goes wrong
   */
  public static <T> T reading(Path file, String what, Reading<T> reading) {
    requireFile(file);
    return translating(file, what, reading);
  }

  /** {@link #reading}, but of something existing that may be a folder too. */
  static <T> T readingFileOrFolder(Path path, String what, Reading<T> reading) {
    if (Files.isDirectory(path)) {
      return translating(path, what, reading);
    }
    return reading(path, what, reading);
  }

  /** {@link #reading} of a file that is open already. */
  static <T> T translating(Path file, String what, Reading<T> reading) {
    try {
      return reading.read();
    } catch (CanceledException e) {
      throw e;
    } catch (SkinSpectraException e) {
      throw naming(file, e);
    } catch (OutOfMemoryError e) {
      throw new SkinSpectraIOException(
          "Cannot read the %s %s: it needs more memory than Java may use (%s). Raise the limit with -Xmx, or check that the file is not damaged."
              .formatted(what, file, gibibytes(Runtime.getRuntime().maxMemory())),
          e);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // Libraries that follow a structure from within the file overflow the stack on a cyclic one.
      throw new SkinSpectraIOException(
          "Cannot read the %s %s: %s. The file seems to be damaged or of another kind than it says."
              .formatted(what, file, reason(e)),
          e);
    }
  }

  /** The same error, which names the file or one that belongs to it, such as ENVI's data. */
  private static SkinSpectraException naming(Path file, SkinSpectraException e) {
    String message = String.valueOf(e.getMessage());
    String stem = file.toString().replaceFirst("\\.[^./\\\\]*$", "");
    return message.contains(file.toString()) || message.contains(stem + ".")
        ? e
        : new SkinSpectraIOException(file + ": " + message, e);
  }

  private static void requireFile(Path file) {
    if (!Files.exists(file)) {
      throw new SkinSpectraIOException("There is no file " + file + ".");
    }
    if (Files.isDirectory(file)) {
      throw new SkinSpectraIOException(file + " is a folder, not a file.");
    }
    if (!Files.isReadable(file)) {
      throw new SkinSpectraIOException("File " + file + " may not be read: access denied.");
    }
  }

  /**
   * Refuses sizes that cannot be held in memory.
   *
   * @param file the file that declares them
   */
  public static void requireMemory(Path file, int width, int height, long planes) {
    double bytes = (double) width * height * planes * Float.BYTES;
    long max = Runtime.getRuntime().maxMemory();
    if ((long) width * height > Integer.MAX_VALUE - 8 || bytes > max) {
      throw new SkinSpectraIOException(
          "%s holds %dx%d pixels in %d bands: that takes %s of memory, and Java may use %s. Raise the limit with -Xmx, or cut the image."
              .formatted(file, width, height, planes, gibibytes(bytes), gibibytes(max)));
    }
  }

  private static String gibibytes(double bytes) {
    return String.format(java.util.Locale.ROOT, "%.1f GiB", bytes / (1L << 30));
  }

  /** The cause in words: file system errors often carry only the path, or nothing at all. */
  public static String reason(Throwable e) {
    if (e instanceof AccessDeniedException) {
      return "access denied";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    if (e instanceof StackOverflowError) {
      return "its structure leads in circles";
    }
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : JsonText.printable(message).replaceAll("[.\\s]+$", "");
  }
}

package org.skinspectra.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.scijava.plugin.SciJavaPlugin;

/**
 * A file format of cubes and multispectral images. Implementations are public, have a constructor
 * without parameters and are annotated {@code @Plugin(type = CubeFormat.class)}; formats of higher
 * priority are asked first.
 */
public interface CubeFormat extends SciJavaPlugin {

  /** What people call the format, such as {@code ENVI}. */
  String name();

  /** Usual endings of its files in lower case with the dot, the one to write first. */
  List<String> endings();

  /**
   * Whether the file is of this format, judged by its content and not by its ending alone.
   *
   * @param head the first bytes of the file, at most {@link CubeFormats#HEAD_BYTES}
   */
  boolean recognizes(Path file, byte[] head) throws IOException;

  /**
   * Opens a file that {@link #recognizes} accepted. The sizes that the file declares are held
   * against its length here, before anybody takes memory for them. Any exception is allowed for a
   * damaged file; the caller turns it into one that names the file.
   */
  CubeSource open(Path file, ReadOptions options) throws IOException;

  /** Whether {@link #write} is possible. */
  default boolean canWrite() {
    return false;
  }

  /**
   * Writes all planes of {@code source} as float32, with band names, wavelengths and provenance.
   * Either everything is written or nothing.
   */
  default void write(CubeSource source, Path target) throws IOException {
    throw new UnsupportedOperationException(name() + " files cannot be written.");
  }
}

package org.skinspectra.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scijava.plugin.SciJavaPlugin;

/**
 * A file format of cubes and multispectral images. Implementations are public, have a constructor
 * without parameters and are annotated {@code @Plugin(type = CubeFormat.class)}; formats of higher
 * priority are asked first.
 */
public interface CubeFormat extends SciJavaPlugin {

  /** What people call the format, such as {@code ENVI}. */
  String name();

  /**
   * Usual endings of its files or folders in lower case with the dot, the one to write first. Where
   * several formats have an ending that fits a name, the longest decides: {@code .ome.tif} before
   * {@code .tif}; among equal ones the priority does.
   */
  List<String> endings();

  /**
   * Whether the file is of this format, judged by its content and not by its ending alone. It is a
   * file: folders are asked for by {@link #recognizesFolder}.
   *
   * @param head the first bytes of the file, at most {@link CubeFormats#HEAD_BYTES}
   */
  boolean recognizes(Path file, byte[] head) throws IOException;

  /**
   * Whether a folder holds a data set of this format, judged by what lies in it. Formats of single
   * files leave it at no.
   */
  default boolean recognizesFolder(Path folder) throws IOException {
    return false;
  }

  /** Whether a data set of this format is a folder. */
  default boolean isFolder() {
    return false;
  }

  /**
   * Opens a file or folder that {@link #recognizes} or {@link #recognizesFolder} accepted. The
   * sizes that the file declares are held against its length here, before anybody takes memory for
   * them. Any exception is allowed for a damaged file; the caller turns it into one that names the
   * file.
   */
  CubeSource open(Path file, ReadOptions options) throws IOException;

  /**
   * All files that an image consists of, such as header and data, each once.
   *
   * @param file one of them, which {@link #recognizes} accepted
   */
  default List<Path> files(Path file) throws IOException {
    return List.of(file);
  }

  /**
   * Names of files beside a file that may belong to the same image, such as those of the data for a
   * header's name; so that an image can be fetched from where it cannot be looked into.
   */
  default List<String> companions(String name) {
    return List.of();
  }

  /** The files that {@link #write} makes, such as header and data. */
  default List<Path> written(Path target) {
    return List.of(target);
  }

  /** What {@link #write} can do; empty where files of this format are only read. */
  default Optional<WriteSupport> writing() {
    return Optional.empty();
  }

  /**
   * Writes all planes of {@code source}, with band names, wavelengths, provenance and, for integer
   * samples, their scale. Either everything is written or nothing ({@link
   * org.skinspectra.WholeFile}, {@link org.skinspectra.WholeFolder}). No more than some planes are
   * held at a time: planes come from a {@link BandReader}, or regions from {@link
   * CubeSource#readRegion}; samples are made by a {@link SampleQuantizer}.
   *
   * @param options that {@link #writing} allows
   * @return how many values were clipped, since an integer cannot hold them
   */
  default long write(CubeSource source, Path target, WriteOptions options) throws IOException {
    throw new UnsupportedOperationException(name() + " files cannot be written.");
  }
}

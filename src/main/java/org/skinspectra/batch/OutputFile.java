package org.skinspectra.batch;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.skinspectra.Sha256;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.format.FileErrors;

/**
 * A file of a cube as it was written.
 *
 * @param name without folders
 * @param length bytes
 * @param sha256 64 hexadecimal digits
 */
public record OutputFile(String name, long length, String sha256) implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * All files of a cube, such as header and data.
   *
   * @throws SkinSpectraIOException if one of them cannot be read
   */
  static List<OutputFile> of(Path cube) {
    List<OutputFile> files = new ArrayList<>();
    for (Path file : CubeFiles.files(cube)) {
      try {
        files.add(
            new OutputFile(String.valueOf(file.getFileName()), Files.size(file), Sha256.of(file)));
      } catch (IOException e) {
        throw new SkinSpectraIOException(
            "Cannot read %s to compare it: %s.".formatted(file, FileErrors.reason(e)), e);
      }
    }
    return List.copyOf(files);
  }

  /** Whether files are as they were written; those of another length are not read. */
  static boolean areIntact(List<OutputFile> written, Path cube) {
    try {
      for (OutputFile file : written) {
        Path path = cube.resolveSibling(file.name());
        if (!Files.isRegularFile(path)
            || Files.size(path) != file.length()
            || !Sha256.of(path).equals(file.sha256())) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot read the files of %s to compare them: %s.".formatted(cube, FileErrors.reason(e)),
          e);
    }
  }
}

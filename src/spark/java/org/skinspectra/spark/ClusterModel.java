package org.skinspectra.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.batch.BatchOptions;
import org.skinspectra.format.FileErrors;
import org.skinspectra.model.Models;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.model.Weights;

/**
 * A model as it is sent to the executors, who need not see the driver's files.
 *
 * @param id of the weights
 * @param file name of the weights' file; empty for a built-in model
 * @param weights content of the file
 */
record ClusterModel(BatchOptions options, String id, String file, byte[] weights)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * Reads the model on the driver.
   *
   * @throws SkinSpectraException if there is no such model, or it is damaged
   */
  static ClusterModel of(BatchOptions options) {
    Weights weights = Models.weights(options.model());
    Optional<Path> file = Models.file(options.model());
    if (file.isEmpty()) {
      return new ClusterModel(options, weights.id(), "", new byte[0]);
    }
    Path path = file.get();
    return new ClusterModel(
        options,
        weights.id(),
        String.valueOf(path.getFileName()),
        FileErrors.reading(path, "model", () -> Files.readAllBytes(path)));
  }

  /**
   * Opens the model on an executor.
   *
   * @param scratch folder for files that are not kept
   * @throws SkinSpectraException if it cannot be opened as asked
   */
  Reconstructor open(Path scratch) {
    if (file.isEmpty()) {
      return options.open();
    }
    Path copy = scratch.resolve(file);
    try {
      Files.createDirectories(scratch);
      Files.write(copy, weights);
      return options.withModel(copy.toString()).open();
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "The model cannot be written to %s: %s.".formatted(copy, FileErrors.reason(e)), e);
    } finally {
      copy.toFile().delete();
    }
  }
}

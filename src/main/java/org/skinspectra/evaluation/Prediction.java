package org.skinspectra.evaluation;

import java.util.Optional;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.model.ModelDescription;
import org.skinspectra.train.HyperSkinImage;

/** What predicts the cubes of a data set: a model that runs, or cubes that are there already. */
public interface Prediction extends AutoCloseable {

  /** What it is; its id may be empty where that is only known image by image. */
  ModelDescription model();

  /** Whether there is a prediction of an image. */
  boolean has(HyperSkinImage image);

  /**
   * What decides the prediction of an image, beside the image: the same text gives the same cube.
   * Empty where nothing says so.
   *
   * @throws SkinSpectraException if it cannot be found out
   */
  Optional<String> identity(HyperSkinImage image);

  /**
   * The predicted cube.
   *
   * @throws SkinSpectraException if there is none, or the input cannot be used
   * @throws CanceledException if {@code progress} asked to stop
   */
  SpectralCube of(HyperSkinImage image, ProgressMonitor progress);

  @Override
  void close();
}

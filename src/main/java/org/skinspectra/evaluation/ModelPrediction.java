package org.skinspectra.evaluation;

import java.util.Optional;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.model.Device;
import org.skinspectra.model.ModelDescription;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.train.HyperSkinImage;

/**
 * Predictions of a model, which is closed with them.
 *
 * @param device that was asked for: another rounds differently
 */
public record ModelPrediction(Reconstructor reconstructor, Device device) implements Prediction {

  @Override
  public ModelDescription model() {
    return reconstructor.model();
  }

  @Override
  public boolean has(HyperSkinImage image) {
    return true;
  }

  /** A model that has no SHA-256, such as a constant, is not known by its name alone. */
  @Override
  public Optional<String> identity(HyperSkinImage image) {
    String id = reconstructor.model().id();
    return id.matches("[0-9a-f]{64}")
        ? Optional.of("model %s on %s".formatted(id, device.key()))
        : Optional.empty();
  }

  @Override
  public SpectralCube of(HyperSkinImage image, ProgressMonitor progress) {
    return reconstructor.reconstruct(image.msi(), progress).cube();
  }

  @Override
  public void close() {
    reconstructor.close();
  }
}

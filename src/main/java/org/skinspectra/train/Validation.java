package org.skinspectra.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.AngleDefinition;
import org.skinspectra.measure.SpectralAngle;
import org.skinspectra.model.Device;
import org.skinspectra.model.NetworkReconstructor;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.model.Weights;
import org.skinspectra.model.WienerEstimator;
import org.skinspectra.model.WienerMatrix;
import org.skinspectra.skin.CaptureConditions;
import org.skinspectra.skin.RenderedScene;
import org.skinspectra.skin.SceneGenerator;
import org.skinspectra.skin.SceneKind;
import org.skinspectra.skin.Seeds;
import org.skinspectra.skin.SimulatedCamera;
import org.skinspectra.spectra.Wavelengths;

/**
 * The same images for every validation of a training: scenes at two levels of noise, and images of
 * a data set, which are large and are read anew each time. Models run as they will for a user.
 */
final class Validation {

  private static final int SCENES_OF_A_KIND = 10;
  private static final int SIDE = 96;

  private static final List<CaptureConditions> CONDITIONS =
      List.of(CaptureConditions.noise(45), CaptureConditions.noise(35).withExposure(0.5));

  private final List<Supplier<Picture>> examples;
  private final double wienerAngle;

  private Validation(List<Supplier<Picture>> examples, WienerMatrix wiener) {
    this.examples = examples;
    try (Reconstructor estimator =
        WienerEstimator.open(wiener.weights(Map.of(), "Wiener of the training material"))) {
      wienerAngle = mean(estimator, AngleDefinition.CLAMPED);
    }
  }

  static Validation of(
      SceneGenerator scenes,
      SimulatedCamera camera,
      List<HyperSkinImage> images,
      WienerMatrix wiener,
      long seed) {
    List<Supplier<Picture>> examples = new ArrayList<>();
    int number = 0;
    for (SceneKind kind : SceneKind.values()) {
      for (int i = 0; i < SCENES_OF_A_KIND; i++) {
        long own = Seeds.of(seed, number++);
        RenderedScene scene = scenes.scene(kind, own, SIDE, SIDE);
        if (scene.skin().count() == 0) {
          continue;
        }
        for (CaptureConditions taken : CONDITIONS) {
          Msi msi = camera.capture(scene.truth(), taken, ~own);
          Picture picture = new Picture(scene.truth(), scene.skin(), Optional.of(msi));
          examples.add(() -> picture);
        }
      }
    }
    for (HyperSkinImage image : images) {
      examples.add(() -> DatasetPictures.read(image));
    }
    return new Validation(examples, wiener);
  }

  /** How weights do on all images. */
  ValidationScore score(Weights weights, long step, Device device) {
    try (Reconstructor model =
        NetworkReconstructor.open(weights, Wavelengths.VIS_NIR, device, Precision.FLOAT32)) {
      double challenge = 0;
      double clamped = 0;
      for (Supplier<Picture> example : examples) {
        Picture picture = example.get();
        SpectralCube cube = reconstruction(model, picture);
        challenge += angle(cube, picture, AngleDefinition.CHALLENGE) / examples.size();
        clamped += angle(cube, picture, AngleDefinition.CLAMPED) / examples.size();
      }
      return new ValidationScore(step, challenge, clamped, wienerAngle);
    }
  }

  private double mean(Reconstructor model, AngleDefinition definition) {
    double sum = 0;
    for (Supplier<Picture> example : examples) {
      Picture picture = example.get();
      sum += angle(reconstruction(model, picture), picture, definition);
    }
    return sum / examples.size();
  }

  private static SpectralCube reconstruction(Reconstructor model, Picture picture) {
    return model.reconstruct(picture.input().orElseThrow(), ProgressMonitor.NONE).cube();
  }

  private static double angle(SpectralCube cube, Picture picture, AngleDefinition definition) {
    return SpectralAngle.measure(
            cube, picture.truth(), picture.skin(), definition, ProgressMonitor.NONE)
        .mean();
  }
}

package org.skinspectra.measure;

import java.util.List;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;

/**
 * Spectral angle between two cubes (Kruse et al., Remote Sensing of Environment 44:145, 1993):
 * arccos(Σp·t / (‖p‖·‖t‖)) over the bands of a pixel. It is blind to scale, so show {@link
 * CubeErrors} beside it.
 */
public final class SpectralAngle {

  /** Pixels of one task. */
  private static final int STRIPE = 1 << 15;

  private SpectralAngle() {}

  /**
   * The angle of every pixel without progress; see {@link #measure(SpectralCube, SpectralCube,
   * Mask, AngleDefinition, ProgressMonitor)}.
   */
  public static AngleMap measure(
      SpectralCube prediction, SpectralCube reference, Mask mask, AngleDefinition definition) {
    return measure(prediction, reference, mask, definition, ProgressMonitor.NONE);
  }

  /**
   * The angle of every pixel, in one pass over both cubes.
   *
   * @param prediction reflectance, any positive scale
   * @param reference reflectance of the same size and wavelengths
   * @param mask weights of the same size; how they act is the definition's matter
   * @throws SkinSpectraException if sizes or wavelengths differ, if the mask is empty, if a value
   *     inside the mask is not finite (naming the pixel and the band), or if no pixel has an angle
   * @throws org.skinspectra.CanceledException if {@code progress} asked to stop
   */
  public static AngleMap measure(
      SpectralCube prediction,
      SpectralCube reference,
      Mask mask,
      AngleDefinition definition,
      ProgressMonitor progress) {
    CubePair pair = new CubePair(prediction, reference, mask);
    float[] radians = new float[pair.pixels()];
    AngleKernel kernel =
        switch (definition) {
          case CHALLENGE -> new ChallengeAngle(pair, radians);
          case CLAMPED -> new ClampedAngle(pair, radians);
        };
    List<AngleTally> tallies =
        Stripes.map(
            "Spectral angle",
            (radians.length + STRIPE - 1) / STRIPE,
            progress,
            i -> kernel.measure(i * STRIPE, Math.min((i + 1) * STRIPE, radians.length)));
    AngleTally total = tallies.stream().reduce(new AngleTally(), AngleTally::add);
    if (total.notMeasurable > 0) {
      throw pair.notMeasurable(total.firstNotMeasurable, total.notMeasurable);
    }
    AngleMap.Excluded excluded = total.excluded();
    if (excluded.outsideMask() == radians.length) {
      throw new SkinSpectraException(
          "The mask leaves out every pixel (definition "
              + definition.key()
              + ": "
              + definition.description()
              + "); take a mask that marks the skin.");
    }
    if (excluded.total() == radians.length) {
      throw new SkinSpectraException(
          "No pixel has a spectral angle ("
              + definition.key()
              + "): "
              + excluded
              + ". Check that both cubes hold spectra inside the mask.");
    }
    return new AngleMap(mask.width(), mask.height(), radians, definition, excluded);
  }
}

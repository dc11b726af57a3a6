package org.skinspectra.train;

import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.AngleDefinition;
import org.skinspectra.measure.AngleMap;
import org.skinspectra.measure.CubeErrors;
import org.skinspectra.measure.SpectralAngle;

/**
 * How well one cube predicts another, in all measures.
 *
 * @param challenge spectral angles as the challenge defines them
 * @param clamped spectral angles with the cosine clamped and the mask thresholded
 */
public record ImageScore(String image, AngleMap challenge, AngleMap clamped, CubeErrors errors) {

  /**
   * Measures a prediction against the truth inside a mask.
   *
   * @throws SkinSpectraException as {@link SpectralAngle#measure} and {@link CubeErrors#measure}
   */
  public static ImageScore of(
      String image,
      SpectralCube prediction,
      SpectralCube truth,
      Mask mask,
      ProgressMonitor progress) {
    return new ImageScore(
        image,
        SpectralAngle.measure(prediction, truth, mask, AngleDefinition.CHALLENGE, progress),
        SpectralAngle.measure(prediction, truth, mask, AngleDefinition.CLAMPED, progress),
        CubeErrors.measure(prediction, truth, mask, progress));
  }

  /** The means alone, which take little memory. */
  public ImageMeans means() {
    return new ImageMeans(image, challenge.mean(), clamped.mean(), errors);
  }
}

package org.skinspectra.evaluation;

import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.SpectralRange;
import org.skinspectra.train.ImageScore;

/**
 * How well an image is predicted in a range of bands.
 *
 * @param challenge mean spectral angle as the challenge defines it (rad)
 * @param clamped mean spectral angle with the cosine clamped and the mask thresholded (rad)
 * @param challengePixels number of pixels of the first mean
 * @param rmse reflectance
 * @param mrae mean relative absolute error; NaN where no reference is large enough
 * @param psnr dB; infinite where both are equal
 * @param ssim structural similarity; NaN where no window lies inside the mask
 */
public record RangeScore(
    SpectralRange range,
    double challenge,
    double clamped,
    int challengePixels,
    double rmse,
    double mrae,
    double psnr,
    double ssim) {

  static RangeScore of(SpectralRange range, ImageScore score) {
    return new RangeScore(
        range,
        score.challenge().mean(),
        score.clamped().mean(),
        score.challenge().counted(),
        score.errors().rmse(),
        score.errors().mrae(),
        score.errors().psnr(),
        score.errors().ssim());
  }

  /** The score of the bands of a range, which both cubes have. */
  static ImageScore measure(
      SpectralRange range,
      String image,
      SpectralCube prediction,
      SpectralCube truth,
      Mask mask,
      ProgressMonitor progress) {
    return ImageScore.of(
        image, prediction.at(range.wavelengths()), truth.at(range.wavelengths()), mask, progress);
  }
}

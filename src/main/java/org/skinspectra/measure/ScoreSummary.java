package org.skinspectra.measure;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.math3.stat.StatUtils;
import org.skinspectra.SkinSpectraException;

/**
 * The score of a set of images as the challenge reports it: mean and population standard deviation
 * (divisor n) of the image scores. The deviation is over images and mostly between subjects; it is
 * no confidence interval.
 *
 * @param definition of every image score
 * @param images number of images
 * @param mean of the image scores (rad)
 * @param sd population standard deviation of the image scores (rad)
 */
public record ScoreSummary(AngleDefinition definition, int images, double mean, double sd) {

  /**
   * Summarises image scores (rad).
   *
   * @throws SkinSpectraException if there are none or one is not finite
   */
  public static ScoreSummary of(AngleDefinition definition, double... scores) {
    if (scores.length == 0) {
      throw new SkinSpectraException("There is no image score to summarise.");
    }
    for (int i = 0; i < scores.length; i++) {
      if (!Double.isFinite(scores[i])) {
        throw new SkinSpectraException(
            "Image score number " + (i + 1) + " is " + scores[i] + "; measure that image again.");
      }
    }
    return new ScoreSummary(
        definition,
        scores.length,
        Arrays.stream(scores).average().orElseThrow(),
        Math.sqrt(StatUtils.populationVariance(scores)));
  }

  /** {@code 0.1182 ± 0.0200 rad (challenge, 54 images)}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.4f ± %.4f rad (%s, %d %s)",
        mean,
        sd,
        definition.key(),
        images,
        images == 1 ? "image" : "images");
  }
}

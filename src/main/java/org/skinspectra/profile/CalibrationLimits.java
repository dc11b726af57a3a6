package org.skinspectra.profile;

import java.time.Duration;
import org.skinspectra.SkinSpectraException;

/**
 * What a calibration is refused for. Fractions are of a channel's pixels inside the region of
 * interest.
 *
 * @param saturated largest fraction of saturated pixels in the image, bad pixels not counted
 * @param whiteHigh share of full scale that the white reference must not exceed
 * @param whiteLow share of full scale that the white reference must reach
 * @param whiteOutside largest fraction of white pixels above or below these, each
 * @param unevenness largest difference between the brightest and the darkest of the white, as a
 *     share of the brightest (99th and 1st percentile)
 * @param darkAboveBlack largest mean of the dark above the black level, as a share of full scale
 * @param bad largest fraction of bad pixels
 * @param exposure largest relative difference of exposure or gain between a dark and its frame
 * @param age largest time between a reference and the image
 */
public record CalibrationLimits(
    double saturated,
    double whiteHigh,
    double whiteLow,
    double whiteOutside,
    double unevenness,
    double darkAboveBlack,
    double bad,
    double exposure,
    Duration age) {

  /** Limits of the documentation: white within 30 % to 95 % of full scale, 12 hours of age. */
  public static final CalibrationLimits DEFAULT =
      new CalibrationLimits(0.001, 0.95, 0.30, 0.01, 0.6, 0.05, 0.01, 0.001, Duration.ofHours(12));

  /**
   * @throws SkinSpectraException if a number is not within 0 to 1, the low white is not below the
   *     high one, or the age is negative
   */
  public CalibrationLimits {
    requireShare("saturated", saturated);
    requireShare("whiteHigh", whiteHigh);
    requireShare("whiteLow", whiteLow);
    requireShare("whiteOutside", whiteOutside);
    requireShare("unevenness", unevenness);
    requireShare("darkAboveBlack", darkAboveBlack);
    requireShare("bad", bad);
    requireShare("exposure", exposure);
    if (!(whiteLow < whiteHigh)) {
      throw new SkinSpectraException(
          "White is to reach %s of full scale and not to exceed %s; make the first the smaller one."
              .formatted(whiteLow, whiteHigh));
    }
    if (age.isNegative()) {
      throw new SkinSpectraException(
          "References may not be %s old; state a time from 0.".formatted(age));
    }
  }

  /** The same limits with another age. */
  public CalibrationLimits withAge(Duration other) {
    return new CalibrationLimits(
        saturated,
        whiteHigh,
        whiteLow,
        whiteOutside,
        unevenness,
        darkAboveBlack,
        bad,
        exposure,
        other);
  }

  /** The same limits with another fraction of saturated pixels. */
  public CalibrationLimits withSaturated(double other) {
    return new CalibrationLimits(
        other, whiteHigh, whiteLow, whiteOutside, unevenness, darkAboveBlack, bad, exposure, age);
  }

  private static void requireShare(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new SkinSpectraException(
          "The calibration limit '%s' is %s, which is not within 0 to 1; correct it."
              .formatted(name, value));
    }
  }
}

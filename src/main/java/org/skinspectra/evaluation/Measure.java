package org.skinspectra.evaluation;

import java.util.function.ToDoubleFunction;
import org.skinspectra.measure.AngleDefinition;
import org.skinspectra.measure.CubeErrors;

/** The measures of a prediction, each one number for an image and a range of bands. */
public enum Measure {
  SAM_CHALLENGE(
      "SAM challenge",
      "rad",
      "sam_challenge_rad",
      "mean spectral angle; " + AngleDefinition.CHALLENGE.description(),
      RangeScore::challenge),
  SAM_CLAMPED(
      "SAM clamped",
      "rad",
      "sam_clamped_rad",
      "mean spectral angle; " + AngleDefinition.CLAMPED.description(),
      RangeScore::clamped),
  RMSE(
      "RMSE",
      "reflectance",
      "rmse",
      "root of the mean of (p - t)² over pixels with a mask above 0.5 and bands, float64",
      RangeScore::rmse),
  MRAE(
      "MRAE",
      "",
      "mrae",
      "mean of |p - t| / |t| over the same values but those with |t| < " + CubeErrors.MIN_REFERENCE,
      RangeScore::mrae),
  PSNR(
      "PSNR",
      "dB",
      "psnr_db",
      "10 log10(1 / mean of (p - t)²): the peak is a reflectance of 1.0",
      RangeScore::psnr),
  SSIM(
      "SSIM",
      "",
      "ssim",
      "structural similarity (Wang et al. 2004; Gaussian window 11x11 of sigma 1.5, K1 0.01, K2"
          + " 0.03, data range 1.0), mean over bands and over windows wholly inside the mask",
      RangeScore::ssim);

  private final String title;
  private final String unit;
  private final String key;
  private final String definition;
  private final ToDoubleFunction<RangeScore> value;

  Measure(
      String title,
      String unit,
      String key,
      String definition,
      ToDoubleFunction<RangeScore> value) {
    this.title = title;
    this.unit = unit;
    this.key = key;
    this.definition = definition;
    this.value = value;
  }

  /** Its name, for people. */
  public String title() {
    return title;
  }

  /** Unit of the values; empty for a ratio. */
  public String unit() {
    return unit;
  }

  /** {@code RMSE (reflectance)}. */
  public String titleWithUnit() {
    return unit.isEmpty() ? title : title + " (" + unit + ")";
  }

  /** Name in files. */
  public String key() {
    return key;
  }

  /** One line for people that says what is computed. */
  public String definition() {
    return definition;
  }

  /** Whether its values are angles (rad). */
  public boolean isAngle() {
    return this == SAM_CHALLENGE || this == SAM_CLAMPED;
  }

  /** The value of a score; NaN where it has none. */
  public double of(RangeScore score) {
    return value.applyAsDouble(score);
  }
}

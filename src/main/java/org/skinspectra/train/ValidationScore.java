package org.skinspectra.train;

import java.util.Locale;

/**
 * How a model did on the validation images.
 *
 * @param step after which
 * @param challenge mean spectral angle over the images, as the challenge defines it, rad
 * @param clamped the same with the clamped definition, rad
 * @param wiener clamped angle of Wiener estimation on the same images, rad
 */
public record ValidationScore(long step, double challenge, double clamped, double wiener) {

  boolean isBetterThan(ValidationScore other) {
    return clamped < other.clamped;
  }

  /** Angle relative to that of Wiener estimation. */
  public double ratio() {
    return clamped / wiener;
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "validation SAM challenge %.5f, clamped %.5f rad = %.3f x Wiener",
        challenge,
        clamped,
        ratio());
  }
}

package org.skinspectra.measure;

import java.util.Locale;

/** The spectral angle of every pixel of an image, their mean, and what was left out of it. */
public final class AngleMap {

  /**
   * Pixels without an angle, by reason.
   *
   * @param outsideMask pixels that the mask leaves out
   * @param zeroSpectra pixels inside the mask where one spectrum or both are zero in every band
   * @param cosineOutOfRange pixels inside the mask whose float32 cosine is beyond ±1 by rounding;
   *     always 0 in {@link AngleDefinition#CLAMPED}
   */
  public record Excluded(int outsideMask, int zeroSpectra, int cosineOutOfRange) {

    /** All pixels without an angle. */
    public int total() {
      return outsideMask + zeroSpectra + cosineOutOfRange;
    }

    @Override
    public String toString() {
      return outsideMask
          + " outside the mask, "
          + zeroSpectra
          + " all-zero spectra, "
          + cosineOutOfRange
          + " with a cosine beyond 1 by rounding";
    }
  }

  private final int width;
  private final int height;
  private final float[] radians;
  private final AngleDefinition definition;
  private final Excluded excluded;
  private final double mean;

  AngleMap(int width, int height, float[] radians, AngleDefinition definition, Excluded excluded) {
    this.width = width;
    this.height = height;
    this.radians = radians;
    this.definition = definition;
    this.excluded = excluded;
    this.mean = meanOfCounted(radians);
  }

  /** In pixel order and float64, so that the number of threads cannot change the score. */
  private static double meanOfCounted(float[] radians) {
    double sum = 0;
    int count = 0;
    for (float angle : radians) {
      if (!Float.isNaN(angle)) {
        sum += angle;
        count++;
      }
    }
    return sum / count;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /**
   * The angles (rad) {@code [y][x]}, NaN where a pixel does not count. The array is shared, not
   * copied: do not write to it.
   */
  public float[] radians() {
    return radians;
  }

  /** A copy of the map in degrees, NaN where a pixel does not count. */
  public float[] toDegrees() {
    float[] degrees = new float[radians.length];
    for (int i = 0; i < degrees.length; i++) {
      degrees[i] = (float) Math.toDegrees(radians[i]);
    }
    return degrees;
  }

  /** The score of the image: mean angle of the counted pixels (rad). */
  public double mean() {
    return mean;
  }

  /** {@link #mean} in degrees. */
  public double meanDegrees() {
    return Math.toDegrees(mean);
  }

  /** Number of pixels with an angle; at least 1. */
  public int counted() {
    return radians.length - excluded.total();
  }

  /** Pixels without an angle, by reason. */
  public Excluded excluded() {
    return excluded;
  }

  /** The definition by which the angles were computed. */
  public AngleDefinition definition() {
    return definition;
  }

  /** {@code 0.0991 rad (challenge)}: the score never goes without its definition. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.4f rad (%s)", mean, definition.key());
  }
}

package org.skinspectra.profile;

import java.util.Arrays;
import org.skinspectra.SkinSpectraException;

/**
 * From the digital numbers of a camera to numbers that are proportional to the light, but for the
 * dark level: linear between the points of a table, and beyond its ends as in the segment there.
 * Strictly increasing. Immutable.
 */
public final class LinearityCurve {

  private static final LinearityCurve IDENTITY =
      new LinearityCurve(new double[] {0, 1}, new double[] {0, 1});

  private final double[] dn;
  private final double[] linear;

  private LinearityCurve(double[] dn, double[] linear) {
    this.dn = dn;
    this.linear = linear;
  }

  /** The curve of a camera that is linear. */
  public static LinearityCurve identity() {
    return IDENTITY;
  }

  /**
   * A curve through points.
   *
   * @param dn digital numbers as delivered, increasing
   * @param linear what they stand for, increasing
   * @throws SkinSpectraException if there are fewer than two points, another number of each, or
   *     they are not finite or not increasing
   */
  public static LinearityCurve of(double[] dn, double[] linear) {
    if (dn.length != linear.length || dn.length < 2) {
      throw new SkinSpectraException(
          "A linearity curve has at least two points, not %d digital numbers and %d linear ones."
              .formatted(dn.length, linear.length));
    }
    for (int i = 0; i < dn.length; i++) {
      if (!Double.isFinite(dn[i]) || !Double.isFinite(linear[i])) {
        throw new SkinSpectraException(
            "Point %d of the linearity curve is %s to %s, which is no number; correct it."
                .formatted(i + 1, dn[i], linear[i]));
      }
      if (i > 0 && !(dn[i] > dn[i - 1] && linear[i] > linear[i - 1])) {
        throw new SkinSpectraException(
            "The linearity curve goes from %s to %s while the digital number goes from %s to %s; it must rise everywhere. Remove points at or beyond saturation, and average more frames where they are noisy."
                .formatted(linear[i - 1], linear[i], dn[i - 1], dn[i]));
      }
    }
    return new LinearityCurve(dn.clone(), linear.clone());
  }

  /** A copy of the digital numbers of the points. */
  public double[] digitalNumbers() {
    return dn.clone();
  }

  /** A copy of the linear numbers of the points. */
  public double[] linearNumbers() {
    return linear.clone();
  }

  public boolean isIdentity() {
    return Arrays.equals(dn, linear);
  }

  /** The linear number of a digital one. */
  public double apply(double value) {
    int found = Arrays.binarySearch(dn, value);
    int after = Math.max(1, Math.min(dn.length - 1, found < 0 ? -found - 1 : found));
    double slope = (linear[after] - linear[after - 1]) / (dn[after] - dn[after - 1]);
    return linear[after - 1] + (value - dn[after - 1]) * slope;
  }

  /** The linear numbers of digital ones, a new array; the array itself for the identity. */
  float[] apply(float[] values, int width, int height) {
    if (isIdentity()) {
      return values;
    }
    float[] result = new float[values.length];
    RowBands.forEach(
        height,
        (from, to) -> {
          for (int i = from * width; i < to * width; i++) {
            result[i] = (float) apply(values[i]);
          }
        });
    return result;
  }

  /** Whether the points are the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof LinearityCurve curve
        && Arrays.equals(dn, curve.dn)
        && Arrays.equals(linear, curve.linear);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(dn) + Arrays.hashCode(linear);
  }
}

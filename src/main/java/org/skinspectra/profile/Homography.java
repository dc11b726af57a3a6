package org.skinspectra.profile;

import java.util.Arrays;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.SkinSpectraException;

/**
 * A map of one plane to another that keeps lines straight, between the pixels of two images: (x',
 * y', w') = M·(x, y, 1), and the point is (x'/w', y'/w'). The centre of the first pixel is (0, 0);
 * x grows to the right, y downwards. Immutable.
 *
 * <p>Two cameras, or one camera before and after a change of filter, see a <em>flat</em> scene
 * through a homography. Of a scene with depth it holds at one distance from the camera only
 * (Hartley &amp; Zisserman 2004, section 13): a part that is nearer or farther is displaced by
 * baseline × focal length × the difference of inverse distances.
 */
public final class Homography {

  /** Changes nothing. */
  public static final Homography IDENTITY = new Homography(1, 0, 0, 0, 1, 0, 0, 0, 1);

  /** Largest size of a coefficient, with M[2][2] = 1; far beyond any pair of cameras. */
  static final double LIMIT = 1e6;

  private static final double LEAST_DETERMINANT = 1e-9;

  private final double[] m;

  private Homography(double... m) {
    this.m = m;
  }

  /**
   * A homography of its nine coefficients, row by row, up to a factor.
   *
   * @throws SkinSpectraException if there are not nine finite numbers, or they make no reversible
   *     map in which the pixel (0, 0) stays in the finite
   */
  public static Homography of(double... rowMajor) {
    if (rowMajor.length != 9) {
      throw new SkinSpectraException(
          "A homography has 9 coefficients, row by row, not " + rowMajor.length + ".");
    }
    double[] m = new double[9];
    for (int i = 0; i < m.length; i++) {
      m[i] = i == 8 ? 1 : rowMajor[i] / rowMajor[8];
      if (!Double.isFinite(rowMajor[i]) || !(Math.abs(m[i]) <= LIMIT)) {
        throw new SkinSpectraException(
            "The homography %s is out of range; give 9 finite numbers, the last not near 0."
                .formatted(Arrays.toString(rowMajor)));
      }
    }
    if (!(Math.abs(determinant(m)) > LEAST_DETERMINANT)) {
      throw new SkinSpectraException(
          "The homography %s has the determinant %s and cannot be reversed."
              .formatted(Arrays.toString(rowMajor), determinant(m)));
    }
    return new Homography(m);
  }

  /**
   * Turns and scales about a centre, then shifts.
   *
   * @param dx shift to the right in pixels
   * @param dy shift downwards in pixels
   * @param degrees from x towards y, clockwise as an image is shown
   * @param scale above 0; 1 keeps the size
   * @param centreX of the turn, in pixels
   * @param centreY of the turn, in pixels
   * @throws SkinSpectraException if a number is not finite or the scale is not above 0
   */
  public static Homography of(
      double dx, double dy, double degrees, double scale, double centreX, double centreY) {
    if (!(scale > 0)) {
      throw new SkinSpectraException("A scale is above 0, not " + scale + ".");
    }
    double cos = scale * FastMath.cos(FastMath.toRadians(degrees));
    double sin = scale * FastMath.sin(FastMath.toRadians(degrees));
    double x = centreX + dx - cos * centreX + sin * centreY;
    double y = centreY + dy - sin * centreX - cos * centreY;
    return of(cos, -sin, x, sin, cos, y, 0, 0, 1);
  }

  /**
   * Lays an image of one size over another of the same view, edge to edge: what binning or another
   * sensor of the same shape does.
   *
   * @throws SkinSpectraException if a size is not above 0
   */
  public static Homography ofSizes(int fromWidth, int fromHeight, int toWidth, int toHeight) {
    if (Math.min(Math.min(fromWidth, fromHeight), Math.min(toWidth, toHeight)) < 1) {
      throw new SkinSpectraException(
          "Images of %dx%d and %dx%d pixels cannot be laid over each other."
              .formatted(fromWidth, fromHeight, toWidth, toHeight));
    }
    double x = (double) toWidth / fromWidth;
    double y = (double) toHeight / fromHeight;
    return of(x, 0, (x - 1) / 2, 0, y, (y - 1) / 2, 0, 0, 1);
  }

  /** The nine coefficients, row by row; the last is 1. */
  public double[] toArray() {
    return m.clone();
  }

  /** The point (x', y') that (x, y) is sent to; not finite if it is sent to infinity. */
  public double[] apply(double x, double y) {
    double w = m[6] * x + m[7] * y + m[8];
    return new double[] {
      (m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w,
    };
  }

  /**
   * The way back.
   *
   * @throws SkinSpectraException if the pixel (0, 0) of the other image lies at infinity
   */
  public Homography inverse() {
    return of(
        m[4] * m[8] - m[5] * m[7],
        m[2] * m[7] - m[1] * m[8],
        m[1] * m[5] - m[2] * m[4],
        m[5] * m[6] - m[3] * m[8],
        m[0] * m[8] - m[2] * m[6],
        m[2] * m[3] - m[0] * m[5],
        m[3] * m[7] - m[4] * m[6],
        m[1] * m[6] - m[0] * m[7],
        m[0] * m[4] - m[1] * m[3]);
  }

  /**
   * This map after {@code first}: {@code x -> this(first(x))}.
   *
   * @throws SkinSpectraException if both together are out of range
   */
  public Homography after(Homography first) {
    double[] product = new double[9];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        for (int k = 0; k < 3; k++) {
          product[3 * row + column] += m[3 * row + k] * first.m[3 * k + column];
        }
      }
    }
    return of(product);
  }

  /**
   * The same map between images whose pixels are {@code factor} times as large, the first pixel's
   * centre unmoved: what a pyramid of images does by leaving out pixels.
   */
  Homography coarser(double factor) {
    return of(
        m[0], m[1], m[2] / factor, m[3], m[4], m[5] / factor, m[6] * factor, m[7] * factor, m[8]);
  }

  /**
   * The farthest that the two maps are apart in the corners of an image.
   *
   * @return pixels; not finite if a corner is sent to infinity
   */
  public double cornerDistance(Homography other, int width, int height) {
    double farthest = 0;
    for (int corner = 0; corner < 4; corner++) {
      double x = (corner & 1) * (width - 1.0);
      double y = (corner >> 1) * (height - 1.0);
      double[] here = apply(x, y);
      double[] there = other.apply(x, y);
      farthest = Math.max(farthest, FastMath.hypot(here[0] - there[0], here[1] - there[1]));
    }
    return farthest;
  }

  /** Of the coefficients; 1 for a map that only shifts or turns. */
  double determinant() {
    return determinant(m);
  }

  private static double determinant(double[] m) {
    return m[0] * (m[4] * m[8] - m[5] * m[7])
        - m[1] * (m[3] * m[8] - m[5] * m[6])
        + m[2] * (m[3] * m[7] - m[4] * m[6]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Homography homography && Arrays.equals(m, homography.m);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(m);
  }

  /** The three rows. */
  @Override
  public String toString() {
    return "[%s, %s, %s; %s, %s, %s; %s, %s, %s]"
        .formatted(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8]);
  }
}

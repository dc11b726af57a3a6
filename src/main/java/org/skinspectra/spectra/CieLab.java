package org.skinspectra.spectra;

import java.util.OptionalDouble;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.SkinSpectraException;

/**
 * A colour in CIE 1976 L*a*b* (ISO/CIE 11664-4:2019).
 *
 * @param lightness L*, 0 to 100
 * @param a green to red
 * @param b blue to yellow
 */
public record CieLab(double lightness, double a, double b) {

  private static final double DELTA = 6.0 / 29;

  /**
   * L*a*b* of tristimulus values against those of the white.
   *
   * @param xyz X, Y, Z on the scale of {@code white}
   */
  public static CieLab of(double[] xyz, double[] white) {
    double fx = f(xyz[0] / white[0]);
    double fy = f(xyz[1] / white[1]);
    double fz = f(xyz[2] / white[2]);
    return new CieLab(116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz));
  }

  /**
   * L*a*b* of a reflectance spectrum under the illuminant, against a perfect white.
   *
   * @throws SkinSpectraException if the bands leave out part of 400 to 700 nm
   */
  public static CieLab of(Wavelengths grid, double[] reflectance, Illuminant illuminant) {
    return of(Tristimulus.of(grid, reflectance, illuminant), Tristimulus.white(illuminant));
  }

  private static double f(double t) {
    return t > DELTA * DELTA * DELTA ? Math.cbrt(t) : t / (3 * DELTA * DELTA) + 4.0 / 29;
  }

  /**
   * Individual typology angle of skin, atan((L* − 50)/b*) in degrees (Chardon, Cretois and
   * Hourseau, Int. J. Cosmet. Sci. 13:191, 1991; for D65 and the 2° observer); empty where b* is
   * not positive.
   */
  public OptionalDouble typologyAngle() {
    return b > 0
        ? OptionalDouble.of(FastMath.toDegrees(FastMath.atan((lightness - 50) / b)))
        : OptionalDouble.empty();
  }
}

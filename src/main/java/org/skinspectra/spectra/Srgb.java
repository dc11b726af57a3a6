package org.skinspectra.spectra;

import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.skinspectra.SkinSpectraException;

/**
 * Reflectance spectra as sRGB colours (IEC 61966-2-1:1999). Colours under another light than the
 * display's D65 are adapted to it (Bradford; Lam 1985), so a perfect white is always (255, 255,
 * 255) and a grey is neutral.
 */
public final class Srgb {

  private static final RealMatrix XYZ_TO_LINEAR =
      MatrixUtils.createRealMatrix(
          new double[][] {
            {3.2406, -1.5372, -0.4986}, {-0.9689, 1.8758, 0.0415}, {0.0557, -0.2040, 1.0570}
          });

  private static final RealMatrix BRADFORD =
      MatrixUtils.createRealMatrix(
          new double[][] {
            {0.8951, 0.2664, -0.1614}, {-0.7502, 1.7135, 0.0367}, {0.0389, -0.0685, 1.0296}
          });

  private Srgb() {}

  /**
   * What maps a reflectance spectrum to linear R, G, B, in which a perfect white is (1, 1, 1):
   * {@code [3][grid.size()]}. Colours that sRGB cannot show leave the range 0 to 1.
   *
   * @throws SkinSpectraException if the bands leave out part of 400 to 700 nm, or the illuminant is
   *     not known from 380 to 780 nm
   */
  public static double[][] linearMatrix(Wavelengths grid, Illuminant illuminant) {
    RealMatrix toXyz = MatrixUtils.createRealMatrix(Tristimulus.matrix(grid, illuminant));
    return fromXyz(Tristimulus.white(illuminant)).multiply(toXyz).getData();
  }

  /**
   * What maps X, Y, Z under equal energy, each 1 for a perfect white, to linear R, G, B: {@code
   * [3][3]}. The first three channels of a canonical multispectral image are such numbers.
   */
  public static double[][] fromEqualEnergy() {
    return fromXyz(new double[] {1, 1, 1}).getData();
  }

  /**
   * What maps linear R, G, B to X, Y, Z under equal energy, each 1 for a perfect white: the inverse
   * of {@link #fromEqualEnergy}, {@code [3][3]}.
   */
  public static double[][] toEqualEnergy() {
    return MatrixUtils.inverse(fromXyz(new double[] {1, 1, 1})).getData();
  }

  /** Adapts a white to the display's. */
  private static RealMatrix fromXyz(double[] white) {
    double[] displayWhite = MatrixUtils.inverse(XYZ_TO_LINEAR).operate(new double[] {1, 1, 1});
    double[] from = BRADFORD.operate(white);
    double[] to = BRADFORD.operate(displayWhite);
    RealMatrix gain =
        MatrixUtils.createRealDiagonalMatrix(
            new double[] {to[0] / from[0], to[1] / from[1], to[2] / from[2]});
    RealMatrix adapt = MatrixUtils.inverse(BRADFORD).multiply(gain).multiply(BRADFORD);
    return XYZ_TO_LINEAR.multiply(adapt);
  }

  /**
   * Red, green and blue (0 to 255) of a surface of this reflectance.
   *
   * @throws SkinSpectraException as {@link #linearMatrix}
   */
  public static int[] rgb(Wavelengths grid, double[] reflectance, Illuminant illuminant) {
    double[] linear = Tristimulus.multiply(linearMatrix(grid, illuminant), reflectance);
    return new int[] {encode(linear[0]), encode(linear[1]), encode(linear[2])};
  }

  /** One linear component as a display value from 0 to 255, clamped; NaN is black. */
  public static int encode(double linear) {
    if (!(linear > 0)) {
      return 0;
    }
    double clamped = Math.min(linear, 1);
    double encoded =
        clamped <= 0.0031308 ? 12.92 * clamped : 1.055 * Math.pow(clamped, 1 / 2.4) - 0.055;
    return (int) Math.round(255 * encoded);
  }

  /**
   * A display value as linear component: the inverse of {@link #encode}, without its rounding.
   *
   * @param encoded from 0 (black) to 1 (white); NaN stays NaN
   */
  public static double decode(double encoded) {
    return encoded <= 0.04045 ? encoded / 12.92 : Math.pow((encoded + 0.055) / 1.055, 2.4);
  }

  /** Encoded linear components as one pixel of an ImageJ RGB image. */
  public static int pack(double red, double green, double blue) {
    return 0xff000000 | encode(red) << 16 | encode(green) << 8 | encode(blue);
  }
}

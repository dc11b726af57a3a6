package org.skinspectra.skin;

import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/**
 * What a push-broom spectral camera adds to reflectance: column stripes, since every column has
 * detector elements of its own; offsets of the darkest bands, below {@value #VIOLET_NM} nm; and a
 * zig-zag from band to band in the near infrared. Immutable.
 *
 * @param stripes standard deviation of a column's gain, such as 0.01
 * @param violet standard deviation of the offset at 400 nm, as a reflectance factor
 * @param zigzag standard deviation of a band's gain in the near infrared, such as 0.02
 */
public record InstrumentArtefacts(double stripes, double violet, double zigzag) {

  private static final double VIOLET_NM = 430;
  private static final double ZIGZAG_FROM_NM = 750;
  private static final double LARGEST = 0.2;

  /** A column's gain is a broken line along the spectrum with knots so many nanometres apart. */
  private static final double STRIPE_NM = 120;

  /**
   * @throws IllegalArgumentException if a value is not within 0 to 0.2
   */
  public InstrumentArtefacts {
    require("column stripe", stripes);
    require("violet offset", violet);
    require("zig-zag", zigzag);
  }

  /** Artefacts as of a good instrument in dim light: 0.7 %, 0.004 and 1.5 %. */
  public static InstrumentArtefacts typical() {
    return new InstrumentArtefacts(0.007, 0.004, 0.015);
  }

  /**
   * A copy of the cube with artefacts; no value of it is below 0 that was not so before.
   *
   * @param seed the same seed and cube give the same values on every platform
   */
  public SpectralCube applied(SpectralCube cube, long seed) {
    RandomGenerator random = new Well19937c(seed);
    SmoothNoise drift = new SmoothNoise(random, 0.1, 2);
    Wavelengths wavelengths = cube.wavelengths();
    double[][] stripeKnots = stripeKnots(cube.width(), wavelengths, random);
    double[] zigzagGains = zigzagGains(wavelengths, random);
    double offset = violet * random.nextGaussian();
    float[][] planes = new float[cube.bands()][];
    for (int band = 0; band < planes.length; band++) {
      double nm = wavelengths.get(band);
      double dim = Math.max(0, (VIOLET_NM - nm) / (VIOLET_NM - 400));
      double[] gain = new double[cube.width()];
      double[] added = new double[cube.width()];
      for (int column = 0; column < gain.length; column++) {
        double own = between(stripeKnots[column], (nm - wavelengths.get(0)) / STRIPE_NM);
        gain[column] = zigzagGains[band] * Math.max(0, 1 + stripes * own);
        added[column] = dim * (offset + 0.5 * violet * drift.at(column, 0));
      }
      planes[band] = changed(cube.plane(band), gain, added);
    }
    return SpectralCube.ofPlanes(cube.width(), cube.height(), wavelengths, planes)
        .withProvenance(cube.provenance());
  }

  private static double[][] stripeKnots(
      int columns, Wavelengths wavelengths, RandomGenerator random) {
    double range = wavelengths.get(wavelengths.size() - 1) - wavelengths.get(0);
    double[][] knots = new double[columns][2 + (int) (range / STRIPE_NM)];
    for (double[] column : knots) {
      double whole = random.nextGaussian();
      for (int i = 0; i < column.length; i++) {
        column[i] = 0.8 * whole + 0.6 * random.nextGaussian();
      }
    }
    return knots;
  }

  private static double between(double[] knots, double at) {
    int below = (int) at;
    return knots[below] + (at - below) * (knots[below + 1] - knots[below]);
  }

  private double[] zigzagGains(Wavelengths wavelengths, RandomGenerator random) {
    double[] gains = new double[wavelengths.size()];
    double alternating = random.nextGaussian();
    for (int band = 0; band < gains.length; band++) {
      double sign = band % 2 == 0 ? 1 : -1;
      double own = 0.8 * sign * alternating + 0.6 * random.nextGaussian();
      double infrared = FaceGeometry.step((wavelengths.get(band) - ZIGZAG_FROM_NM) / 50);
      gains[band] = FastMath.exp(zigzag * infrared * own);
    }
    return gains;
  }

  private static float[] changed(float[] plane, double[] gain, double[] added) {
    float[] changed = new float[plane.length];
    for (int i = 0; i < plane.length; i++) {
      int column = i % gain.length;
      double value = plane[i] * gain[column] + added[column];
      changed[i] = plane[i] < 0 ? plane[i] : (float) Math.max(0, value);
    }
    return changed;
  }

  private static void require(String what, double value) {
    if (!(value >= 0 && value <= LARGEST)) {
      throw new IllegalArgumentException(
          "A " + what + " of " + value + " is not within 0 to " + LARGEST + ".");
    }
  }
}

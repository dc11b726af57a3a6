package org.skinspectra.skin;

import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.spectra.Wavelengths;

/**
 * Reflectance spectra of what is not skin, on 400:10:1000 nm: a broad family of smooth curves, each
 * loosely after a kind of thing, none measured. Values lie within 0.003 to 0.97.
 */
final class Materials {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;
  private static final int BANDS = GRID.size();
  private static final double DARKEST = 0.003;
  private static final double BRIGHTEST = 0.97;

  private Materials() {}

  /** Any material. */
  static double[] any(RandomGenerator random) {
    double kind = random.nextDouble();
    if (kind < 0.3) {
      return neutral(random);
    }
    if (kind < 0.55) {
      return cloth(random);
    }
    if (kind < 0.65) {
      return paint(random);
    }
    if (kind < 0.73) {
      return wood(random);
    }
    if (kind < 0.78) {
      return leaf(random);
    }
    return kind < 0.83 ? hair(random) : smooth(random);
  }

  /** A background such as walls, screens and curtains: often dark and neutral. */
  static double[] background(RandomGenerator random) {
    return random.nextDouble() < 0.5 ? neutral(random) : any(random);
  }

  /** Nearly a straight line of any slope, from black to white, often dark. */
  static double[] neutral(RandomGenerator random) {
    double level =
        random.nextDouble() < 0.5 ? logBetween(random, 0.005, 0.2) : between(random, 0.05, 0.95);
    // Relative change over the range, mostly small, sometimes steep either way.
    double slope = (random.nextDouble() < 0.6 ? 0.15 : 0.7) * random.nextGaussian();
    double bend = 0.1 * random.nextGaussian();
    return of(
        nm -> {
          double t = (nm - 700) / 300;
          return level * FastMath.exp(0.5 * slope * t + bend * t * t);
        });
  }

  /**
   * Dyed cloth: a dye that absorbs in one or two bands of the visible and is clear in the infrared,
   * where the fibre shows, or a black one that stays dark for as long as it likes.
   */
  static double[] cloth(RandomGenerator random) {
    double fibre = between(random, 0.3, 0.85);
    double fibreSlope = between(random, -0.05, 0.15);
    double waterDip = between(random, 0, 0.06);
    boolean black = random.nextDouble() < 0.3;
    double strength = black ? between(random, 1.2, 3.5) : logBetween(random, 0.2, 3);
    double edge = black ? between(random, 640, 1100) : between(random, 520, 760);
    double width = logBetween(random, 10, 60);
    double window = black ? 0 : between(random, 0, 1);
    double windowAt = between(random, 400, edge - 60);
    double windowWidth = between(random, 25, 70);
    double rest = between(random, 0, 0.25) * strength;
    return of(
        nm -> {
          double dye = 1 / (1 + FastMath.exp((nm - edge) / width));
          double open = 1 - window * FaceGeometry.bump((nm - windowAt) / windowWidth);
          double absorbed = strength * dye * open + rest;
          double clear = fibre * (1 + fibreSlope * (nm - 700) / 300) * waterDip(nm, waterDip);
          return clear * FastMath.exp(-absorbed) + 0.008;
        });
  }

  /** Hair: absorption by eumelanin that falls exponentially with wavelength. */
  static double[] hair(RandomGenerator random) {
    double strength = logBetween(random, 0.5, 30);
    double decay = between(random, 110, 260);
    double base = between(random, 0.35, 0.75);
    double surface = between(random, 0.005, 0.03);
    return of(
        nm ->
            surface + base * FastMath.exp(-Math.sqrt(strength * FastMath.exp((500 - nm) / decay))));
  }

  /** Paint, print or plastic: white pigment behind one or two absorption bands. */
  static double[] paint(RandomGenerator random) {
    double white = between(random, 0.3, 0.95);
    double violet = between(random, 395, 430);
    double first = between(random, 420, 720);
    double second = between(random, 420, 1000);
    double strength = logBetween(random, 0.05, 3);
    double other = logBetween(random, 0.02, 1.5);
    double width = between(random, 30, 110);
    double otherWidth = between(random, 40, 200);
    return of(
        nm ->
            white
                / (1 + FastMath.exp((violet - nm) / 9))
                * FastMath.exp(
                    -strength * FaceGeometry.bump((nm - first) / width)
                        - other * FaceGeometry.bump((nm - second) / otherWidth)));
  }

  /** Wood, leather or cardboard: a rise from blue to infrared, with some water. */
  static double[] wood(RandomGenerator random) {
    double dark = between(random, 0.02, 0.2);
    double bright = between(random, dark + 0.1, 0.85);
    double middle = between(random, 500, 760);
    double width = between(random, 40, 130);
    double waterDip = between(random, 0, 0.15);
    return of(
        nm ->
            (dark + (bright - dark) / (1 + FastMath.exp((middle - nm) / width)))
                * waterDip(nm, waterDip));
  }

  /** Leaves: a green peak, the red edge and water. */
  static double[] leaf(RandomGenerator random) {
    double low = between(random, 0.02, 0.08);
    double green = between(random, 0.02, 0.15);
    double plateau = between(random, 0.3, 0.6);
    double edge = between(random, 695, 725);
    double waterDip = between(random, 0.03, 0.2);
    return of(
        nm ->
            (low
                    + green * FaceGeometry.bump((nm - 552) / 38)
                    + plateau / (1 + FastMath.exp((edge - nm) / 13)))
                * waterDip(nm, waterDip));
  }

  /** White of the eye and teeth: bright, a little yellow, with blood and water showing. */
  static double[] whiteOfEye(RandomGenerator random) {
    double level = between(random, 0.35, 0.7);
    double yellow = between(random, 0.1, 0.6);
    double blood = between(random, 0, 0.25);
    double waterDip = between(random, 0.1, 0.45);
    return of(
        nm ->
            level
                * FastMath.exp(-yellow * FastMath.exp((400 - nm) / 80))
                * (1 - blood * FaceGeometry.bump((nm - 420) / 25))
                * (1 - 0.5 * blood * FaceGeometry.bump((nm - 560) / 30))
                * waterDip(nm, waterDip));
  }

  /** Iris: brown to blue. */
  static double[] iris(RandomGenerator random) {
    double pigment = logBetween(random, 0.3, 6);
    double blue = between(random, 0, 0.08);
    double level = between(random, 0.15, 0.4);
    return of(
        nm ->
            level * FastMath.exp(-pigment * FastMath.exp((450 - nm) / 180))
                + blue * FastMath.exp((450 - nm) / 120));
  }

  /** Any smooth curve: bands, edges and waves with no thing in mind. */
  static double[] smooth(RandomGenerator random) {
    double level = random.nextDouble() < 0.4 ? logBetween(random, 0.01, 0.3) : random.nextDouble();
    int terms = 1 + random.nextInt(5);
    double[] logarithm = new double[BANDS];
    for (int n = 0; n < terms; n++) {
      boolean edge = random.nextBoolean();
      double centre = between(random, 380, 1020);
      double width = logBetween(random, 20, 250);
      double strength = 0.7 * random.nextGaussian();
      for (int i = 0; i < BANDS; i++) {
        double t = (GRID.get(i) - centre) / width;
        logarithm[i] +=
            strength * (edge ? 1 / (1 + FastMath.exp(-2 * t)) - 0.5 : FaceGeometry.bump(t));
      }
    }
    double[] spectrum = new double[BANDS];
    for (int i = 0; i < BANDS; i++) {
      spectrum[i] = bounded(level * FastMath.exp(logarithm[i]));
    }
    return spectrum;
  }

  private static double waterDip(double nm, double depth) {
    return 1
        - depth * FaceGeometry.bump((nm - 972) / 32)
        - 0.2 * depth * FaceGeometry.bump((nm - 835) / 25);
  }

  private interface Curve {
    double at(double nm);
  }

  private static double[] of(Curve curve) {
    double[] spectrum = new double[BANDS];
    for (int i = 0; i < BANDS; i++) {
      spectrum[i] = bounded(curve.at(GRID.get(i)));
    }
    return spectrum;
  }

  private static double bounded(double reflectance) {
    return Math.min(Math.max(reflectance, DARKEST), BRIGHTEST);
  }

  private static double between(RandomGenerator random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  private static double logBetween(RandomGenerator random, double low, double high) {
    return low * FastMath.pow(high / low, random.nextDouble());
  }
}

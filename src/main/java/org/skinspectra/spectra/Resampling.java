package org.skinspectra.spectra;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.commons.math3.special.Erf;
import org.skinspectra.SkinSpectraException;

/**
 * Takes a spectrum from one wavelength grid to another. Between its samples a spectrum is taken as
 * piecewise linear; beyond them it is unknown, so nothing here extrapolates.
 */
public final class Resampling {

  /** Widest step (nm) between samples that interpolation may bridge in a measured spectrum. */
  public static final double LARGEST_GAP_NM = 50;

  private static final double GAUSSIAN_REACH = 3;

  private Resampling() {}

  /**
   * Interpolates every column linearly.
   *
   * @throws SkinSpectraException if {@code to} reaches beyond the table
   */
  public static SpectralTable linear(SpectralTable table, Wavelengths to) {
    return columns(table, to, values -> linear(table.wavelengths(), values, to));
  }

  /**
   * Interpolates linearly.
   *
   * @param values one value per wavelength of {@code from}
   * @return one value per wavelength of {@code to}
   * @throws SkinSpectraException if {@code to} reaches beyond {@code from}
   */
  public static double[] linear(Wavelengths from, double[] values, Wavelengths to) {
    requireCovered(from, values, to);
    double[] result = new double[to.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = at(from, values, to.get(i));
    }
    return result;
  }

  /**
   * Refuses measured samples that are too far apart to stand for the spectrum between them, as far
   * as it is wanted. How far apart samples are outside the wanted range does not matter.
   *
   * @param source what was measured, for the message, such as a file
   * @throws SkinSpectraException if neighbouring samples are more than {@value #LARGEST_GAP_NM} nm
   *     apart and something between them is wanted
   */
  public static void requireNoGap(String source, Wavelengths measured, Wavelengths wanted) {
    for (int i = 1; i < measured.size(); i++) {
      boolean used = measured.get(i) > wanted.first() && measured.get(i - 1) < wanted.last();
      if (used
          && measured.get(i) - measured.get(i - 1) > LARGEST_GAP_NM + Wavelengths.TOLERANCE_NM) {
        throw new SkinSpectraException(
            "%s holds nothing between %s and %s; spectra need samples at most %.0f nm apart."
                .formatted(source, measured.label(i - 1), measured.label(i), LARGEST_GAP_NM));
      }
    }
  }

  /**
   * Averages every column over the bands of {@code to}.
   *
   * @throws SkinSpectraException if the centre of a band lies beyond the table
   */
  public static SpectralTable bandIntegrating(
      SpectralTable table, Wavelengths to, BandShape shape) {
    return columns(table, to, values -> bandIntegrating(table.wavelengths(), values, to, shape));
  }

  /**
   * Averages the piecewise linear spectrum over each band of {@code to}, in closed form. A band
   * that reaches beyond {@code from} is narrowed on both sides by the same rule, so that it stays
   * centred and a straight spectrum keeps its values.
   *
   * @param values one value per wavelength of {@code from}
   * @return one value per wavelength of {@code to}
   * @throws SkinSpectraException if the centre of a band lies beyond {@code from}
   * @throws IllegalArgumentException for a rectangular shape and a single band, which has no
   *     neighbour to give it a width
   */
  public static double[] bandIntegrating(
      Wavelengths from, double[] values, Wavelengths to, BandShape shape) {
    requireCovered(from, values, to);
    if (shape instanceof BandShape.Rectangular && to.size() < 2) {
      throw new IllegalArgumentException("A single rectangular band has no width.");
    }
    double[] result = new double[to.size()];
    for (int i = 0; i < result.length; i++) {
      double centre = Math.min(Math.max(to.get(i), from.first()), from.last());
      double room = Math.min(centre - from.first(), from.last() - centre);
      if (shape instanceof BandShape.Gaussian gaussian) {
        double sigma = gaussian.standardDeviation();
        double half = Math.min(GAUSSIAN_REACH * sigma, room);
        result[i] = gaussianMean(from, values, centre, sigma, half);
      } else {
        double below = halfGap(to, i, -1);
        double above = halfGap(to, i, 1);
        if (centre - below < from.first() || centre + above > from.last()) {
          below = Math.min(room, Math.min(below, above));
          above = below;
        }
        result[i] = rectangularMean(from, values, centre - below, centre + above);
      }
    }
    return result;
  }

  private static SpectralTable columns(
      SpectralTable table, Wavelengths to, UnaryOperator<double[]> resample) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    table.names().forEach(name -> columns.put(name, resample.apply(table.column(name))));
    return SpectralTable.of(to, table.unit(), columns);
  }

  private static void requireCovered(Wavelengths from, double[] values, Wavelengths to) {
    if (values.length != from.size()) {
      throw new IllegalArgumentException(
          values.length + " values for " + from.size() + " wavelengths (" + from + ").");
    }
    if (!from.covers(to)) {
      throw new SkinSpectraException(
          "The spectrum covers "
              + from.label(0)
              + " to "
              + from.label(from.size() - 1)
              + ", but "
              + to.label(0)
              + " to "
              + to.label(to.size() - 1)
              + " are asked for; nothing is extrapolated. Ask for a narrower range or supply wider"
              + " data.");
    }
  }

  /** Half the distance to the neighbour in {@code direction}; at an end, to the other one. */
  private static double halfGap(Wavelengths bands, int index, int direction) {
    int neighbour = index + direction;
    if (neighbour < 0 || neighbour >= bands.size()) {
      neighbour = index - direction;
    }
    return Math.abs(bands.get(neighbour) - bands.get(index)) / 2;
  }

  /** The value at {@code nm}, which is within the range up to the tolerance of a band. */
  private static double at(Wavelengths from, double[] values, double nm) {
    if (nm <= from.first()) {
      return values[0];
    }
    if (nm >= from.last()) {
      return values[values.length - 1];
    }
    int below = segment(from, nm);
    double t = (nm - from.get(below)) / (from.get(below + 1) - from.get(below));
    return values[below] * (1 - t) + values[below + 1] * t;
  }

  /**
   * Index of the last wavelength at or below {@code nm}; of the first if rounding took nm below it.
   */
  private static int segment(Wavelengths from, double nm) {
    int nearest = from.nearestIndex(nm);
    return from.get(nearest) > nm ? Math.max(nearest - 1, 0) : nearest;
  }

  private static double rectangularMean(
      Wavelengths from, double[] values, double low, double high) {
    if (!(high > low)) {
      return at(from, values, low);
    }
    double integral = 0;
    for (int i = segment(from, low); i + 1 < from.size() && from.get(i) < high; i++) {
      double a = Math.max(low, from.get(i));
      double b = Math.min(high, from.get(i + 1));
      integral += (b - a) * (at(from, values, a) + at(from, values, b)) / 2;
    }
    return integral / (high - low);
  }

  private static double gaussianMean(
      Wavelengths from, double[] values, double centre, double sigma, double half) {
    if (!(half > 0)) {
      return at(from, values, centre);
    }
    double low = centre - half;
    double high = centre + half;
    double integral = 0;
    double weight = 0;
    for (int i = segment(from, low); i + 1 < from.size() && from.get(i) < high; i++) {
      double a = (Math.max(low, from.get(i)) - centre) / sigma;
      double b = (Math.min(high, from.get(i + 1)) - centre) / sigma;
      double slope = (values[i + 1] - values[i]) / (from.get(i + 1) - from.get(i));
      double atCentre = values[i] + slope * (centre - from.get(i));
      double mass = Erf.erf(a / Math.sqrt(2), b / Math.sqrt(2)) / 2;
      // The first moment of the standard normal curve over [a, b] is pdf(a) - pdf(b).
      integral += atCentre * mass + slope * sigma * (density(a) - density(b));
      weight += mass;
    }
    return integral / weight;
  }

  private static double density(double z) {
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }
}

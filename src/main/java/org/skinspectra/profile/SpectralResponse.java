package org.skinspectra.profile;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.Resampling;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.StandardObserver;
import org.skinspectra.spectra.Wavelengths;

/**
 * What the channels R, G, B and 960 nm of a camera see of a reflectance spectrum after division by
 * a perfect white: weights proportional to sensitivity × light, of sum 1 over the bands of a grid,
 * so that white is 1 in every channel under any light. Immutable.
 */
public final class SpectralResponse {

  /** Wavelength of the fourth channel (nm). */
  public static final double INFRARED_NM = 960;

  /** Full width at half maximum (nm) of the fourth channel of a camera that states none. */
  public static final double INFRARED_FWHM_NM = 10;

  private static final int FILTER_STEPS = 300;

  private static final List<Set<String>> COLUMN_NAMES =
      List.of(
          Set.of("r", "red"),
          Set.of("g", "green"),
          Set.of("b", "blue"),
          Set.of("960", "n960", "960nm", "960 nm", "nir", "ir"));

  private final Wavelengths wavelengths;
  private final double[][] weights;

  private SpectralResponse(Wavelengths wavelengths, double[][] weights) {
    this.wavelengths = wavelengths;
    this.weights = weights;
  }

  /**
   * The channels of a camera under a light.
   *
   * <p>Columns are found by name, whatever their order or case: {@code R}, {@code G} and {@code B}
   * (or {@code red}, {@code green}, {@code blue}), and {@code 960}, {@code N960}, {@code 960 nm},
   * {@code NIR} or {@code IR}; others, such as the {@code W} of an RGBW sensor, are left out.
   * Sensitivities are linear between the rows of the table and zero beyond them. Without a column
   * for 960 nm a narrow band of {@value #INFRARED_FWHM_NM} nm is added, over which the light is
   * taken as even. Other channels need the light only where they see something.
   *
   * @param responses sensitivity by wavelength, in any unit
   * @param grid bands of the spectra that will be captured
   * @throws SkinSpectraException if a channel is missing, has a value that is negative or not
   *     finite, or sees no light in any band of the grid; if the light is not known where a channel
   *     sees something; if the grid has no band at 960 nm where one must be added
   */
  public static SpectralResponse of(
      SpectralTable responses, Illuminant illuminant, Wavelengths grid) {
    double[][] weights = visible(responses, illuminant, grid);
    weights[3] =
        column(responses, 3)
            .map(column -> weights(responses, column, illuminant, grid))
            .orElseGet(() -> infraredBand(grid));
    return new SpectralResponse(grid, weights);
  }

  /**
   * The channels of a camera whose sensor sees 960 nm through a filter. Where the table has no
   * column for 960 nm the sensor is taken as even over the filter's band, and so is a light that is
   * not known there. Spectra are taken as straight between the bands of the grid, so that a filter
   * may be narrower than their distance.
   *
   * @throws SkinSpectraException as {@link #of(SpectralTable, Illuminant, Wavelengths)}
   */
  static SpectralResponse of(
      SpectralTable responses, BandFilter filter, Illuminant illuminant, Wavelengths grid) {
    double[][] weights = visible(responses, illuminant, grid);
    Wavelengths known = responses.wavelengths();
    double[] sensor = column(responses, 3).map(responses::column).orElse(null);
    if (sensor != null) {
      requireSensitivities(known, "N960", sensor);
    }
    double[] filtered = new double[grid.size()];
    double step = (filter.last() - filter.first()) / FILTER_STEPS;
    double sum = 0;
    for (int i = 0; i <= FILTER_STEPS; i++) {
      double nm = filter.first() + i * step;
      if (grid.covers(nm) && (sensor == null || known.covers(nm))) {
        Wavelengths band = Wavelengths.of(nm);
        double seen = sensor == null ? 1 : Resampling.linear(known, sensor, band)[0];
        double light = illuminant.knows(nm) ? illuminant.on(band)[0] : 1;
        double weight = seen * filter.transmission(nm) * light;
        share(grid, nm, weight, filtered);
        sum += weight;
      }
    }
    if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
      throw new SkinSpectraException(
          "Channel N960 sees no light of %s through its filter in the bands %s nm; check its table, the filter and the light."
              .formatted(illuminant, grid));
    }
    weights[3] = divided(filtered, sum);
    return new SpectralResponse(grid, weights);
  }

  /** Gives a weight at any wavelength to the bands on both sides of it. */
  private static void share(Wavelengths grid, double nm, double weight, double[] bands) {
    int nearest = grid.nearestIndex(nm);
    int below = Math.max(grid.get(nearest) > nm ? nearest - 1 : nearest, 0);
    int above = Math.min(below + 1, grid.size() - 1);
    double width = grid.get(above) - grid.get(below);
    double t = width > 0 ? Math.min(Math.max((nm - grid.get(below)) / width, 0), 1) : 0;
    bands[below] += weight * (1 - t);
    bands[above] += weight * t;
  }

  /** R, G and B, and room for 960 nm. */
  private static double[][] visible(
      SpectralTable responses, Illuminant illuminant, Wavelengths grid) {
    List<String> rgb =
        IntStream.range(0, 3)
            .mapToObj(c -> column(responses, c))
            .flatMap(Optional::stream)
            .toList();
    if (rgb.size() < 3) {
      throw new SkinSpectraException(
          "A camera has the columns R, G and B, but this table has %s. Name its columns so."
              .formatted(responses.names()));
    }
    double[][] weights = new double[4][];
    for (int c = 0; c < 3; c++) {
      weights[c] = weights(responses, rgb.get(c), illuminant, grid);
    }
    return weights;
  }

  /**
   * The channels of a canonical multispectral image: the CIE 1931 2° functions under equal energy
   * ({@link StandardObserver#canonicalWeights}) and the band at 960 nm alone.
   *
   * @throws SkinSpectraException if the grid has no band at 960 nm or none in the visible
   */
  public static SpectralResponse canonical(Wavelengths grid) {
    int infrared = infraredIndex(grid);
    double[][] weights = Arrays.copyOf(StandardObserver.canonicalWeights(grid), 4);
    weights[3] = new double[grid.size()];
    weights[3][infrared] = 1;
    return new SpectralResponse(grid, weights);
  }

  /** Bands of the spectra that this response is for. */
  public Wavelengths wavelengths() {
    return wavelengths;
  }

  /** A copy of the weights by which a spectrum becomes R, G, B, 960 nm: {@code [4][bands]}. */
  public double[][] weights() {
    return Arrays.stream(weights).map(double[]::clone).toArray(double[][]::new);
  }

  /**
   * R, G, B and 960 nm of one reflectance spectrum.
   *
   * @throws IllegalArgumentException if the spectrum has another length than the grid
   */
  public double[] capture(double[] spectrum) {
    if (spectrum.length != wavelengths.size()) {
      throw new IllegalArgumentException(
          spectrum.length + " values for " + wavelengths.size() + " wavelengths.");
    }
    double[] channels = new double[weights.length];
    for (int c = 0; c < channels.length; c++) {
      for (int i = 0; i < spectrum.length; i++) {
        channels[c] += weights[c][i] * spectrum[i];
      }
    }
    return channels;
  }

  /** The column of the channel, 0 to 3 for R, G, B and 960 nm. */
  static Optional<String> column(SpectralTable table, int channel) {
    List<String> found =
        table.names().stream()
            .filter(
                name -> COLUMN_NAMES.get(channel).contains(name.strip().toLowerCase(Locale.ROOT)))
            .toList();
    if (found.size() > 1) {
      throw new SkinSpectraException(
          "The columns " + found + " name the same channel; keep one of them.");
    }
    return found.stream().findFirst();
  }

  private static double[] weights(
      SpectralTable table, String column, Illuminant illuminant, Wavelengths grid) {
    double[] sensitivity = table.column(column);
    Wavelengths known = table.wavelengths();
    requireSensitivities(known, column, sensitivity);
    double[] weights = new double[grid.size()];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      if (known.covers(grid.get(i))) {
        Wavelengths band = Wavelengths.of(grid.get(i));
        double seen = Resampling.linear(known, sensitivity, band)[0];
        // A light need not be known where nobody looks.
        weights[i] = seen > 0 ? seen * illuminant.on(band)[0] : 0;
        sum += weights[i];
      }
    }
    if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
      throw new SkinSpectraException(
          "Channel %s sees no light of %s in the bands %s nm; check its table and the light."
              .formatted(column, illuminant, grid));
    }
    return divided(weights, sum);
  }

  private static void requireSensitivities(Wavelengths known, String column, double[] sensitivity) {
    for (int i = 0; i < sensitivity.length; i++) {
      if (!(sensitivity[i] >= 0 && sensitivity[i] < Double.POSITIVE_INFINITY)) {
        throw new SkinSpectraException(
            "Channel %s has the sensitivity %s at %s; a sensitivity is a number from 0. Correct its table."
                .formatted(column, sensitivity[i], known.label(i)));
      }
    }
  }

  private static double[] infraredBand(Wavelengths grid) {
    infraredIndex(grid);
    double[] weights = new double[grid.size()];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double widths = (grid.get(i) - INFRARED_NM) / INFRARED_FWHM_NM;
      // Cut where a filter lets nothing through; half of the maximum at half a width.
      weights[i] = Math.abs(widths) < 1.5 ? FastMath.pow(2, -4 * widths * widths) : 0;
      sum += weights[i];
    }
    return divided(weights, sum);
  }

  private static double[] divided(double[] values, double sum) {
    return Arrays.stream(values).map(v -> v / sum).toArray();
  }

  private static int infraredIndex(Wavelengths grid) {
    int infrared = grid.nearestIndex(INFRARED_NM);
    if (Math.abs(grid.get(infrared) - INFRARED_NM) > Wavelengths.TOLERANCE_NM) {
      throw new SkinSpectraException(
          "The fourth channel is the band at 960 nm, but the nearest of "
              + grid
              + " is "
              + grid.label(infrared)
              + ". Use a cube that has it, such as 400:10:1000.");
    }
    return infrared;
  }
}

package org.skinspectra.skin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Resampling;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * Completes measured skin spectra that cover only part of 400 to 1000 nm. Where a spectrum was
 * measured, but for the ends of its range, it keeps its values (linear between its samples).
 * Beyond, it follows the simulated skin that is nearest in shape, scaled to it; at the edge of the
 * measured range the two differ by some factor, which is carried on and fades to 1, so that there
 * is no step.
 *
 * <p>The same seed gives the same values on every platform. Immutable and thread-safe.
 */
public final class SpectrumCompletion {

  /** The skins to choose from that suffice for most uses. */
  public static final int DEFAULT_SKINS = 20_000;

  /** Range (nm) that a spectrum must cover at least of 400 to 1000 nm. */
  public static final double LEAST_RANGE_NM = 250;

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  /**
   * So far (nm) a spectrum must go on beyond a band for the band to count as measured. What a
   * spectrometer says at the very end of its range is its own fall as much as the skin's: the
   * cheeks measured to 950 nm lose 7 % in the last 10 nm, forearms measured to 1000 nm lose 3 %
   * there.
   */
  private static final double EDGE_NM = 5;

  private static final double LARGEST_REFLECTANCE = 1.5;
  private static final double DARKEST_REFLECTANCE = 1e-6;

  /**
   * Distance from the measured range (nm) at which the factor at its edge counts by 1/e. Forearms
   * and cheeks of which only 400 to 740 nm were shown are completed to 4 and 5 % (root mean square)
   * so. A factor that never fades does a little better there, but would carry an instrument's error
   * at the edge of its range through all the rest.
   */
  private static final double FADE_NM = 200;

  private final SimulatedSkins skins;

  /**
   * A choice of simulated skins.
   *
   * @param seed of the {@link SkinSampler}
   * @param skins number of skins to choose from
   * @throws IllegalArgumentException if {@code skins} is not positive
   */
  public SpectrumCompletion(long seed, int skins) {
    this(SimulatedSkins.draw(GRID, skins, seed));
  }

  SpectrumCompletion(SimulatedSkins skins) {
    this.skins = skins;
  }

  /**
   * Completed spectra, and how they were completed.
   *
   * @param table the spectra on {@link Wavelengths#VIS_NIR}, values from 0 to 1.5
   * @param measured the bands of it that were measured
   * @param angles of each spectrum to its nearest simulated skin over these bands (rad), in the
   *     order of the columns
   */
  public record Completion(SpectralTable table, Wavelengths measured, List<Double> angles) {
    public Completion {
      angles = List.copyOf(angles);
    }

    /**
     * Those spectra only that are near a simulated skin. What is far from all skins is often an
     * error of the instrument, which its completion would carry on.
     *
     * @param radians largest angle
     * @throws SkinSpectraException if there is no such spectrum
     */
    public SpectralTable within(double radians) {
      Map<String, double[]> near = new LinkedHashMap<>();
      List<String> names = table.names();
      for (int i = 0; i < names.size(); i++) {
        if (angles.get(i) <= radians) {
          near.put(names.get(i), table.column(names.get(i)));
        }
      }
      if (near.isEmpty()) {
        throw new SkinSpectraException(
            "None of %d spectra is within %s rad of a simulated skin; are they skin?"
                .formatted(names.size(), radians));
      }
      return SpectralTable.of(table.wavelengths(), table.unit(), near);
    }
  }

  /**
   * The spectra of a table on {@link Wavelengths#VIS_NIR}.
   *
   * @throws SkinSpectraException as {@link #completion}
   */
  public SpectralTable complete(SpectralTable measured) {
    return completion(measured).table();
  }

  /**
   * The spectra of a table on {@link Wavelengths#VIS_NIR}, with the angles to the simulated skins
   * that they were completed by.
   *
   * @param measured reflectance factors
   * @throws SkinSpectraException if the table covers less than {@link #LEAST_RANGE_NM} of the range
   *     or has gaps of more than 50 nm in it, a value is no reflectance factor (0 to 1.5), or a
   *     spectrum is black throughout
   */
  public Completion completion(SpectralTable measured) {
    int[] bands = measuredBands(measured.wavelengths());
    Wavelengths known = Wavelengths.of(IntStream.of(bands).mapToDouble(GRID::get).toArray());
    List<String> names = measured.names();
    List<double[]> spectra = new ArrayList<>();
    for (String name : names) {
      double[] samples = measured.column(name);
      requireReflectances(name, samples, measured.wavelengths());
      spectra.add(requireLight(name, Resampling.linear(measured.wavelengths(), samples, known)));
    }
    SimulatedSkins choice = skins.on(bands);
    List<SimulatedSkins.Nearest> nearest = spectra.parallelStream().map(choice::nearest).toList();
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      double[] whole = skins.spectra()[nearest.get(i).skin()];
      columns.put(names.get(i), joined(spectra.get(i), bands[0], whole));
    }
    return new Completion(
        SpectralTable.of(GRID, measured.unit(), columns),
        known,
        nearest.stream().map(SimulatedSkins.Nearest::angle).toList());
  }

  /**
   * Indices of the bands of {@link #GRID} within the measured range and not at its edge: one run
   * without gaps.
   */
  private static int[] measuredBands(Wavelengths measured) {
    double range =
        Math.max(
            0, Math.min(measured.last(), GRID.last()) - Math.max(measured.first(), GRID.first()));
    if (range < LEAST_RANGE_NM - Wavelengths.TOLERANCE_NM) {
      throw new SkinSpectraException(
          "Spectra from %s to %s cover %.0f nm of 400 to 1000 nm, too little to complete them; at least %.0f nm are needed."
              .formatted(
                  measured.label(0), measured.label(measured.size() - 1), range, LEAST_RANGE_NM));
    }
    Resampling.requireNoGap("The table of spectra to complete", measured, GRID);
    return IntStream.range(0, GRID.size()).filter(i -> isWithin(measured, GRID.get(i))).toArray();
  }

  private static boolean isWithin(Wavelengths measured, double band) {
    return measured.covers(Math.max(band - EDGE_NM, GRID.first()))
        && measured.covers(Math.min(band + EDGE_NM, GRID.last()));
  }

  private static void requireReflectances(String name, double[] samples, Wavelengths measured) {
    for (int i = 0; i < samples.length; i++) {
      if (!(samples[i] >= 0 && samples[i] <= LARGEST_REFLECTANCE)) {
        throw new SkinSpectraException(
            "'%s' is %s at %s; a reflectance factor lies between 0 and %s (1.0 is white, not 100 %%)."
                .formatted(name, samples[i], measured.label(i), LARGEST_REFLECTANCE));
      }
    }
  }

  private static double[] requireLight(String name, double[] spectrum) {
    if (Arrays.stream(spectrum).max().orElseThrow() < DARKEST_REFLECTANCE) {
      throw new SkinSpectraException(
          "'%s' is below %s at every wavelength, which has no shape to complete; leave it out."
              .formatted(name, DARKEST_REFLECTANCE));
    }
    return spectrum;
  }

  /** The measured values in the middle, the simulated skin fitted to them on both sides. */
  private static double[] joined(double[] measured, int first, double[] skin) {
    int last = first + measured.length - 1;
    double product = 0;
    double square = 0;
    for (int i = first; i <= last; i++) {
      product += measured[i - first] * skin[i];
      square += skin[i] * skin[i];
    }
    double scale = product / square;
    double[] joined = new double[skin.length];
    for (int i = 0; i < joined.length; i++) {
      int edge = Math.min(Math.max(i, first), last);
      double edgeFactor = measured[edge - first] / (scale * skin[edge]);
      double distance = (GRID.get(i) - GRID.get(edge)) / FADE_NM;
      double factor = 1 + (edgeFactor - 1) * FastMath.exp(-distance * distance);
      joined[i] =
          i == edge ? measured[i - first] : Math.min(factor * scale * skin[i], LARGEST_REFLECTANCE);
    }
    return joined;
  }
}

package org.skinspectra.skin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Resampling;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * How well simulated skins cover measured ones: the spectral angle from each measured spectrum to
 * the nearest of the simulated. Immutable and thread-safe.
 */
public final class SpectralCoverage {

  /** A measured spectrum is covered by a simulated one within this angle (rad). */
  public static final double NEAR = 0.03;

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  private final SimulatedSkins skins;

  /**
   * The first {@code count} skins of a {@link SkinSampler}.
   *
   * @throws IllegalArgumentException if {@code count} is not positive
   */
  public SpectralCoverage(int count, long seed) {
    this.skins = SimulatedSkins.draw(GRID, count, seed);
  }

  /**
   * What was found for one table.
   *
   * @param bands those of {@link Wavelengths#VIS_NIR} that were compared
   * @param names of the spectra
   * @param angles of each to its nearest simulated skin (rad), in the order of the names
   * @param features of each spectrum
   */
  public record Result(
      Wavelengths bands, List<String> names, List<Double> angles, List<SpectrumFeatures> features) {

    public Result {
      names = List.copyOf(names);
      angles = List.copyOf(angles);
      features = List.copyOf(features);
    }

    /** Number of spectra within {@link #NEAR}. */
    public int within() {
      return (int) angles.stream().filter(angle -> angle <= NEAR).count();
    }

    /** The angle (rad) that {@code percent} of the spectra do not exceed, 0 &lt; percent ≤ 100. */
    public double percentile(double percent) {
      return StatUtils.percentile(
          angles.stream().mapToDouble(Double::doubleValue).toArray(), percent);
    }

    /** Name of the spectrum that is farthest from all simulated ones. */
    public String worst() {
      int worst =
          IntStream.range(0, angles.size())
              .reduce(0, (a, b) -> angles.get(b) > angles.get(a) ? b : a);
      return names.get(worst);
    }
  }

  /**
   * Compares every spectrum of a table where it and {@code range} overlap.
   *
   * @param measured reflectance factors, resampled linearly
   * @param range from its first to its last wavelength
   * @throws SkinSpectraException as {@link SpectrumCompletion#completion}, or if the overlap holds
   *     less than three bands
   * @throws CanceledException if {@code progress} asked to stop
   */
  public Result compare(SpectralTable measured, Wavelengths range, ProgressMonitor progress) {
    int[] bands = commonBands(measured.wavelengths(), range);
    Wavelengths common = on(bands);
    SpectrumCompletion.Completion completed = new SpectrumCompletion(skins).completion(measured);
    SpectralTable resampled = Resampling.linear(measured, common);
    List<String> names = measured.names();
    SimulatedSkins choice = skins.on(bands);
    AtomicInteger done = new AtomicInteger();
    double[] angles =
        IntStream.range(0, names.size())
            .parallel()
            .mapToDouble(
                i -> {
                  synchronized (progress) {
                    progress.checkCanceled("The comparison");
                    progress.report("comparing", done.getAndIncrement(), names.size());
                  }
                  return choice.nearest(resampled.column(names.get(i))).angle();
                })
            .toArray();
    progress.report("compared", names.size(), names.size());
    List<SpectrumFeatures> features = new ArrayList<>();
    for (String name : names) {
      features.add(SpectrumFeatures.of(completed.table().column(name), completed.measured()));
    }
    return new Result(common, names, Arrays.stream(angles).boxed().toList(), features);
  }

  /** Features of the simulated skins. */
  public List<SpectrumFeatures> features() {
    return Arrays.stream(skins.spectra())
        .parallel()
        .map(spectrum -> SpectrumFeatures.of(spectrum, GRID))
        .toList();
  }

  /**
   * The simulated spectra on bands of {@link Wavelengths#VIS_NIR}: {@code [skin][band]}.
   *
   * @throws IllegalArgumentException if there is another wavelength among them
   */
  public double[][] spectra(Wavelengths bands) {
    return skins
        .on(IntStream.range(0, bands.size()).map(i -> GRID.indexOf(bands.get(i))).toArray())
        .spectra();
  }

  private static int[] commonBands(Wavelengths measured, Wavelengths range) {
    int[] bands =
        IntStream.range(0, GRID.size())
            .filter(i -> measured.covers(GRID.get(i)) && range.covers(GRID.get(i)))
            .toArray();
    if (bands.length < 3) {
      throw new SkinSpectraException(
          "Spectra from %s to %s share %d bands with %s nm, too few to compare them; choose another range."
              .formatted(
                  measured.label(0), measured.label(measured.size() - 1), bands.length, range));
    }
    return bands;
  }

  private static Wavelengths on(int[] bands) {
    return Wavelengths.of(IntStream.of(bands).mapToDouble(GRID::get).toArray());
  }
}

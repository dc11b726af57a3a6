package org.skinspectra.train;

import java.util.List;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.skin.SpectrumCompletion;
import org.skinspectra.spectra.Resampling;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * Spectra on 400:10:1000 nm, of which a part was measured and the rest completed by simulation.
 *
 * @param table the whole spectra
 * @param measured those of its bands that were measured: one run without gaps
 */
public record CompletedSpectra(SpectralTable table, Wavelengths measured) {

  /**
   * A spectrum further than this (rad) from every simulated skin is left out: what completes it
   * would be wrong, and so may be its own ends.
   */
  static final double LARGEST_ANGLE = 0.03;

  /** Of the simulated skins that complete spectra. */
  private static final long SIMULATION_SEED = 1;

  /** Spectra that were measured over the whole range, interpolated linearly to its bands. */
  public static CompletedSpectra whole(SpectralTable table) {
    return new CompletedSpectra(Resampling.linear(table, Wavelengths.VIS_NIR), Wavelengths.VIS_NIR);
  }

  /**
   * Those spectra of each table that are within {@value #LARGEST_ANGLE} rad of a simulated skin,
   * completed by it.
   *
   * @throws org.skinspectra.SkinSpectraException if a table cannot be completed, or none of its
   *     spectra looks like skin
   */
  public static List<CompletedSpectra> of(List<SpectralTable> tables) {
    SpectrumCompletion skins =
        new SpectrumCompletion(SIMULATION_SEED, SpectrumCompletion.DEFAULT_SKINS);
    return tables.stream()
        .map(skins::completion)
        .map(
            completion ->
                new CompletedSpectra(completion.within(LARGEST_ANGLE), completion.measured()))
        .toList();
  }

  /**
   * How often people are mixed from these spectra, relative to other tables: the cube of the share
   * of the bands that was measured. What completes a spectrum is simulation, and draws every skin
   * that looks alike in four channels towards it. Estimating held-out forearms from noise-free
   * channels by their neighbours among the training skins was off by 0.0154 rad where the three
   * tables of NIST (all measured), cheeks (0.87) and Xiao (0.57) counted alike and by 0.0127 with
   * these weights, at no cost for held-out cheeks.
   */
  double weight() {
    double share = measured.size() / (double) table.wavelengths().size();
    return share * share * share;
  }

  /**
   * Makes sure that people can be mixed from these spectra.
   *
   * @param file they came from, for people
   * @throws SkinSpectraException if one of them reflects nothing at a band
   */
  void requirePositive(String file) {
    for (String name : table.names()) {
      double[] spectrum = table.column(name);
      for (int band = 0; band < spectrum.length; band++) {
        if (!(spectrum[band] > 0)) {
          throw new SkinSpectraException(
              "%s: '%s' reflects %s at %s; skin is nowhere that black. Mend the spectrum or take it out."
                  .formatted(file, name, spectrum[band], table.wavelengths().label(band)));
        }
      }
    }
  }

  /** Number of spectra in some tables. */
  public static int count(List<CompletedSpectra> tables) {
    return tables.stream().mapToInt(part -> part.table().size()).sum();
  }
}

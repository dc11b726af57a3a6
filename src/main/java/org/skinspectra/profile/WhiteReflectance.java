package org.skinspectra.profile;

import java.util.Arrays;
import java.util.Optional;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Resampling;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * Reflectance factor of the white reference: the same at all wavelengths, or a spectrum.
 *
 * @param constant reflectance factor; of a spectrum its mean
 * @param spectrum in the column {@value #COLUMN}, straight between its rows and unknown beyond them
 */
public record WhiteReflectance(double constant, Optional<SpectralTable> spectrum) {

  static final String COLUMN = "reflectance";
  private static final double MIN = 0.01;
  private static final double MAX = 1.2;

  /**
   * @throws SkinSpectraException if a reflectance factor is not between 0.01 and 1.2
   */
  public WhiteReflectance {
    Ranges.require("whiteReflectance", constant, MIN, MAX);
    spectrum.ifPresent(
        table -> Ranges.require("whiteReflectance.reflectance", table.column(COLUMN), MIN, MAX));
  }

  public static WhiteReflectance of(double constant) {
    return new WhiteReflectance(constant, Optional.empty());
  }

  /** A spectrum in the column {@value #COLUMN} of a table. */
  public static WhiteReflectance of(SpectralTable spectrum) {
    double[] values = spectrum.column(COLUMN);
    double mean = Arrays.stream(values).average().orElseThrow();
    return new WhiteReflectance(mean, Optional.of(spectrum));
  }

  /**
   * The reflectance factor at each wavelength.
   *
   * @throws SkinSpectraException if a spectrum does not cover them
   */
  public double[] on(Wavelengths grid) {
    if (spectrum.isEmpty()) {
      double[] even = new double[grid.size()];
      Arrays.fill(even, constant);
      return even;
    }
    SpectralTable table = spectrum.get();
    return Resampling.linear(table.wavelengths(), table.column(COLUMN), grid);
  }
}

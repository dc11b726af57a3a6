package org.skinspectra.skin;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Resampling;
import org.skinspectra.spectra.SpectralCsv;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * Absorption coefficients of the chromophores of skin (1/cm, natural logarithm), 400 to 1000 nm.
 * Sources are stated in the resource {@code chromophores.csv}: haemoglobin in whole blood of 150
 * g/L (Prahl), water (Segelstein 1981), fat (van Veen 2004).
 */
public final class Chromophores {

  /** Whole blood of 150 g haemoglobin per litre, fully oxygenated. */
  public static final String OXYHAEMOGLOBIN = "oxyhaemoglobin";

  /** Whole blood of 150 g haemoglobin per litre, fully deoxygenated. */
  public static final String DEOXYHAEMOGLOBIN = "deoxyhaemoglobin";

  /** Pure water. */
  public static final String WATER = "water";

  /** Mammalian fat. */
  public static final String FAT = "fat";

  /** The interior of a melanosome. */
  public static final String MELANOSOME = "melanosome";

  private static final SpectralTable TABLE =
      SpectralCsv.resource(Chromophores.class, "chromophores.csv");

  private Chromophores() {}

  /**
   * All chromophores on a grid, interpolated linearly between the 10 nm steps of the table.
   *
   * @return columns {@link #OXYHAEMOGLOBIN}, {@link #DEOXYHAEMOGLOBIN}, {@link #WATER}, {@link
   *     #FAT}, {@link #MELANOSOME}, in 1/cm
   * @throws SkinSpectraException if the grid reaches outside 400 to 1000 nm
   */
  public static SpectralTable on(Wavelengths wavelengths) {
    if (!TABLE.wavelengths().covers(wavelengths)) {
      throw new SkinSpectraException(
          "The absorption of skin's chromophores is known from 400 to 1000 nm, not on "
              + wavelengths
              + ". Ask for wavelengths within that range.");
    }
    SpectralTable resampled = Resampling.linear(TABLE, wavelengths);
    Map<String, double[]> columns = new LinkedHashMap<>();
    resampled.names().forEach(name -> columns.put(name, resampled.column(name)));
    columns.put(
        MELANOSOME, Arrays.stream(wavelengths.toArray()).map(Chromophores::melanosome).toArray());
    return SpectralTable.of(wavelengths, TABLE.unit(), columns);
  }

  /**
   * Absorption coefficient of the melanosome interior, 6.6e11·λ^-3.33 (1/cm, λ in nm; S. L.
   * Jacques, Melanosome absorption coefficient, omlc.org, 1998).
   */
  public static double melanosome(double nm) {
    return 6.6e11 * FastMath.pow(nm, -3.33);
  }
}

package org.skinspectra.skin;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.math3.analysis.interpolation.LinearInterpolator;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.SkinSpectraException;
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

  private static final String RESOURCE = "chromophores.csv";

  private Chromophores() {}

  /**
   * All chromophores on a grid, interpolated linearly between the 10 nm steps of the table.
   *
   * @return columns {@link #OXYHAEMOGLOBIN}, {@link #DEOXYHAEMOGLOBIN}, {@link #WATER}, {@link
   *     #FAT}, {@link #MELANOSOME}, in 1/cm
   * @throws SkinSpectraException if the grid reaches outside 400 to 1000 nm
   */
  public static SpectralTable on(Wavelengths wavelengths) {
    SpectralTable table = table();
    if (!table.wavelengths().covers(wavelengths)) {
      throw new SkinSpectraException(
          "The absorption of skin's chromophores is known from 400 to 1000 nm, not on "
              + wavelengths
              + ". Ask for wavelengths within that range.");
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (String name : table.names()) {
      columns.put(name, interpolate(table.wavelengths(), table.column(name), wavelengths));
    }
    double[] melanosome = wavelengths.toArray();
    for (int i = 0; i < melanosome.length; i++) {
      melanosome[i] = melanosome(melanosome[i]);
    }
    columns.put(MELANOSOME, melanosome);
    return SpectralTable.of(wavelengths, table.unit(), columns);
  }

  /**
   * Absorption coefficient of the melanosome interior, 6.6e11·λ^-3.33 (1/cm, λ in nm; S. L.
   * Jacques, Melanosome absorption coefficient, omlc.org, 1998).
   */
  public static double melanosome(double nm) {
    return 6.6e11 * FastMath.pow(nm, -3.33);
  }

  private static double[] interpolate(Wavelengths from, double[] values, Wavelengths to) {
    var line = new LinearInterpolator().interpolate(from.toArray(), values);
    double[] result = to.toArray();
    for (int i = 0; i < result.length; i++) {
      // Within the tolerance of a band beyond an end is that end.
      result[i] = line.value(Math.min(Math.max(result[i], from.first()), from.last()));
    }
    return result;
  }

  private static SpectralTable table() {
    try (InputStream in = Chromophores.class.getResourceAsStream(RESOURCE);
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      CSVFormat format =
          CSVFormat.DEFAULT
              .builder()
              .setCommentMarker('#')
              .setHeader()
              .setSkipHeaderRecord(true)
              .get();
      List<CSVRecord> rows = format.parse(reader).getRecords();
      Map<String, double[]> columns = new LinkedHashMap<>();
      for (String name : List.of(OXYHAEMOGLOBIN, DEOXYHAEMOGLOBIN, WATER, FAT)) {
        columns.put(name, column(rows, name));
      }
      return SpectralTable.of(Wavelengths.of(column(rows, "nm")), "1/cm", columns);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double[] column(List<CSVRecord> rows, String name) {
    return rows.stream().mapToDouble(row -> Double.parseDouble(row.get(name))).toArray();
  }
}

package org.skinspectra.spectra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Wavelengths × named columns of one quantity: reflectance spectra, camera responses, an
 * illuminant. Immutable.
 */
public final class SpectralTable {

  private final Wavelengths wavelengths;
  private final String unit;
  private final Map<String, double[]> columns;

  private SpectralTable(Wavelengths wavelengths, String unit, Map<String, double[]> columns) {
    this.wavelengths = wavelengths;
    this.unit = unit;
    this.columns = columns;
  }

  /**
   * A table of {@code columns}, each one value per wavelength.
   *
   * @param unit unit of every value, such as {@code reflectance factor} or {@code 1/cm}
   * @throws IllegalArgumentException if a column has another length, or there is none
   */
  public static SpectralTable of(
      Wavelengths wavelengths, String unit, Map<String, double[]> columns) {
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("A spectral table needs at least one column.");
    }
    Map<String, double[]> copy = new LinkedHashMap<>();
    columns.forEach(
        (name, values) -> {
          if (values.length != wavelengths.size()) {
            throw new IllegalArgumentException(
                "Column '"
                    + name
                    + "' has "
                    + values.length
                    + " values for "
                    + wavelengths.size()
                    + " wavelengths.");
          }
          copy.put(name, values.clone());
        });
    return new SpectralTable(wavelengths, unit, copy);
  }

  /** A table with one column. */
  public static SpectralTable of(
      Wavelengths wavelengths, String unit, String name, double[] values) {
    return of(wavelengths, unit, Map.of(name, values));
  }

  public Wavelengths wavelengths() {
    return wavelengths;
  }

  /** Unit of every value. */
  public String unit() {
    return unit;
  }

  /** Column names, in order. */
  public List<String> names() {
    return new ArrayList<>(columns.keySet());
  }

  /** Number of columns. */
  public int size() {
    return columns.size();
  }

  /**
   * A copy of one column.
   *
   * @throws IllegalArgumentException if there is no such column, naming those there are
   */
  public double[] column(String name) {
    double[] values = columns.get(name);
    if (values == null) {
      throw new IllegalArgumentException("No column '" + name + "'; there are " + names() + ".");
    }
    return values.clone();
  }
}

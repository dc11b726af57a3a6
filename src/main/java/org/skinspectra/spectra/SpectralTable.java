package org.skinspectra.spectra;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Wavelengths × named columns of one quantity: reflectance spectra, camera responses, an
 * illuminant. Immutable.
 */
public final class SpectralTable {

  private final Wavelengths wavelengths;
  private final String unit;
  private final Map<String, double[]> columns;
  private final Map<String, String> provenance;

  private SpectralTable(
      Wavelengths wavelengths,
      String unit,
      Map<String, double[]> columns,
      Map<String, String> provenance) {
    this.wavelengths = wavelengths;
    this.unit = unit;
    this.columns = columns;
    this.provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
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
    return new SpectralTable(wavelengths, unit, copy, Map.of());
  }

  /** A table with one column. */
  public static SpectralTable of(
      Wavelengths wavelengths, String unit, String name, double[] values) {
    return of(wavelengths, unit, Map.of(name, values));
  }

  /** The same columns with the given provenance: what made them, key by key. */
  public SpectralTable withProvenance(Map<String, String> provenance) {
    return new SpectralTable(wavelengths, unit, columns, provenance);
  }

  /** What made the columns, key by key, in order; may be empty. */
  public Map<String, String> provenance() {
    return provenance;
  }

  /** Names for columns: where one comes again it is counted, {@code arm}, {@code arm (2)}. */
  public static List<String> distinctNames(List<String> names) {
    Set<String> taken = new LinkedHashSet<>();
    Map<String, Integer> counts = new HashMap<>();
    for (String name : names) {
      String distinct = name;
      while (!taken.add(distinct)) {
        distinct = name + " (" + (counts.merge(name, 1, Integer::sum) + 1) + ")";
      }
    }
    return new ArrayList<>(taken);
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

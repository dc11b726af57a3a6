package org.skinspectra.spectra;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;

/** Values of spectra one by one, in any order, on their way to a table. */
final class LongRows {

  private static final int MOST = 2_000_000;

  private record Point(double nm, double value, double sd) {}

  private final Map<String, List<Point>> spectra = new LinkedHashMap<>();
  private final String unitOfFile;
  private String unit;
  private int count;

  LongRows(String unitOfFile) {
    this.unitOfFile = unitOfFile;
  }

  /**
   * Adds a value.
   *
   * @param sd its standard deviation, NaN where it is not stated
   * @param unit empty where it is not stated
   * @return what is wrong with it, or null
   */
  String add(String name, double nm, double value, double sd, String unit) {
    if (name.isEmpty()) {
      return "has no name";
    }
    if (!(nm > 0)) {
      return "is at " + nm + " nm, which is no wavelength";
    }
    String stated = unit.isEmpty() ? unitOfFile : unit;
    if (this.unit != null && !this.unit.equals(stated)) {
      return "has the unit '%s', others '%s'; keep spectra of one unit in a table"
          .formatted(JsonText.printable(stated), JsonText.printable(this.unit));
    }
    if (++count > MOST) {
      return "is beyond the "
          + MOST
          + " values that such a table may have; write a column for each";
    }
    this.unit = stated;
    spectra.computeIfAbsent(name, key -> new ArrayList<>()).add(new Point(nm, value, sd));
    return null;
  }

  /**
   * One column for each name; where standard deviations are stated two, {@code NAME mean} and
   * {@code NAME SD}.
   *
   * @throws SkinSpectraIOException if there are no values, or not one for each name and wavelength
   */
  SpectralTable table(String source) {
    if (spectra.isEmpty()) {
      throw new SkinSpectraIOException(source + " has a header but no rows.");
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    double[] grid = null;
    String first = spectra.keySet().iterator().next();
    for (Map.Entry<String, List<Point>> entry : spectra.entrySet()) {
      List<Point> points = entry.getValue();
      points.sort(Comparator.comparingDouble(Point::nm));
      double[] nm = points.stream().mapToDouble(Point::nm).toArray();
      grid = grid == null ? nm : grid;
      requireSame(source, first, grid, entry.getKey(), nm);
      double[] values = points.stream().mapToDouble(Point::value).toArray();
      double[] sds = points.stream().mapToDouble(Point::sd).toArray();
      boolean hasSd = points.stream().anyMatch(point -> !Double.isNaN(point.sd()));
      put(source, columns, entry.getKey() + (hasSd ? LongCsv.MEAN_COLUMN : ""), values);
      if (hasSd) {
        put(source, columns, entry.getKey() + LongCsv.SD_COLUMN, sds);
      }
    }
    try {
      return SpectralTable.of(Wavelengths.of(grid), unit, columns);
    } catch (IllegalArgumentException e) {
      throw new SkinSpectraIOException(
          "%s: spectrum '%s': %s".formatted(source, JsonText.printable(first), e.getMessage()), e);
    }
  }

  private static void put(
      String source, Map<String, double[]> columns, String name, double[] values) {
    if (columns.putIfAbsent(name, values) != null) {
      throw new SkinSpectraIOException(
          "%s holds '%s' twice, as the mean of one spectrum and as another; rename one."
              .formatted(source, JsonText.printable(name)));
    }
  }

  private static void requireSame(
      String source, String first, double[] grid, String name, double[] nm) {
    for (int i = 0; i < Math.max(grid.length, nm.length); i++) {
      double here = i < nm.length ? nm[i] : Double.POSITIVE_INFINITY;
      double there = i < grid.length ? grid[i] : Double.POSITIVE_INFINITY;
      if (here != there) {
        boolean missing = there < here;
        throw new SkinSpectraIOException(
            "%s: spectrum '%s' has no value at %s nm, which '%s' has; all spectra of a table need the same wavelengths, each once."
                .formatted(
                    source,
                    JsonText.printable(missing ? name : first),
                    Math.min(here, there),
                    JsonText.printable(missing ? first : name)));
      }
    }
  }
}

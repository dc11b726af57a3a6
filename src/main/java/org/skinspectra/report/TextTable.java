package org.skinspectra.report;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.WholeFile;

/**
 * A table of results for the terminal, and the same as CSV. Cells are texts or numbers; fractions
 * are shown with four significant digits on the terminal and with every digit in the CSV file.
 */
public final class TextTable {

  private static final int SHOWN_DIGITS = 4;
  private static final String GAP = "  ";

  private final List<String> columns;
  private final List<List<Object>> rows;

  private TextTable(List<String> columns, List<List<Object>> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /** A table with these headings, still without rows. */
  public static TextTable of(String... columns) {
    return new TextTable(List.of(columns), List.of());
  }

  /**
   * The same table with one more row.
   *
   * @throws IllegalArgumentException if there are more or fewer cells than columns
   */
  public TextTable with(Object... cells) {
    requireCells(cells.length);
    List<List<Object>> more = new ArrayList<>(rows);
    more.add(List.of(cells));
    return new TextTable(columns, more);
  }

  /**
   * The same table with many more rows at once.
   *
   * @throws IllegalArgumentException if one has more or fewer cells than there are columns
   */
  public TextTable withAll(List<List<Object>> added) {
    for (List<Object> cells : added) {
      requireCells(cells.size());
    }
    List<List<Object>> more = new ArrayList<>(rows);
    added.forEach(cells -> more.add(List.copyOf(cells)));
    return new TextTable(columns, more);
  }

  private void requireCells(int count) {
    if (count != columns.size()) {
      throw new IllegalArgumentException(count + " cells for the columns " + columns + ".");
    }
  }

  /** The headings. */
  public List<String> columns() {
    return columns;
  }

  /** The cells of every row, texts or numbers, as many as there are columns. */
  public List<List<Object>> rows() {
    return List.copyOf(rows);
  }

  /**
   * The same table without a column.
   *
   * @throws IllegalArgumentException if there is no column of this heading
   */
  public TextTable without(String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException("No column '" + column + "' among " + columns + ".");
    }
    return new TextTable(
        removed(columns, index), rows.stream().map(row -> removed(row, index)).toList());
  }

  private static <T> List<T> removed(List<T> cells, int index) {
    List<T> fewer = new ArrayList<>(cells);
    fewer.remove(index);
    return fewer;
  }

  /** The table in aligned columns, numbers to the right, with a newline after every row. */
  public String text() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns.stream().map(TextTable::show).toList());
    rows.forEach(row -> lines.add(row.stream().map(TextTable::show).toList()));
    int[] widths =
        IntStream.range(0, columns.size())
            .map(c -> lines.stream().mapToInt(line -> length(line.get(c))).max().orElse(0))
            .toArray();
    lines.add(1, Arrays.stream(widths).mapToObj("-"::repeat).toList());
    return lines.stream()
        .map(
            line ->
                IntStream.range(0, widths.length)
                    .mapToObj(c -> pad(line.get(c), widths[c], isNumeric(c)))
                    .collect(Collectors.joining(GAP))
                    .stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /**
   * Writes the table as CSV, whole or not at all.
   *
   * @throws SkinSpectraIOException if the file cannot be written
   */
  public void writeCsv(Path file) {
    CSVFormat format = CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();
    WholeFile.write(
        file,
        temporary -> {
          try (BufferedWriter out = Files.newBufferedWriter(temporary);
              CSVPrinter csv = new CSVPrinter(out, format)) {
            csv.printRecord(columns);
            csv.printRecords(rows);
          }
        });
  }

  private boolean isNumeric(int column) {
    return rows.stream().allMatch(row -> row.get(column) instanceof Number);
  }

  private static String show(Object cell) {
    if (cell instanceof Double || cell instanceof Float) {
      return show(((Number) cell).doubleValue());
    }
    return cell.toString().replaceAll("\\R", " ");
  }

  /** A fraction with four significant digits. */
  static String show(double value) {
    double size = Math.abs(value);
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    if (value != 0 && (size < 1e-4 || size >= 1e7)) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    return String.format(Locale.ROOT, "%." + decimals(value) + "f", value);
  }

  private static int decimals(double value) {
    int decimals =
        value == 0
            ? SHOWN_DIGITS - 1
            : SHOWN_DIGITS - 1 - (int) Math.floor(Math.log10(Math.abs(value)));
    return Math.max(0, decimals);
  }

  /** A fraction with four significant digits, and its spread with as many decimals. */
  static String show(double value, double spread) {
    boolean plain = Double.isFinite(value) && Double.isFinite(spread) && Math.abs(value) >= 1e-4;
    return show(value)
        + " ± "
        + (plain ? String.format(Locale.ROOT, "%." + decimals(value) + "f", spread) : show(spread));
  }

  private static String pad(String text, int width, boolean toTheRight) {
    String blanks = " ".repeat(width - length(text));
    return toTheRight ? blanks + text : text + blanks;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  @Override
  public String toString() {
    return text();
  }
}

package org.skinspectra.view;

import ij.measure.ResultsTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.report.TextTable;

/**
 * Results by row, as ImageJ's table and as CSV. The first column names the rows. Cells are texts or
 * numbers; a number that is not known is NaN.
 */
public final class ResultRows {

  private static final int DIGITS = 4;

  private final List<String> headings;
  private final List<List<Object>> rows = new ArrayList<>();

  /** Rows with these headings, the first that of the label. */
  public ResultRows(List<String> headings) {
    this.headings = List.copyOf(headings);
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if there are more or fewer cells than headings
   */
  public ResultRows add(Object... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + headings + ".");
    }
    rows.add(List.copyOf(Arrays.asList(cells)));
    return this;
  }

  /** The rows, in order. */
  public List<List<Object>> rows() {
    return Collections.unmodifiableList(rows);
  }

  /** As ImageJ's table. */
  public ResultsTable table() {
    ResultsTable table = new ResultsTable();
    table.setPrecision(DIGITS);
    table.showRowNumbers(false);
    for (List<Object> row : rows) {
      table.addRow();
      table.addLabel(headings.get(0), row.get(0).toString());
      for (int i = 1; i < row.size(); i++) {
        if (row.get(i) instanceof Number number) {
          table.addValue(headings.get(i), number.doubleValue());
        } else {
          table.addValue(headings.get(i), row.get(i).toString());
        }
      }
    }
    return table;
  }

  /**
   * Writes the rows as CSV, whole or not at all.
   *
   * @throws SkinSpectraIOException if the file cannot be written
   */
  public void writeCsv(Path file) {
    TextTable csv = TextTable.of(headings.toArray(String[]::new));
    for (List<Object> row : rows) {
      csv = csv.with(row.toArray());
    }
    csv.writeCsv(file);
  }
}

package org.skinspectra.view;

import ij.measure.ResultsTable;
import java.util.List;
import org.skinspectra.report.TextTable;

/** Tables of results as ImageJ has them. */
public final class Tables {

  private static final int DECIMALS = 5;

  /** Column of what ImageJ calls the row's label. */
  private static final String LABEL = "Label";

  private Tables() {}

  /** The same columns and rows; numbers stay numbers, texts are texts. */
  public static ResultsTable of(TextTable table) {
    ResultsTable results = new ResultsTable();
    results.setPrecision(DECIMALS);
    // Where a cell has no number: an empty one, not ImageJ's 0.
    results.setNaNEmptyCells(true);
    for (List<Object> row : table.rows()) {
      results.addRow();
      for (int column = 0; column < row.size(); column++) {
        String heading = table.columns().get(column);
        if (heading.equals(LABEL)) {
          results.addLabel(row.get(column).toString());
        } else if (row.get(column) instanceof Number number) {
          results.addValue(heading, number.doubleValue());
        } else {
          results.addValue(heading, row.get(column).toString());
        }
      }
    }
    return results;
  }
}

package org.skinspectra.report;

import java.util.List;
import org.skinspectra.batch.BatchResult;
import org.skinspectra.batch.BatchResult.Made;

/** What a batch of reconstructions has done, one row for each picture. */
public final class BatchTable {

  /** Name of its file beside the cubes. */
  public static final String FILE = "reconstructions.csv";

  private BatchTable() {}

  public static TextTable of(List<BatchResult> rows) {
    return TextTable.of(
            "input",
            "time point",
            "state",
            "width (px)",
            "height (px)",
            "seconds",
            "device",
            "precision",
            "model",
            "model id",
            "output",
            "message")
        .withAll(rows.stream().map(BatchTable::cells).toList());
  }

  private static List<Object> cells(BatchResult row) {
    Made made = row.made();
    boolean cube = row.hasCube();
    return List.of(
        row.input(),
        row.picture().isPresent() ? row.picture().getAsInt() : "",
        row.state().key(),
        cube ? made.width() : "",
        cube ? made.height() : "",
        cube ? made.seconds() : "",
        made.device(),
        made.precision(),
        made.model(),
        made.modelId(),
        row.output(),
        // One line each, also where several things are wrong.
        row.message().replaceAll("\\R(- )?", " "));
  }
}

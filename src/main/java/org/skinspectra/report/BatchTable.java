package org.skinspectra.report;

import java.util.List;
import java.util.Optional;
import org.skinspectra.session.SessionBatch;

/** What a batch of reconstructions has done, one row for each picture. */
public final class BatchTable {

  /** Name of its file beside the cubes. */
  public static final String FILE = "reconstructions.csv";

  private BatchTable() {}

  public static TextTable of(List<SessionBatch.Row> rows) {
    TextTable table =
        TextTable.of(
            "session",
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
            "message");
    for (SessionBatch.Row row : rows) {
      Optional<SessionBatch.Made> made = row.made();
      table =
          table.with(
              row.session(),
              row.timePoint().isPresent() ? row.timePoint().getAsInt() : "",
              row.state().key(),
              made.<Object>map(SessionBatch.Made::width).orElse(""),
              made.<Object>map(SessionBatch.Made::height).orElse(""),
              made.<Object>map(SessionBatch.Made::seconds).orElse(""),
              made.map(SessionBatch.Made::device).orElse(""),
              made.map(SessionBatch.Made::precision).orElse(""),
              made.map(SessionBatch.Made::model).orElse(""),
              made.map(SessionBatch.Made::modelId).orElse(""),
              row.output().map(Object::toString).orElse(""),
              // One line each, also where several things are wrong.
              row.message().replaceAll("\\R(- )?", " "));
    }
    return table;
  }
}

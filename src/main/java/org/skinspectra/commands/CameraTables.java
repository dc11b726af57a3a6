package org.skinspectra.commands;

import ij.measure.ResultsTable;
import java.util.List;
import java.util.Map;
import org.skinspectra.profile.CalibrationCheck;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.report.FrameTable;
import org.skinspectra.session.CalibrationOutcome;
import org.skinspectra.session.CapturedFrame;

/** What the commands of the camera tell, as ImageJ's tables. */
final class CameraTables {

  private CameraTables() {}

  /** Frames in numbers to expose and to focus by, a row for each channel; units in the headers. */
  static ResultsTable of(CameraProfile profile, List<CapturedFrame> frames) {
    FrameTable numbers = new FrameTable(profile);
    frames.forEach(numbers::add);
    ResultsTable table = empty();
    for (Map<String, Object> row : numbers.json()) {
      table.incrementCounter();
      row.forEach(
          (column, value) -> {
            if (value instanceof Number number) {
              table.addValue(column, number.doubleValue());
            } else {
              table.addValue(column, String.valueOf(value));
            }
          });
    }
    return table;
  }

  /** Adds the checks of a picture, a row each. */
  static void add(ResultsTable table, CalibrationOutcome outcome) {
    for (CalibrationCheck check : outcome.all()) {
      boolean warning = outcome.warnings().contains(check);
      table.incrementCounter();
      table.addValue("time_point", outcome.timePoint());
      table.addValue("check", check.name());
      table.addValue("result", check.passed() ? "passed" : warning ? "warning" : "failed");
      table.addValue("value", check.value());
      table.addValue("limit", check.limit());
      table.addValue("finding", check.finding());
      table.addValue("remedy", check.passed() ? "" : check.remedy());
    }
  }

  /** Adds a picture that could not even be checked. */
  static void add(ResultsTable table, int timePoint, String reason) {
    table.incrementCounter();
    table.addValue("time_point", timePoint);
    table.addValue("check", "picture");
    table.addValue("result", "failed");
    table.addValue("value", Double.NaN);
    table.addValue("limit", Double.NaN);
    table.addValue("finding", reason);
    table.addValue("remedy", "");
  }

  static ResultsTable empty() {
    ResultsTable table = new ResultsTable();
    table.setPrecision(6);
    return table;
  }
}

package org.skinspectra.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.skinspectra.model.NetworkProfile;
import org.skinspectra.model.NetworkProfile.Operation;
import org.skinspectra.model.NetworkProfile.Pass;
import org.skinspectra.model.NetworkProfile.Share;
import org.skinspectra.report.TextTable;

/**
 * Where the time of a reconstruction goes, beside its floor: multiply-adds at the speed of the best
 * product, and maps read and written at the speed of a copy.
 *
 * @param bytesPerSecond of a copy, read and written
 */
record ProfileTables(NetworkProfile profile, double bytesPerSecond) {

  String speeds() {
    return String.format(
        Locale.ROOT,
        "%.3f s in all. Floors: %.1f G multiply-adds/s (a product of 1024x1024 matrices on all"
            + " cores), %.1f GB/s (a copy, read and written).%n",
        profile.seconds(),
        profile.peakProducts() * 1e-9,
        bytesPerSecond * 1e-9);
  }

  TextTable passes() {
    TextTable table =
        TextTable.of(
            "pass",
            "level",
            "tiles",
            "s",
            "%",
            "G multiply-adds",
            "their floor s",
            "GB moved",
            "its floor s",
            "floor / time");
    Pass sum = new Pass("all passes", 0, 0, 0, 0, 0);
    for (Pass pass : profile.passes()) {
      table = with(table, pass, Integer.toString(pass.level()));
      sum = sum.plus(pass);
    }
    table =
        with(
            table,
            new Pass("all passes", 0, sum.tiles(), sum.seconds(), sum.products(), sum.bytes()),
            "");
    double between = profile.secondsBetween();
    return table.with(
        "between them, and the planes", "", "", between, percent(between), "", "", "", "", "");
  }

  private TextTable with(TextTable table, Pass pass, String level) {
    double arithmetic = pass.products() / profile.peakProducts();
    double memory = pass.bytes() / bytesPerSecond;
    return table.with(
        pass.name(),
        level,
        pass.tiles(),
        pass.seconds(),
        percent(pass.seconds()),
        pass.products() * 1e-9,
        arithmetic,
        pass.bytes() * 1e-9,
        memory,
        Math.max(arithmetic, memory) / pass.seconds());
  }

  private double percent(double seconds) {
    return 100 * seconds / profile.seconds();
  }

  TextTable operations() {
    TextTable table = TextTable.of("operation (traced, one tile at a time)", "calls", "s", "%");
    for (Operation operation : profile.operations()) {
      table =
          table.with(
              operation.type(),
              operation.calls(),
              operation.seconds(),
              100 * operation.seconds() / profile.tracedSeconds());
    }
    return table;
  }

  /** Every operation in every pass. */
  TextTable shares() {
    TextTable table = TextTable.of("pass", "operation", "calls", "traced_s");
    for (Share share : profile.shares()) {
      table = table.with(share.pass(), share.operation(), share.calls(), share.seconds());
    }
    return table;
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seconds", profile.seconds());
    json.put("between_s", profile.secondsBetween());
    json.put("products_per_s", profile.peakProducts());
    json.put("copy_bytes_per_s", bytesPerSecond);
    json.put("passes", profile.passes());
    json.put("operations", profile.operations());
    json.put("shares", profile.shares());
    return json;
  }
}

package org.skinspectra.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;
import org.skinspectra.skin.CoverageComparison;
import org.skinspectra.skin.SpectralCoverage;
import org.skinspectra.skin.SpectrumFeatures;

/**
 * How well simulated skins cover measured ones, as tables.
 *
 * @param files name of each file of measured spectra
 * @param results in the order of the files
 * @param simulated features of the simulated skins
 */
public record CoverageReport(
    List<String> files,
    List<SpectralCoverage.Result> results,
    List<SpectrumFeatures> simulated,
    CoverageComparison comparison) {

  /** Angles to the nearest simulated skin, a row for each file and one for all. */
  public TextTable angles() {
    TextTable table =
        TextTable.of(
            "file",
            "bands (nm)",
            "spectra",
            "within 0.03 rad",
            "share (%)",
            "median (rad)",
            "95 % (rad)",
            "worst (rad)",
            "worst");
    for (int i = 0; i < results.size(); i++) {
      SpectralCoverage.Result r = results.get(i);
      int count = r.names().size();
      table =
          table.with(
              files.get(i),
              r.bands(),
              count,
              r.within(),
              100.0 * r.within() / count,
              r.percentile(50),
              r.percentile(95),
              r.percentile(100),
              r.worst());
    }
    int all = count();
    double share = 100.0 * within() / all;
    return table.with("all", "", all, within(), share, "", "", "", "");
  }

  /** Dips, tone and the like of measured and of simulated spectra. */
  public TextTable features() {
    TextTable table =
        TextTable.of(
            "file",
            "dip near 542 (nm)",
            "dip near 577 (nm)",
            "dip near 970 (nm)",
            "R(950)/R(900)",
            "ITA (deg)");
    for (int i = 0; i < results.size(); i++) {
      table = row(table, files.get(i), results.get(i).features());
    }
    return row(table, "simulated", simulated);
  }

  private static TextTable row(TextTable table, String name, List<SpectrumFeatures> features) {
    return table.with(
        name,
        spread(features, SpectrumFeatures::betaNm, "%.0f"),
        spread(features, SpectrumFeatures::alphaNm, "%.0f"),
        spread(features, SpectrumFeatures::waterNm, "%.0f"),
        spread(features, SpectrumFeatures::infraredRatio, "%.3f"),
        spread(features, SpectrumFeatures::ita, "%.0f"));
  }

  /** Median and 5th to 95th percentile of what was found, and in what share it was. */
  private static String spread(
      List<SpectrumFeatures> features, ToDoubleFunction<SpectrumFeatures> feature, String format) {
    double[] found = features.stream().mapToDouble(feature).filter(Double::isFinite).toArray();
    if (found.length == 0) {
      return "-";
    }
    String share =
        found.length == features.size()
            ? ""
            : ", in %.1f %%".formatted(100.0 * found.length / features.size());
    return (format + " (" + format + " to " + format + ")%s")
        .formatted(
            StatUtils.percentile(found, 50),
            StatUtils.percentile(found, 5),
            StatUtils.percentile(found, 95),
            share);
  }

  /** Angle and tone of every measured spectrum. */
  public TextTable nearest() {
    TextTable table = TextTable.of("file", "spectrum", "angle to the nearest (rad)", "ITA (deg)");
    for (int i = 0; i < results.size(); i++) {
      SpectralCoverage.Result r = results.get(i);
      for (int k = 0; k < r.names().size(); k++) {
        table =
            table.with(
                files.get(i), r.names().get(k), r.angles().get(k), r.features().get(k).ita());
      }
    }
    return table;
  }

  /** Shares of the principal components, and how alike they are. */
  public TextTable components() {
    double[] cosines = comparison.cosines();
    TextTable table =
        TextTable.of(
            "component " + comparison.bands() + " nm",
            "of measured variance (%)",
            "of simulated variance (%)",
            "cosine between");
    for (int k = 0; k < cosines.length; k++) {
      table =
          table.with(
              "PC" + (k + 1),
              100 * comparison.measured().shares()[k],
              100 * comparison.simulated().shares()[k],
              cosines[k]);
    }
    return table;
  }

  /** The angles and the components as an object for JSON. */
  public Map<String, Object> object() {
    List<Map<String, Object>> sets = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      SpectralCoverage.Result r = results.get(i);
      Map<String, Object> set = new LinkedHashMap<>();
      set.put("file", files.get(i));
      set.put("bands", r.bands().toString());
      set.put("spectra", r.names().size());
      set.put("within", r.within());
      set.put("median_rad", r.percentile(50));
      set.put("p95_rad", r.percentile(95));
      set.put("worst_rad", r.percentile(100));
      set.put("worst", r.worst());
      sets.add(set);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("near_rad", SpectralCoverage.NEAR);
    json.put("spectra", count());
    json.put("within", within());
    json.put("share", within() / (double) count());
    json.put("files", sets);
    json.put("component_cosines", comparison.cosines());
    return json;
  }

  private int count() {
    return results.stream().mapToInt(r -> r.names().size()).sum();
  }

  private int within() {
    return results.stream().mapToInt(SpectralCoverage.Result::within).sum();
  }
}

package org.skinspectra.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.WholeFile;
import org.skinspectra.report.Curve;
import org.skinspectra.report.PointCloud;
import org.skinspectra.report.ScatterFigure;
import org.skinspectra.report.SpectrumFigure;
import org.skinspectra.report.TextTable;
import org.skinspectra.skin.PrincipalComponents;
import org.skinspectra.skin.SpectralCoverage;
import org.skinspectra.skin.SpectrumCompletion;
import org.skinspectra.skin.SpectrumFeatures;
import org.skinspectra.spectra.Resampling;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;
import org.skinspectra.train.MeasuredSpectra;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code coverage}: how well simulated skins cover measured ones. */
@Command(
    name = "coverage",
    mixinStandardHelpOptions = true,
    description = {
      "Compares simulated skins with measured ones.",
      "For every measured spectrum the spectral angle to the nearest simulated skin, over the "
          + "bands of 400 to 1000 nm (10 nm steps) that were measured; the places of the dips of "
          + "haemoglobin and water, and tone; principal components. Files that cover less than "
          + "250 nm are left out."
    })
final class CoverageCommand implements Callable<Integer> {

  private static final int FEWEST_SAMPLES = 100;
  private static final int MOST_SAMPLES = 200_000;
  private static final int COMPONENTS = 3;

  /** Points of the simulated cloud that a figure can show apart. */
  private static final int MOST_POINTS = 5_000;

  @Option(
      names = "--spectra",
      paramLabel = "DIR",
      required = true,
      description = "Folder of CSV files of measured reflectance spectra.")
  private Path spectra;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      required = true,
      description = "Folder for tables (CSV) and pictures (PNG).")
  private Path folder;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Simulated skins (default: ${DEFAULT-VALUE}).")
  private int samples = SpectrumCompletion.DEFAULT_SKINS;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the simulated skins (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--range",
      paramLabel = "BANDS",
      description = "Compare within this range only, such as 400:10:700 (default: 400:10:1000).")
  private Wavelengths range = Wavelengths.VIS_NIR;

  @Mixin private ReportOptions report;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (samples < FEWEST_SAMPLES || samples > MOST_SAMPLES) {
      throw new ParameterException(
          spec.commandLine(),
          "--samples is %d to %d skins, it cannot be %d."
              .formatted(FEWEST_SAMPLES, MOST_SAMPLES, samples));
    }
    WholeFile.requireWritable(folder.resolve("coverage.csv"));
    MeasuredSpectra measured =
        MeasuredSpectra.readPartial(
            spectra, Wavelengths.VIS_NIR, SpectrumCompletion.LEAST_RANGE_NM);
    measured.skipped().forEach(line -> report.err().println(line));
    SpectralCoverage coverage = new SpectralCoverage(samples, seed);
    ProgressMonitor progress = report.progress("Comparing");
    List<SpectralCoverage.Result> results = new ArrayList<>();
    for (SpectralTable table : measured.tables()) {
      results.add(coverage.compare(table, range, progress));
    }
    progress.checkCanceled("The comparison");

    TextTable angles = angles(measured.files(), results);
    TextTable features = features(measured.files(), results, coverage.features());
    Comparison components = Comparison.of(measured, results, coverage);
    report.out().println(angles.text());
    report.out().println(features.text());
    report.out().print(components.table().text());
    report.out().println("Medians and 5 - 95 % of those spectra in which a feature is found.");
    angles.writeCsv(folder.resolve("coverage.csv"));
    features.writeCsv(folder.resolve("features.csv"));
    components.table().writeCsv(folder.resolve("components.csv"));
    nearest(measured.files(), results).writeCsv(folder.resolve("nearest.csv"));
    components.save(folder, samples);
    report.finish(json(measured.files(), results, components));
    return 0;
  }

  // -- Tables --

  private static TextTable angles(List<String> files, List<SpectralCoverage.Result> results) {
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
    int all = count(results);
    double share = 100.0 * within(results) / all;
    return table.with("all", "", all, within(results), share, "", "", "", "");
  }

  private static TextTable features(
      List<String> files, List<SpectralCoverage.Result> results, List<SpectrumFeatures> simulated) {
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

  private static TextTable nearest(List<String> files, List<SpectralCoverage.Result> results) {
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

  private static int count(List<SpectralCoverage.Result> results) {
    return results.stream().mapToInt(r -> r.names().size()).sum();
  }

  private static int within(List<SpectralCoverage.Result> results) {
    return results.stream().mapToInt(SpectralCoverage.Result::within).sum();
  }

  private Map<String, Object> json(
      List<String> files, List<SpectralCoverage.Result> results, Comparison components) {
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
    json.put("samples", samples);
    json.put("seed", seed);
    json.put("near_rad", SpectralCoverage.NEAR);
    json.put("spectra", count(results));
    json.put("within", within(results));
    json.put("share", within(results) / (double) count(results));
    json.put("files", sets);
    json.put("component_cosines", components.measured().cosines(components.simulated()));
    json.put("output", folder.toString());
    return json;
  }

  // -- Principal components and pictures --

  /** Measured and simulated spectra on the bands that all files have. */
  private record Comparison(
      Wavelengths bands,
      List<String> files,
      List<double[][]> sets,
      double[][] skins,
      PrincipalComponents measured,
      PrincipalComponents simulated) {

    static Comparison of(
        MeasuredSpectra measured, List<SpectralCoverage.Result> results, SpectralCoverage skins) {
      double[] common =
          Arrays.stream(Wavelengths.VIS_NIR.toArray())
              .filter(nm -> results.stream().allMatch(r -> r.bands().covers(nm)))
              .toArray();
      Wavelengths bands = Wavelengths.of(common);
      List<double[][]> sets =
          measured.tables().stream().map(table -> columns(table, bands)).toList();
      double[][] simulated = skins.spectra(bands);
      PrincipalComponents ofSkins = PrincipalComponents.of(simulated, COMPONENTS);
      double[][] all = sets.stream().flatMap(Arrays::stream).toArray(double[][]::new);
      PrincipalComponents ofMeasured = PrincipalComponents.of(all, COMPONENTS).alignedTo(ofSkins);
      return new Comparison(bands, measured.files(), sets, simulated, ofMeasured, ofSkins);
    }

    private static double[][] columns(SpectralTable table, Wavelengths bands) {
      SpectralTable resampled = Resampling.linear(table, bands);
      return resampled.names().stream().map(resampled::column).toArray(double[][]::new);
    }

    TextTable table() {
      double[] cosines = measured.cosines(simulated);
      TextTable table =
          TextTable.of(
              "component " + bands + " nm",
              "of measured variance (%)",
              "of simulated variance (%)",
              "cosine between");
      for (int k = 0; k < COMPONENTS; k++) {
        table =
            table.with(
                "PC" + (k + 1),
                100 * measured.shares()[k],
                100 * simulated.shares()[k],
                cosines[k]);
      }
      return table;
    }

    void save(Path folder, int samples) {
      SpectrumFigure loadings =
          SpectrumFigure.titled("Principal components of measured and simulated skin")
              .withYLabel("loading");
      for (int k = 0; k < COMPONENTS; k++) {
        loadings =
            loadings.with(curve(k, measured, "measured")).with(curve(k, simulated, "simulated"));
      }
      loadings.save(folder.resolve("components.png"));
      scatter(0, 1).save(folder.resolve("scores-1-2.png"));
      scatter(1, 2).save(folder.resolve("scores-2-3.png"));
      SpectrumFigure spectra =
          SpectrumFigure.titled("Measured skin, and %,d simulated".formatted(samples))
              .withBandNote("median, band 5 – 95 %")
              .with(spread("simulated", skins));
      for (int i = 0; i < sets.size(); i++) {
        spectra = spectra.with(spread(name(i), sets.get(i)));
      }
      spectra.save(folder.resolve("spectra.png"));
    }

    private Curve curve(int k, PrincipalComponents components, String whose) {
      String label = "PC%d %s, %.1f %%".formatted(k + 1, whose, 100 * components.shares()[k]);
      return Curve.of(label, bands, components.loadings()[k]);
    }

    private ScatterFigure scatter(int x, int y) {
      ScatterFigure figure =
          ScatterFigure.titled(
                  "Principal scores of measured and simulated skin",
                  "score on PC%d of the simulated".formatted(x + 1),
                  "score on PC%d".formatted(y + 1))
              .with(
                  cloud(
                      "simulated",
                      Arrays.copyOf(skins, Math.min(skins.length, MOST_POINTS)),
                      x,
                      y));
      for (int i = 0; i < sets.size(); i++) {
        figure = figure.with(cloud(name(i), sets.get(i), x, y));
      }
      return figure;
    }

    private String name(int set) {
      return files.get(set).replaceFirst("(?i)\\.csv$", "");
    }

    private PointCloud cloud(String label, double[][] spectra, int x, int y) {
      return new PointCloud(
          label,
          Arrays.stream(spectra)
              .map(simulated::scores)
              .map(scores -> new double[] {scores[x], scores[y]})
              .toArray(double[][]::new));
    }

    private Curve spread(String label, double[][] spectra) {
      return new Curve(
          label,
          bands,
          percentiles(spectra, 50),
          percentiles(spectra, 5),
          percentiles(spectra, 95));
    }

    private static double[] percentiles(double[][] spectra, double percent) {
      return IntStream.range(0, spectra[0].length)
          .mapToDouble(
              b ->
                  StatUtils.percentile(
                      Arrays.stream(spectra).mapToDouble(s -> s[b]).toArray(), percent))
          .toArray();
    }
  }
}

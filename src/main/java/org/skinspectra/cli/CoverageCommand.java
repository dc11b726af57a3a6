package org.skinspectra.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.WholeFile;
import org.skinspectra.report.CoverageFigures;
import org.skinspectra.report.CoverageReport;
import org.skinspectra.skin.CoverageComparison;
import org.skinspectra.skin.SpectralCoverage;
import org.skinspectra.skin.SpectrumCompletion;
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

  @Option(
      names = "--spectra",
      paramLabel = "DIR",
      required = true,
      description = "Folder of measured reflectance spectra (CSV, .sli, .jdx).")
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

    CoverageComparison comparison = CoverageComparison.of(measured.tables(), results, coverage);
    CoverageReport tables =
        new CoverageReport(measured.files(), results, coverage.features(), comparison);
    report.out().println(tables.angles().text());
    report.out().println(tables.features().text());
    report.out().print(tables.components().text());
    report.out().println("Medians and 5 - 95 % of those spectra in which a feature is found.");
    tables.angles().writeCsv(folder.resolve("coverage.csv"));
    tables.features().writeCsv(folder.resolve("features.csv"));
    tables.components().writeCsv(folder.resolve("components.csv"));
    tables.nearest().writeCsv(folder.resolve("nearest.csv"));
    new CoverageFigures(measured.files(), comparison).save(folder);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("samples", samples);
    json.put("seed", seed);
    json.putAll(tables.object());
    json.put("output", folder.toString());
    report.finish(json);
    return 0;
  }
}

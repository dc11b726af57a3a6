package org.skinspectra.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.SoftwareVersion;
import org.skinspectra.WholeFile;
import org.skinspectra.evaluation.Evaluation;
import org.skinspectra.evaluation.EvaluationResults;
import org.skinspectra.evaluation.FolderPrediction;
import org.skinspectra.evaluation.Measure;
import org.skinspectra.evaluation.ModelPrediction;
import org.skinspectra.evaluation.ModelResults;
import org.skinspectra.evaluation.Prediction;
import org.skinspectra.evaluation.ResultFolder;
import org.skinspectra.format.ReadOptions;
import org.skinspectra.measure.AngleUnit;
import org.skinspectra.measure.MeanOverImages;
import org.skinspectra.measure.SkinIndex;
import org.skinspectra.measure.SkinIndices;
import org.skinspectra.measure.SpectralRange;
import org.skinspectra.measure.SubjectBootstrap;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.report.EvaluationJson;
import org.skinspectra.report.EvaluationPage;
import org.skinspectra.report.EvaluationTables;
import org.skinspectra.report.EvaluationText;
import org.skinspectra.report.Labels;
import org.skinspectra.skin.SpectralStatistics;
import org.skinspectra.spectra.Wavelengths;
import org.skinspectra.train.HyperSkinDataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code evaluate}: models on a Hyper-Skin style data set, image by image and overall. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Scores models on a data set in the folders of Hyper-Skin.",
      "Spectral angle in both definitions, RMSE, MRAE, PSNR and SSIM for every image, then over all"
          + " images with an interval from resampled subjects, in all bands, VIS and NIR; errors of"
          + " the skin indices; differences from the first model. With --spectra, the mean of these"
          + " spectra and the Wiener estimate from them are scored too.",
      "With --out, DIR gets report.html, evaluation.json, images.csv, subjects.csv, summary.csv,"
          + " bands.csv, indices.csv and missing.csv; what is done of an evaluation that was stopped"
          + " is kept in DIR/work, and the same command goes on."
    })
final class EvaluateCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DATASET", description = "Folder that holds 'Hyper-Skin(MSI, NIR)' …")
  private Path dataset;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      description = "Weights, or 'default' or 'wiener'; may be repeated (default: default).")
  private List<String> models = new ArrayList<>();

  @Option(
      names = "--predictions",
      paramLabel = "NAME=DIR",
      converter = NamedFolderConverter.class,
      description =
          "Cubes that are there already, called like the images, in place of a model; may be"
              + " repeated.")
  private List<NamedFolder> predictions = new ArrayList<>();

  @Option(
      names = "--wavelengths",
      paramLabel = "first:step:last",
      description = "Bands of the --predictions in nm, where their files do not say them.")
  private Wavelengths wavelengths;

  @Option(
      names = {"-d", "--device"},
      paramLabel = "auto|cpu|gpu",
      description = "Where to run (default: auto).")
  private Device device = Device.AUTO;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "Folder for the report, the tables, and what is kept of a stopped evaluation.")
  private Path output;

  @Option(
      names = "--csv",
      paramLabel = "OUT",
      description = "Write the scores of every image, with every digit.")
  private Path csv;

  @Option(
      names = "--degrees",
      description = "Show angles in degrees; files for programs keep radians.")
  private boolean degrees;

  @Mixin private DatasetOptions images;
  @Mixin private SpectraOptions spectra;
  @Mixin private ReportOptions report;

  /** One of the predictions that are compared; they are opened one after the other. */
  private record Contestant(String place, Supplier<Prediction> opener) {}

  @Override
  public Integer call() {
    requireWritable();
    HyperSkinDataset chosen = images.open(dataset, report);
    List<SkinIndex> indices = SkinIndices.discover().all();
    Evaluation evaluation =
        new Evaluation(
            chosen,
            indices,
            Optional.ofNullable(output).map(folder -> new ResultFolder(folder.resolve("work"))));
    List<Contestant> contestants = contestants();
    requireAll(contestants);
    List<ModelResults> scored = new ArrayList<>();
    for (Contestant contestant : contestants) {
      try (Prediction prediction = contestant.opener().get()) {
        report.err().println("Model: " + contestant.place());
        ModelResults results = evaluation.of(prediction, contestant.place(), report::progress);
        log(results);
        scored.add(results);
      }
    }
    Map<String, String> about = about(chosen, evaluation);
    EvaluationResults results = new EvaluationResults(about, chosen.missing(), labelled(scored));
    EvaluationTables tables =
        new EvaluationTables(results, indices.stream().map(SkinIndex::description).toList());
    print(tables);
    write(tables, evaluation);
    report.finish(json(results, chosen));
    return results.hasFailures() ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  /** A model that cannot be opened is told before hours are spent on those before it. */
  private static void requireAll(List<Contestant> contestants) {
    contestants.stream().skip(1).forEach(contestant -> contestant.opener().get().close());
  }

  private void requireWritable() {
    if (csv != null) {
      WholeFile.requireWritable(csv);
    }
    if (output != null) {
      WholeFile.requireWritable(output.resolve("report.html"));
      if (Files.exists(output) && !Files.isDirectory(output)) {
        throw new SkinSpectraIOException(output + " is a file; give a folder with --out.");
      }
    }
  }

  // -- What is compared --

  private List<Contestant> contestants() {
    List<ModelOpening> openings = new ArrayList<>();
    Optional<SpectralStatistics> measured = spectra.measured(report);
    measured.ifPresent(
        statistics ->
            openings.addAll(
                ModelOpening.baselines(
                    statistics, spectra.wiener(statistics), statistics.count() + " spectra")));
    if (models.isEmpty() && measured.isEmpty() && predictions.isEmpty()) {
      models.add(Models.DEFAULT);
    }
    models.forEach(model -> openings.add(ModelOpening.named(model, device)));
    List<Contestant> contestants = new ArrayList<>();
    for (ModelOpening opening : openings) {
      contestants.add(
          new Contestant(opening.place(), () -> new ModelPrediction(opening.open(), device)));
    }
    ReadOptions options = ReadOptions.DEFAULT.withWavelengths(wavelengths);
    for (NamedFolder cubes : predictions) {
      Prediction prediction = new FolderPrediction(cubes.name(), cubes.folder(), options);
      contestants.add(new Contestant(cubes.name() + "=" + cubes.folder(), () -> prediction));
    }
    return contestants;
  }

  /** A label of its own for each: its name, or its place where others have the same name. */
  private static List<ModelResults> labelled(List<ModelResults> scored) {
    List<String> labels =
        Labels.distinct(
            scored.stream().map(results -> results.model().name()).toList(),
            scored.stream().map(ModelResults::place).toList());
    List<ModelResults> labelled = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      labelled.add(scored.get(i).withLabel(labels.get(i)));
    }
    return labelled;
  }

  private void log(ModelResults results) {
    report.err().println("  is " + results.model());
    if (results.resumed() > 0) {
      report.err().printf("  %d of its images were done by an earlier run%n", results.resumed());
    }
    results
        .unscored()
        .forEach(
            image ->
                report
                    .err()
                    .printf(
                        "  %s: %s: %s%n",
                        image.failed() ? "Failed" : "Missing", image.image(), image.reason()));
  }

  // -- What comes of it --

  private Map<String, String> about(HyperSkinDataset chosen, Evaluation evaluation) {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("software", "skin-spectra " + SoftwareVersion.text());
    about.put("data set", String.valueOf(dataset.toAbsolutePath().normalize().getFileName()));
    about.put("images", images.text(chosen));
    about.put("input", chosen.input());
    if (output != null) {
      about.put("SHA-256 of the images", evaluation.datasetDigest());
    }
    return about;
  }

  private AngleUnit unit() {
    return degrees ? AngleUnit.DEGREES : AngleUnit.RADIANS;
  }

  private void print(EvaluationTables tables) {
    EvaluationText text = new EvaluationText(tables, unit());
    PrintWriter out = report.out();
    out.println(text.images());
    out.println(text.summary());
    out.println(
        "Angles: mean ± population standard deviation over images; the others: mean over images.");
    out.println("Interval: " + SubjectBootstrap.DESCRIPTION + ".");
    if (tables.results().subjects().size() < 2) {
      out.println("No interval: " + SubjectBootstrap.NO_INTERVAL + ".");
    }
    if (!text.differences().rows().isEmpty()) {
      out.println();
      out.print(text.differences());
    }
    if (!text.indices().rows().isEmpty()) {
      out.println();
      out.print(text.indices());
      out.println("Skin indices: " + EvaluationTables.INDEX_NOTE + ".");
    }
    out.flush();
  }

  private void write(EvaluationTables tables, Evaluation evaluation) {
    if (csv != null) {
      tables.images().writeCsv(csv);
    }
    if (output != null) {
      tables.writeCsv(output);
      new EvaluationJson(tables).write(output.resolve("evaluation.json"));
      new EvaluationPage(tables, evaluation::map, unit()).write(output.resolve("report.html"));
      report.err().println("Report: " + output.resolve("report.html"));
    }
  }

  private static Map<String, Object> json(EvaluationResults results, HyperSkinDataset chosen) {
    SpectralRange range = results.ranges().get(0);
    List<Map<String, Object>> models = new ArrayList<>();
    for (ModelResults model : results.models()) {
      MeanOverImages challenge = results.overall(model, Measure.SAM_CHALLENGE, range);
      MeanOverImages clamped = results.overall(model, Measure.SAM_CLAMPED, range);
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("model", model.label());
      json.put("model_id", model.model().id());
      json.put("images", model.images().size());
      json.put("failed", model.unscored().stream().filter(image -> image.failed()).count());
      json.put("resumed", model.resumed());
      json.put("sam_challenge_rad", challenge.mean());
      json.put("sam_challenge_sd", challenge.sd());
      json.put("sam_challenge_interval", interval(challenge));
      json.put("sam_clamped_rad", clamped.mean());
      json.put("sam_clamped_sd", clamped.sd());
      json.put("sam_clamped_interval", interval(clamped));
      for (Measure measure : Measure.values()) {
        if (!measure.isAngle()) {
          json.put(measure.key(), results.overall(model, measure, range).mean());
        }
      }
      models.add(json);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("images", chosen.images().size());
    json.put("incomplete", chosen.incomplete());
    json.put("bands", range.key());
    json.put("models", models);
    return json;
  }

  private static double[] interval(MeanOverImages mean) {
    return mean.interval().map(i -> new double[] {i.low(), i.high()}).orElse(null);
  }

  /** Cubes in a folder, and what they are called. */
  private record NamedFolder(String name, Path folder) {}

  /** Reads {@code NAME=DIR}. */
  private static final class NamedFolderConverter implements ITypeConverter<NamedFolder> {
    @Override
    public NamedFolder convert(String text) {
      int equals = text.indexOf('=');
      if (equals < 1 || equals == text.length() - 1) {
        throw new TypeConversionException(
            "'" + text + "' is not NAME=DIR, such as mine=results/cubes.");
      }
      return new NamedFolder(text.substring(0, equals), Path.of(text.substring(equals + 1)));
    }
  }
}

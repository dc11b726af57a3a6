package org.skinspectra.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.skinspectra.WholeFile;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.AngleDefinition;
import org.skinspectra.measure.ScoreSummary;
import org.skinspectra.model.Device;
import org.skinspectra.model.ModelDescription;
import org.skinspectra.model.Models;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.report.ScoreReport;
import org.skinspectra.report.TextTable;
import org.skinspectra.skin.SpectralStatistics;
import org.skinspectra.train.HyperSkinDataset;
import org.skinspectra.train.HyperSkinImage;
import org.skinspectra.train.ImageMeans;
import org.skinspectra.train.ImageScore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evaluate}: models on a Hyper-Skin style data set, image by image and overall. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Scores models on a data set in the folders of Hyper-Skin.",
      "Spectral angle in both definitions (rad) and RMSE for every image, then over all images. "
          + "With --spectra, the mean of these spectra and the Wiener estimate from them are "
          + "scored too."
    })
final class EvaluateCommand implements Callable<Integer> {

  private static final String MODEL_ID = ScoreReport.MODEL_ID;

  @Parameters(paramLabel = "DATASET", description = "Folder that holds 'Hyper-Skin(MSI, NIR)' …")
  private Path dataset;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      description = "Weights, or 'default' or 'wiener'; may be repeated (default: default).")
  private List<String> models = new ArrayList<>();

  @Option(
      names = {"-d", "--device"},
      paramLabel = "auto|cpu|gpu",
      description = "Where to run (default: auto).")
  private Device device = Device.AUTO;

  @Option(
      names = "--csv",
      paramLabel = "OUT",
      description = "Write the scores of every image, with every digit.")
  private Path csv;

  @Mixin private SplitOption split;
  @Mixin private SpectraOptions spectra;
  @Mixin private ReportOptions report;

  @Override
  public Integer call() {
    if (csv != null) {
      WholeFile.requireWritable(csv);
    }
    HyperSkinDataset images = split.open(dataset, report);
    List<ModelOpening> openings = openings();
    List<ModelDescription> descriptions = new ArrayList<>();
    List<List<ImageMeans>> scores = new ArrayList<>();
    for (ModelOpening opening : openings) {
      try (Reconstructor model = opening.open()) {
        report.err().println("Model: " + model.model());
        descriptions.add(model.model());
        scores.add(scores(model, images.images()));
      }
    }
    List<String> labels = ModelOpening.labels(openings, descriptions);
    TextTable perImage =
        TextTable.of(
            "model", "image", "SAM challenge (rad)", "SAM clamped (rad)", "RMSE", MODEL_ID);
    TextTable summary =
        TextTable.of("model", "images", "SAM challenge (rad)", "SAM clamped (rad)", "RMSE");
    List<Map<String, Object>> json = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      String label = labels.get(i);
      String id = descriptions.get(i).id();
      for (ImageMeans score : scores.get(i)) {
        perImage =
            perImage.with(
                label,
                score.image(),
                score.challenge(),
                score.clamped(),
                score.errors().rmse(),
                id);
      }
      ScoreSummary challenge =
          summary(AngleDefinition.CHALLENGE, scores.get(i), ImageMeans::challenge);
      ScoreSummary clamped = summary(AngleDefinition.CLAMPED, scores.get(i), ImageMeans::clamped);
      double rmse =
          scores.get(i).stream().mapToDouble(s -> s.errors().rmse()).average().orElseThrow();
      summary = summary.with(label, scores.get(i).size(), show(challenge), show(clamped), rmse);
      json.add(json(label, id, challenge, clamped, rmse));
    }
    report.out().println(perImage.without(MODEL_ID).text());
    report.out().print(summary.text());
    report
        .out()
        .println(
            "Angles: mean ± population standard deviation over images; RMSE: mean over images.");
    if (csv != null) {
      perImage.writeCsv(csv);
    }
    report.finish(Map.of("images", images.images().size(), "models", json));
    return 0;
  }

  private List<ModelOpening> openings() {
    List<ModelOpening> openings = new ArrayList<>();
    Optional<SpectralStatistics> measured = spectra.measured(report);
    measured.ifPresent(
        statistics ->
            openings.addAll(
                ModelOpening.baselines(
                    statistics, spectra.wiener(statistics), statistics.count() + " spectra")));
    if (models.isEmpty() && measured.isEmpty()) {
      models.add(Models.DEFAULT);
    }
    models.forEach(model -> openings.add(ModelOpening.named(model, device)));
    return openings;
  }

  private List<ImageMeans> scores(Reconstructor model, List<HyperSkinImage> images) {
    List<ImageMeans> scores = new ArrayList<>();
    for (HyperSkinImage image : images) {
      Msi msi = image.msi();
      SpectralCube truth = image.truth();
      Mask mask = image.mask(truth.width(), truth.height());
      SpectralCube cube = model.reconstruct(msi, report.progress(image.name())).cube();
      scores.add(
          ImageScore.of(image.name(), cube, truth, mask, report.progress("Measuring")).means());
    }
    return scores;
  }

  private static ScoreSummary summary(
      AngleDefinition definition, List<ImageMeans> scores, ToDoubleFunction<ImageMeans> angle) {
    return ScoreSummary.of(definition, scores.stream().mapToDouble(angle).toArray());
  }

  private static String show(ScoreSummary score) {
    return String.format("%.4f ± %.4f", score.mean(), score.sd());
  }

  private static Map<String, Object> json(
      String name, String id, ScoreSummary challenge, ScoreSummary clamped, double rmse) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", name);
    json.put("model_id", id);
    json.put("sam_challenge_rad", challenge.mean());
    json.put("sam_challenge_sd", challenge.sd());
    json.put("sam_clamped_rad", clamped.mean());
    json.put("sam_clamped_sd", clamped.sd());
    json.put("rmse", rmse);
    return json;
  }
}

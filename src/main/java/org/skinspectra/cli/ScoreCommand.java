package org.skinspectra.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.WholeFile;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.profile.ResponseFiles;
import org.skinspectra.report.Labels;
import org.skinspectra.report.ScoreReport;
import org.skinspectra.skin.SpectralStatistics;
import org.skinspectra.skin.SpectrumCompletion;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;
import org.skinspectra.train.CompletedSpectra;
import org.skinspectra.train.HyperSkinDataset;
import org.skinspectra.train.MeasuredSpectra;
import org.skinspectra.train.ModelScores;
import org.skinspectra.train.Scoring;
import org.skinspectra.train.ScoringCondition;
import org.skinspectra.train.ScoringImage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code score}: models by noise, exposure, light, camera and skin tone. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    description = {
      "Scores models by noise, exposure, illuminant, camera and skin tone.",
      "FOLDER holds images in the folders of Hyper-Skin, or spectra (CSV, .sli, .jdx) from 400 to 1000"
          + " nm, each of which then fills an image. Beside the models stand the Wiener estimate"
          + " and the mean of the --spectra, or of simulated skin without. DIR gets scores.csv,"
          + " bands.csv, scores.json and bands.png.",
      "The skin tone of an image is the class of its individual typology angle (D65), taken of the"
          + " mean of the brightest tenth of its skin: shaded skin would look darker than it is."
    })
final class ScoreCommand implements Callable<Integer> {

  private static final int SIMULATED_SKINS = 20_000;
  private static final long SEED = 1;
  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  @Parameters(paramLabel = "FOLDER", description = "Images or spectra to score on.")
  private Path folder;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      required = true,
      description = "Folder for the tables and the figure.")
  private Path output;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      description = "Weights, or 'default'; may be repeated (default: default).")
  private List<String> models = new ArrayList<>();

  @Option(
      names = "--camera",
      paramLabel = "FILE",
      description = "Response table (CSV or JSON) of a camera to score with; may be repeated.")
  private List<Path> cameras = new ArrayList<>();

  @Option(
      names = "--illuminant",
      paramLabel = "NAME",
      description =
          "Light in front of --camera: D65, A, E or a temperature such as 5000K; D65 ends at 830 nm"
              + " (default: ${DEFAULT-VALUE}).")
  private String illuminant = "D65";

  @Option(
      names = "--partial",
      description = {
        "Also score spectra that cover only a part of 400 to 1000 nm, at the bands they have but"
            + " for the last 5 nm of their range.",
        "What the input sees beyond it, such as 960 nm, is completed by simulated skin; spectra"
            + " that are unlike all of it are left out."
      })
  private boolean partial;

  @Option(
      names = {"-d", "--device"},
      paramLabel = "auto|cpu|gpu",
      description = "Where to run (default: auto).")
  private Device device = Device.AUTO;

  @Mixin private DatasetOptions split;
  @Mixin private SpectraOptions spectra;
  @Mixin private ReportOptions report;

  @Override
  public Integer call() {
    WholeFile.requireWritable(output.resolve("scores.csv"));
    List<ScoringImage> images = images();
    List<ScoringCondition> conditions = new ArrayList<>();
    if (images.get(0).hasInput()) {
      conditions.add(ScoringCondition.AS_CAPTURED);
    }
    conditions.addAll(ScoringCondition.all(responses(), Illuminant.named(illuminant)));
    Scoring scoring = new Scoring(images, conditions);
    List<ModelOpening> openings = openings();
    List<ModelScores> scores = new ArrayList<>();
    for (ModelOpening opening : openings) {
      try (Reconstructor model = opening.open()) {
        scores.add(
            ModelScores.of(
                model.model(),
                conditions,
                scoring.of(model, report.progress(model.model().name()))));
      }
    }
    List<String> labels =
        ModelOpening.labels(openings, scores.stream().map(ModelScores::model).toList());
    write(new ScoreReport(labels, scores));
    return 0;
  }

  private Map<String, SpectralTable> responses() {
    List<String> labels =
        Labels.distinct(
            cameras.stream().map(file -> file.getFileName().toString()).toList(),
            cameras.stream().map(Path::toString).toList());
    Map<String, SpectralTable> responses = new LinkedHashMap<>();
    for (int i = 0; i < cameras.size(); i++) {
      responses.put(labels.get(i), ResponseFiles.read(cameras.get(i)));
    }
    return responses;
  }

  private List<ScoringImage> images() {
    if (isDataset()) {
      return ScoringImage.of(split.open(folder, report));
    }
    MeasuredSpectra measured =
        partial
            ? MeasuredSpectra.readPartial(folder, GRID, SpectrumCompletion.LEAST_RANGE_NM)
            : MeasuredSpectra.read(folder, GRID);
    measured.skipped().forEach(report.err()::println);
    if (!partial) {
      return ScoringImage.of(
          measured.tables().stream().map(CompletedSpectra::whole).toList(), SEED);
    }
    List<CompletedSpectra> completed = CompletedSpectra.of(measured.tables());
    int all = measured.tables().stream().mapToInt(SpectralTable::size).sum();
    report
        .err()
        .printf(
            "%d of %d spectra are left out: they are like no simulated skin%n",
            all - CompletedSpectra.count(completed), all);
    return ScoringImage.of(completed, SEED);
  }

  private boolean isDataset() {
    if (!Files.isDirectory(folder)) {
      throw new SkinSpectraException(
          "There is no folder " + folder + "; give one of images or of spectra.");
    }
    return HyperSkinDataset.isIn(folder);
  }

  private List<ModelOpening> openings() {
    Optional<SpectralStatistics> measured = spectra.measured(report);
    SpectralStatistics statistics =
        measured.orElseGet(() -> spectra.simulated(SIMULATED_SKINS, SEED));
    String origin = statistics.count() + (measured.isPresent() ? " spectra" : " simulated skins");
    List<ModelOpening> openings =
        new ArrayList<>(ModelOpening.baselines(statistics, spectra.wiener(statistics), origin));
    for (String model : models.isEmpty() ? List.of(Models.DEFAULT) : models) {
      openings.add(ModelOpening.named(model, device));
    }
    return openings;
  }

  private void write(ScoreReport scores) {
    report.out().print(scores.table().without(ScoreReport.MODEL_ID).text());
    report
        .out()
        .println(
            "Means over images; skin tones by the individual typology angle, under the first"
                + " condition.");
    scores.table().writeCsv(output.resolve("scores.csv"));
    scores.bandTable().writeCsv(output.resolve("bands.csv"));
    scores.bandFigure().save(output.resolve("bands.png"));
    Map<String, Object> all = Map.of("scores", scores.objects());
    WholeFile.write(
        output.resolve("scores.json"),
        temporary -> Files.writeString(temporary, ReportOptions.json(all) + "\n"));
    report.finish(all);
  }
}

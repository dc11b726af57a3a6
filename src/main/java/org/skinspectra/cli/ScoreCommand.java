package org.skinspectra.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.WholeFile;
import org.skinspectra.measure.SkinTone;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.profile.ResponseFiles;
import org.skinspectra.report.Curve;
import org.skinspectra.report.SpectrumFigure;
import org.skinspectra.report.TextTable;
import org.skinspectra.skin.SpectralStatistics;
import org.skinspectra.skin.SpectrumCompletion;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;
import org.skinspectra.train.CompletedSpectra;
import org.skinspectra.train.HyperSkinDataset;
import org.skinspectra.train.MeasuredSpectra;
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
      "FOLDER holds images in the folders of Hyper-Skin, or CSV files of spectra from 400 to 1000"
          + " nm, each of which then fills an image. Beside the models stand the Wiener estimate"
          + " and the mean of the --spectra, or of simulated skin without. DIR gets scores.csv,"
          + " bands.csv, scores.json and bands.png."
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
      names = "--partial",
      description = {
        "Also score spectra that cover only a part of 400 to 1000 nm, at the bands they have.",
        "What the input sees beyond it, such as 960 nm, is completed by simulated skin; spectra"
            + " that are unlike all of it are left out."
      })
  private boolean partial;

  @Option(
      names = {"-d", "--device"},
      paramLabel = "auto|cpu|gpu",
      description = "Where to run (default: auto).")
  private Device device = Device.AUTO;

  @Mixin private SplitOption split;
  @Mixin private SpectraOptions spectra;
  @Mixin private ReportOptions report;

  /** One line of the table: a model over some of the entries. */
  private record Line(
      String model,
      String group,
      String label,
      int images,
      double challenge,
      double clamped,
      double worst,
      double rmse) {}

  @Override
  public Integer call() {
    WholeFile.requireWritable(output.resolve("scores.csv"));
    List<ScoringImage> images = images();
    List<ScoringCondition> conditions = new ArrayList<>();
    if (images.get(0).hasInput()) {
      conditions.add(ScoringCondition.AS_CAPTURED);
    }
    Map<String, SpectralTable> responses = new LinkedHashMap<>();
    cameras.forEach(file -> responses.put(file.getFileName().toString(), ResponseFiles.read(file)));
    conditions.addAll(ScoringCondition.all(responses));
    Scoring scoring = new Scoring(images, conditions);
    List<Line> lines = new ArrayList<>();
    Map<String, double[]> bands = new LinkedHashMap<>();
    for (ModelOpening opening : openings()) {
      try (Reconstructor model = opening.open()) {
        String name = model.model().name();
        List<Scoring.Entry> entries = scoring.of(model, report.progress(name));
        lines.addAll(lines(name, conditions, entries));
        bands.put(name, bandErrors(entries, conditions.get(0)));
      }
    }
    write(lines, bands, conditions.get(0));
    return 0;
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

  // -- Results --

  private static List<Line> lines(
      String model, List<ScoringCondition> conditions, List<Scoring.Entry> entries) {
    List<Line> lines = new ArrayList<>();
    for (ScoringCondition condition : conditions) {
      lines.add(
          line(
              model,
              condition.group(),
              condition.label(),
              entries,
              e -> e.condition() == condition));
    }
    ScoringCondition first = conditions.get(0);
    for (SkinTone tone : SkinTone.values()) {
      Predicate<Scoring.Entry> ofTone = e -> e.condition() == first && e.tone() == tone;
      if (entries.stream().anyMatch(ofTone)) {
        lines.add(line(model, "skin tone", tone.label(), entries, ofTone));
      }
    }
    return lines;
  }

  private static Line line(
      String model,
      String group,
      String label,
      List<Scoring.Entry> entries,
      Predicate<Scoring.Entry> choice) {
    List<Scoring.Entry> chosen = entries.stream().filter(choice).toList();
    return new Line(
        model,
        group,
        label,
        chosen.size(),
        chosen.stream().mapToDouble(e -> e.means().challenge()).average().orElseThrow(),
        chosen.stream().mapToDouble(e -> e.means().clamped()).average().orElseThrow(),
        chosen.stream().mapToDouble(e -> e.means().clamped()).max().orElseThrow(),
        chosen.stream().mapToDouble(e -> e.means().errors().rmse()).average().orElseThrow());
  }

  /** Mean RMSE of the images that have a band; not a number where none has it. */
  private static double[] bandErrors(List<Scoring.Entry> entries, ScoringCondition condition) {
    double[] sum = new double[GRID.size()];
    int[] images = new int[GRID.size()];
    for (Scoring.Entry entry : entries) {
      if (entry.condition() == condition) {
        double[] rmse = entry.means().errors().bandRmse();
        int first = GRID.nearestIndex(entry.means().errors().wavelengths().first());
        for (int band = 0; band < rmse.length; band++) {
          sum[first + band] += rmse[band];
          images[first + band]++;
        }
      }
    }
    for (int band = 0; band < sum.length; band++) {
      sum[band] /= images[band];
    }
    return sum;
  }

  private void write(List<Line> lines, Map<String, double[]> bands, ScoringCondition condition) {
    TextTable table =
        TextTable.of(
            "model",
            "varied",
            "value",
            "images",
            "SAM challenge (rad)",
            "SAM clamped (rad)",
            "worst image (rad)",
            "RMSE");
    List<Map<String, Object>> json = new ArrayList<>();
    for (Line l : lines) {
      table =
          table.with(
              l.model(),
              l.group(),
              l.label(),
              l.images(),
              l.challenge(),
              l.clamped(),
              l.worst(),
              l.rmse());
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("model", l.model());
      object.put("varied", l.group());
      object.put("value", l.label());
      object.put("images", l.images());
      object.put("sam_challenge_rad", l.challenge());
      object.put("sam_clamped_rad", l.clamped());
      object.put("worst_image_sam_clamped_rad", l.worst());
      object.put("rmse", l.rmse());
      json.add(object);
    }
    TextTable perBand = TextTable.of("model", "wavelength (nm)", "RMSE");
    SpectrumFigure figure =
        SpectrumFigure.titled("Error by band, " + condition.group() + " " + condition.label())
            .withYLabel("RMSE (reflectance factor)");
    for (Map.Entry<String, double[]> model : bands.entrySet()) {
      double[] rmse = model.getValue();
      for (int band = 0; band < rmse.length; band++) {
        if (!Double.isNaN(rmse[band])) {
          perBand = perBand.with(model.getKey(), GRID.get(band), rmse[band]);
        }
      }
      figure = figure.with(Curve.of(model.getKey(), GRID, rmse));
    }
    report.out().print(table.text());
    report
        .out()
        .println(
            "Means over images; skin tones by the individual typology angle, under the first"
                + " condition.");
    table.writeCsv(output.resolve("scores.csv"));
    perBand.writeCsv(output.resolve("bands.csv"));
    figure.save(output.resolve("bands.png"));
    Map<String, Object> all = Map.of("scores", json);
    WholeFile.write(
        output.resolve("scores.json"),
        temporary -> Files.writeString(temporary, ReportOptions.json(all) + "\n"));
    report.finish(all);
  }
}

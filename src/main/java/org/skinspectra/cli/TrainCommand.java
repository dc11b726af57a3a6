package org.skinspectra.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Weights;
import org.skinspectra.skin.SpectrumCompletion;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.Wavelengths;
import org.skinspectra.train.HyperSkinDataset;
import org.skinspectra.train.MeasuredSpectra;
import org.skinspectra.train.StartingWeights;
import org.skinspectra.train.TrainingCamera;
import org.skinspectra.train.TrainingConfiguration;
import org.skinspectra.train.TrainingFolder;
import org.skinspectra.train.TrainingMaterial;
import org.skinspectra.train.TrainingRun;
import org.skinspectra.train.ValidationScore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code train}: a model from simulated skin, measured spectra and images. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Trains an MST++ on simulated skin, measured spectra and images, as far as they are given.",
      "A training that was stopped goes on when the same command is given again, and ends with the"
          + " same weights. The best model on the validation images is DIR/model.safetensors."
    })
final class TrainCommand implements Callable<Integer> {

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      required = true,
      description = "Folder for the model, checkpoints and logs; new, or of the same training.")
  private Path output;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Images in the folders of Hyper-Skin: 'train' is learned from, 'valid' tests.")
  private Path data;

  @Option(
      names = "--valid-subjects",
      paramLabel = "LIST",
      description =
          "Subjects of --data to test with, such as p001,p002, in place of the folder 'valid'; all"
              + " others of 'train' and 'valid' are learned from.")
  private String validSubjects;

  @Option(
      names = "--spectra",
      paramLabel = "DIR",
      description =
          "Folder of measured skin (CSV, .sli, .jdx), each file covering 250 nm or more of 400 to"
              + " 1000 nm; the rest is completed by simulation.")
  private Path spectra;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Weights to start from, or 'default' (default: Wiener estimation).")
  private String from;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "JSON object with values other than the defaults, which training.json shows.")
  private Path config;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps in all, in place of the configuration's.")
  private Integer steps;

  @Option(
      names = "--camera",
      paramLabel = "FILE",
      description =
          "Response table (CSV, or JSON of rawtoaces) of the camera that the model is to be for"
              + " (default: the canonical camera).")
  private Path camera;

  @Option(
      names = "--illuminant",
      paramLabel = "NAME",
      description =
          "Light in front of --camera: D65, A, E or a temperature such as 5000K"
              + " (default: D65).")
  private String illuminant;

  @Option(
      names = {"-d", "--device"},
      paramLabel = "auto|cpu|gpu",
      description = "Where to train; gpu fails if no GPU is truly used (default: auto).")
  private Device device = Device.AUTO;

  @Mixin private InputOptions input;
  @Mixin private ReportOptions report;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (illuminant != null && camera == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--illuminant %s is the light in front of a camera; give its responses with --camera."
              .formatted(illuminant));
    }
    TrainingConfiguration configuration =
        config == null ? TrainingConfiguration.DEFAULT : TrainingConfiguration.read(config);
    if (steps != null) {
      configuration = configuration.withSteps(steps);
    }
    TrainingMaterial material =
        TrainingMaterial.of(configuration, measured(), dataset(), trainingCamera());
    material.describe().forEach(report.err()::println);
    Weights start =
        from == null
            ? StartingWeights.wienerNetwork(material, configuration)
            : Models.weights(from);
    TrainingFolder folder = new TrainingFolder(output);
    TrainingRun run = new TrainingRun(folder, material, configuration, start, device);
    TrainingRun.Outcome outcome =
        run.run(
            line -> {
              report.err().println(line);
              report.err().flush();
            },
            report.progress("Training"));
    curve(outcome.validations()).save(folder.curveFile());
    report.out().println(outcome.text());
    report.out().printf("%s, id %s%n", folder.modelFile(), outcome.model().id());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", folder.modelFile().toString());
    json.put("model_id", outcome.model().id());
    json.put("step", outcome.validation().step());
    json.put("steps", outcome.steps());
    json.put("skipped_steps", outcome.skipped());
    json.put("seconds", outcome.seconds());
    json.put("device", outcome.device());
    json.put("validation_sam_challenge_rad", outcome.validation().challenge());
    json.put("validation_sam_clamped_rad", outcome.validation().clamped());
    json.put("validation_wiener_sam_clamped_rad", outcome.validation().wiener());
    report.finish(json);
    return 0;
  }

  private static LearningCurve curve(List<ValidationScore> validations) {
    return new LearningCurve(
        validations.stream().mapToDouble(ValidationScore::step).toArray(),
        validations.stream().mapToDouble(ValidationScore::challenge).toArray(),
        validations.stream().mapToDouble(ValidationScore::clamped).toArray(),
        validations.get(0).wiener());
  }

  private Optional<MeasuredSpectra> measured() {
    if (spectra == null) {
      return Optional.empty();
    }
    MeasuredSpectra read =
        MeasuredSpectra.readPartial(
            spectra, Wavelengths.VIS_NIR, SpectrumCompletion.LEAST_RANGE_NM);
    read.skipped().forEach(report.err()::println);
    return Optional.of(read);
  }

  private Optional<HyperSkinDataset> dataset() {
    if (data == null) {
      if (validSubjects != null) {
        throw new ParameterException(
            spec.commandLine(),
            "--valid-subjects are subjects of a data set; give it with --data.");
      }
      return Optional.empty();
    }
    HyperSkinDataset images = HyperSkinDataset.open(data, input.input());
    images.incomplete().forEach(line -> report.err().println("Left out: " + line));
    return Optional.of(validSubjects == null ? images : images.withValidSubjects(validSubjects));
  }

  private TrainingCamera trainingCamera() {
    return camera == null
        ? TrainingCamera.CANONICAL
        : TrainingCamera.read(
            camera, illuminant == null ? Illuminant.d65() : Illuminant.named(illuminant));
  }
}

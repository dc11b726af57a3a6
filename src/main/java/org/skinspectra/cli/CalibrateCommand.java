package org.skinspectra.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.skinspectra.CanceledException;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.profile.CalibrationCheck;
import org.skinspectra.profile.CalibrationLimits;
import org.skinspectra.profile.CalibrationRefusedException;
import org.skinspectra.profile.CameraProfiles;
import org.skinspectra.report.MsiPicture;
import org.skinspectra.report.TextTable;
import org.skinspectra.session.CalibratedPicture;
import org.skinspectra.session.CalibrationOptions;
import org.skinspectra.session.CalibrationOutcome;
import org.skinspectra.session.CaptureSession;
import org.skinspectra.session.DerivedResult;
import org.skinspectra.session.SessionCalibration;
import org.skinspectra.session.SessionWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code calibrate}: the pictures of a session become canonical multispectral images. */
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    description = {
      "Makes canonical multispectral images of the pictures of a session.",
      "Every image is stored in the session's folder 'derived', with what decided it and a PNG to "
          + "look at (true colour and 960 nm); earlier ones stay. Checks that are not passed are "
          + "told with what to do; warnings do not prevent an image."
    })
final class CalibrateCommand implements Callable<Integer> {

  @Parameters(paramLabel = "SESSION", description = "Folder of the session.")
  private Path folder;

  @Option(
      names = "--map",
      paramLabel = "linear|root-polynomial",
      description = "Map to canonical channels (default: the profile's, else linear).")
  private String map;

  @Option(
      names = "--time-point",
      paramLabel = "N",
      description = "Calibrate this picture only (default: all).")
  private Integer timePoint;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "MSI",
      description = "Write the image of the one picture there too, .tif or .hdr.")
  private Path output;

  @Option(
      names = "--profile",
      paramLabel = "P",
      description = "Camera profile, a name or a file, in place of the session's copy.")
  private String profile;

  @Option(
      names = "--max-age",
      paramLabel = "HOURS",
      description = "Largest age of references (default: 12).")
  private Double maxAge;

  @Option(
      names = "--max-saturated",
      paramLabel = "PERCENT",
      description = "Largest share of saturated pixels of a channel (default: 0.1).")
  private Double maxSaturated;

  /** What was said of pictures that have no image. */
  private final List<String> refused = new ArrayList<>();

  private int stored;

  @Mixin private ReportOptions report;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CalibrationOptions options = options();
    SessionCalibration calibration = SessionCalibration.of(CaptureSession.open(folder), options);
    List<Integer> times = times(calibration);
    if (output != null) {
      CubeFiles.requireWritable(output);
    }
    List<Map<String, Object>> json = new ArrayList<>();
    try (SessionWriter writer = SessionWriter.append(folder, Map.of())) {
      for (int time : times) {
        CalibrationOutcome outcome;
        try {
          outcome = calibration.calibrate(time, report.progress("Calibration"));
        } catch (CanceledException e) {
          throw stored == 0
              ? e
              : new CanceledException("The calibration", "%d images are stored".formatted(stored));
        } catch (SkinSpectraException e) {
          // One picture that lacks something must not keep the others from being calibrated.
          refused.add(e.getMessage());
          json.add(Map.of("time_point", time, "refused", true, "reason", e.getMessage()));
          continue;
        }
        json.add(calibrated(writer, outcome, times.size() == 1));
        report.out().flush();
      }
    }
    report.finish(Map.of("session", folder.toString(), "pictures", json));
    if (!refused.isEmpty()) {
      throw new SkinSpectraException(String.join("\n", refused));
    }
    return 0;
  }

  /** What became of a picture, also of one that its checks refused. */
  private Map<String, Object> calibrated(
      SessionWriter writer, CalibrationOutcome outcome, boolean all) {
    writer.addChecks(outcome.sessionChecks(OffsetDateTime.now()));
    report
        .out()
        .printf("Picture of time point %d%n%n%s%n", outcome.timePoint(), table(outcome, all));
    try {
      Map<String, Object> json = store(writer, outcome);
      stored++;
      return json;
    } catch (CalibrationRefusedException e) {
      refused.add(e.getMessage());
      return json(outcome);
    }
  }

  private CalibrationOptions options() {
    CalibrationLimits limits = CalibrationLimits.DEFAULT;
    if (maxAge != null) {
      if (!(maxAge >= 0 && maxAge <= 1e6)) {
        throw wrong("--max-age is a number of hours from 0, it cannot be " + maxAge + ".");
      }
      limits = limits.withAge(Duration.ofSeconds(Math.round(3600 * maxAge)));
    }
    if (maxSaturated != null) {
      if (!(maxSaturated >= 0 && maxSaturated <= 100)) {
        throw wrong("--max-saturated is 0 to 100 percent, it cannot be " + maxSaturated + ".");
      }
      limits = limits.withSaturated(maxSaturated / 100);
    }
    CalibrationOptions options = CalibrationOptions.DEFAULT.withLimits(limits);
    if (profile != null) {
      options = options.withProfile(CameraProfiles.find(profile, Path.of("")));
    }
    return map == null ? options : options.withMapKind(map);
  }

  private List<Integer> times(SessionCalibration calibration) {
    List<Integer> all = calibration.timePoints();
    if (all.isEmpty()) {
      throw new SkinSpectraException(
          "The session %s has no pictures yet; take them with 'capture'.".formatted(folder));
    }
    if (timePoint != null) {
      return List.of(timePoint);
    }
    if (output != null && all.size() > 1) {
      throw wrong(
          "The session has the pictures %s, and --out takes one; choose it with --time-point."
              .formatted(all));
    }
    return all;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private Map<String, Object> store(SessionWriter writer, CalibrationOutcome outcome) {
    CalibratedPicture picture = outcome.picture();
    DerivedResult result =
        SessionCalibration.store(
            writer,
            picture,
            inner -> MsiPicture.write(picture.msi(), inner.resolve(MsiPicture.FILE)));
    Path file = folder.resolve(result.folder()).resolve(SessionCalibration.RESULT_FILE);
    if (output != null) {
      CubeFiles.write(picture.msi(), output);
    }
    report.out().println(quality(picture));
    report
        .out()
        .printf(
            "%s: %dx%d pixels, from (%d, %d) of RGB%n%n",
            file,
            picture.msi().width(),
            picture.msi().height(),
            picture.region().x(),
            picture.region().y());
    Map<String, Object> json = json(outcome);
    json.put("output", file.toString());
    json.put("region", picture.region());
    json.put("registration", picture.registration().origin().key());
    json.put("registration_residual_px", picture.registration().residualPx().orElse(Double.NaN));
    json.put("map", picture.map().kind());
    json.put("map_residual", picture.map().residualRms());
    json.put("map_condition_number", picture.map().conditionNumber());
    json.put("profile_id", picture.profile().id());
    return json;
  }

  private static String quality(CalibratedPicture picture) {
    return TextTable.of("what", "is", "from")
        .with(
            "registration residual (px, standard error)",
            picture.registration().residualPx().isPresent()
                ? picture.registration().residualPx().getAsDouble()
                : "not known",
            picture.registration().origin().key())
        .with("map residual (reflectance)", picture.map().residualRms(), picture.mapOrigin())
        .with("map condition number", picture.map().conditionNumber(), picture.map().kind())
        .text();
  }

  /** All checks, or the number of those passed and all others. */
  private static String table(CalibrationOutcome outcome, boolean all) {
    TextTable table = TextTable.of("check", "", "value", "limit", "remedy");
    int passed = 0;
    for (CalibrationCheck check : outcome.all()) {
      passed += check.passed() ? 1 : 0;
      if (all || !check.passed()) {
        boolean warning = outcome.warnings().contains(check);
        table =
            table.with(
                check.name(),
                check.passed() ? "passed" : warning ? "warning" : "failed",
                check.value(),
                check.limit(),
                check.passed() ? "" : check.remedy());
      }
    }
    String count = "%d of %d checks passed%n".formatted(passed, outcome.all().size());
    return passed == outcome.all().size() && !all ? count : table.text() + count;
  }

  private static Map<String, Object> json(CalibrationOutcome outcome) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("time_point", outcome.timePoint());
    json.put("refused", outcome.calibrated().isEmpty());
    json.put("checks", outcome.checks());
    json.put("warnings", outcome.warnings());
    return json;
  }
}

package org.skinspectra.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.WholeFile;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.CameraProfileFiles;
import org.skinspectra.profile.CameraProfiles;
import org.skinspectra.profile.LinearityFit;
import org.skinspectra.profile.ProfileRegistration;
import org.skinspectra.report.TextTable;
import org.skinspectra.session.CalibrationOptions;
import org.skinspectra.session.CaptureSession;
import org.skinspectra.session.PictureRegistration;
import org.skinspectra.session.SessionCalibration;
import org.skinspectra.session.SessionLinearity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code profile measure}: linearity and registration come from a session into a profile. */
@Command(
    name = "measure",
    mixinStandardHelpOptions = true,
    description = {
      "Puts what a session measures into a camera profile: the linearity of the sensors, from the "
          + "series of 'capture --linearity', and the registration, from a picture.",
      "Give the new profile to 'calibrate --profile' or name it in the rig. The linearity is the "
          + "mean deviation from a straight line between 5 % and 95 % of full scale (EMVA 1288); "
          + "a registration holds at the distance of what was photographed."
    })
final class ProfileMeasureCommand implements Callable<Integer> {

  @Parameters(paramLabel = "SESSION", description = "Folder of the session.")
  private Path folder;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "P.json",
      required = true,
      description = "The new profile.")
  private Path output;

  @Option(
      names = "--profile",
      paramLabel = "P",
      description = "Camera profile, a name or a file, in place of the session's copy.")
  private String profileName;

  @Option(
      names = "--registration",
      paramLabel = "N",
      description =
          "Register 960 nm to RGB by the picture of this time point, of something flat with many "
              + "edges, such as printed text, where the skin will be.")
  private Integer registered;

  @Mixin private ReportOptions report;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    WholeFile.requireWritable(output);
    CaptureSession session = CaptureSession.open(folder);
    CameraProfile profile =
        profileName == null
            ? SessionCalibration.storedProfile(session)
            : CameraProfiles.find(profileName, Path.of(""));
    boolean series = SessionLinearity.isIn(session);
    if (!series && registered == null) {
      throw new ParameterException(
          spec.commandLine(),
          "The session %s has no series of exposures, and no picture is named to register by. Take a series with 'capture --linearity', or give --registration N."
              .formatted(folder));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    if (series) {
      profile = withLinearity(session, profile, json);
    }
    if (registered != null) {
      profile = withRegistration(session, profile, json);
    }
    CameraProfileFiles.write(output, profile);
    report.out().println(output);
    json.put("output", output.toString());
    json.put("profile_id", profile.id());
    report.finish(json);
    return 0;
  }

  private CameraProfile withLinearity(
      CaptureSession session, CameraProfile profile, Map<String, Object> json) {
    SessionLinearity linearity = SessionLinearity.of(session, profile);
    TextTable table = TextTable.of("sensor", "exposures", "linearity error (%)");
    Map<String, Object> errors = new LinkedHashMap<>();
    for (Map.Entry<String, LinearityFit> fit : linearity.fits().entrySet()) {
      double error = fit.getValue().error();
      table = table.with(fit.getKey(), fit.getValue().points(), 100 * error);
      errors.put(fit.getKey(), error);
    }
    report.out().println(table.text());
    json.put("linearity_errors", errors);
    return linearity.in(profile, LocalDate.now());
  }

  private CameraProfile withRegistration(
      CaptureSession session, CameraProfile profile, Map<String, Object> json) {
    PictureRegistration found =
        SessionCalibration.of(
                session, CalibrationOptions.DEFAULT.withProfile(profile.withoutRegistration()))
            .calibrate(registered, report.progress("Registration"))
            .picture()
            .registration();
    if (found.origin() != PictureRegistration.Origin.IMAGES) {
      throw new SkinSpectraException(
          found.origin() == PictureRegistration.Origin.SAME_SENSOR
              ? "One sensor took RGB and 960 nm, so that there is nothing to register."
              : "The images of time point %d cannot be registered by themselves. Take a picture of something flat with many sharp edges, such as printed text, and name that."
                  .formatted(registered));
    }
    double residual = found.residualPx().orElseThrow();
    report.out().printf("Registration residual: %.3f px (standard error)%n", residual);
    found
        .check()
        .filter(check -> !check.passed())
        .ifPresent(
            check -> report.err().println("Warning: " + check.finding() + " " + check.remedy()));
    json.put("registration_residual_px", residual);
    return profile.withRegistration(
        new ProfileRegistration(found.homography(), residual, LocalDate.now()));
  }
}

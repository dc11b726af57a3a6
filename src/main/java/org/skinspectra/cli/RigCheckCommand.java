package org.skinspectra.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.camera.FrameSource;
import org.skinspectra.camera.Rig;
import org.skinspectra.camera.RigStep;
import org.skinspectra.camera.Rigs;
import org.skinspectra.camera.SourceDescription;
import org.skinspectra.cube.Frame;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.report.FrameTable;
import org.skinspectra.report.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rig check}: connects and takes a frame of every step, of which none is stored. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Connects to the cameras of a rig, lists them, and takes one frame of every step.",
      "Nothing is stored."
    })
final class RigCheckCommand implements Callable<Integer> {

  @Parameters(paramLabel = "R", description = "Name of a rig, or the file of one.")
  private String rigName;

  @Mixin private RigOptions options;
  @Mixin private ReportOptions report;

  @Override
  public Integer call() {
    Rig rig = Rigs.open(rigName);
    CameraProfile profile = options.profile(rigName, rig);
    try (FrameSource source = options.open(rig, profile)) {
      SourceDescription description = source.describe();
      report.out().printf("Rig: %s%nProfile: %s%n", rig.name(), profile);
      report.out().println("Source: " + description.name());
      report.out().println("Cameras: " + String.join(", ", description.cameras()));
      description
          .versions()
          .forEach((name, version) -> report.out().println(name + ": " + version));
      report.out().println();
      report.out().flush();
      TextTable taken = TextTable.of("step", "camera", "size", "type", "bits", "time (ms)");
      FrameTable numbers = new FrameTable(profile);
      List<Map<String, Object>> json = new ArrayList<>();
      List<String> warnings = new ArrayList<>();
      ProgressMonitor progress = report.progress("Rig");
      for (RigStep step : rig.steps()) {
        progress.checkCanceled("The check");
        long begin = System.nanoTime();
        Frame frame = source.snap(step);
        double ms = (System.nanoTime() - begin) * 1e-6;
        String size = frame.width() + "x" + frame.height();
        taken =
            taken.with(step.channel(), step.camera(), size, frame.type().key(), frame.bits(), ms);
        numbers.add("rig check", frame);
        json.add(json(step, frame, ms));
        warning(step, frame, profile).ifPresent(warnings::add);
      }
      report.out().println(taken.text());
      report.out().print(numbers.text());
      warnings.forEach(warning -> report.out().println("Warning: " + warning));
      finish(rig, description, json, numbers, warnings);
    }
    return 0;
  }

  /** What a calibration would stumble over. */
  private static Optional<String> warning(RigStep step, Frame frame, CameraProfile profile) {
    int bits = profile.sensor(step.channel()).bits();
    return frame.bits() == bits
        ? Optional.empty()
        : Optional.of(
            "The frames of %s have %d bits, but the sensor of the profile '%s' has %d. Set the camera's bit depth to that, or state it in the profile."
                .formatted(step.channel(), frame.bits(), profile, bits));
  }

  private static Map<String, Object> json(RigStep step, Frame frame, double ms) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("step", step.channel());
    json.put("camera", step.camera());
    json.put("width", frame.width());
    json.put("height", frame.height());
    json.put("type", frame.type().key());
    json.put("bits", frame.bits());
    json.put("ms", ms);
    return json;
  }

  private void finish(
      Rig rig,
      SourceDescription description,
      List<Map<String, Object>> steps,
      FrameTable numbers,
      List<String> warnings) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rig", rig.name());
    json.put("source", description.name());
    json.put("cameras", description.cameras());
    json.put("versions", description.versions());
    json.put("steps", steps);
    json.put("channels", numbers.json());
    json.put("warnings", warnings);
    report.finish(json);
  }
}

package org.skinspectra.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.camera.Capture;
import org.skinspectra.camera.DemoCameraSource;
import org.skinspectra.camera.FoundExposure;
import org.skinspectra.camera.FrameSource;
import org.skinspectra.camera.ReferencePrompt;
import org.skinspectra.camera.Rig;
import org.skinspectra.camera.Rigs;
import org.skinspectra.camera.SessionRecording;
import org.skinspectra.camera.SourceDescription;
import org.skinspectra.profile.AutoExposure;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.report.FrameTable;
import org.skinspectra.session.CaptureSession;
import org.skinspectra.session.CapturedFrame;
import org.skinspectra.session.FrameKind;
import org.skinspectra.session.SessionCalibration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code capture}: references and pictures of a rig come into a session. */
@Command(
    name = "capture",
    mixinStandardHelpOptions = true,
    description = {
      "Captures pictures, and references before them, into a session.",
      "A session that is there already is appended to; nothing in it is ever altered. Shown are "
          + "the numbers of the references, the first and the last picture: level is the 99th "
          + "percentile; focus grows with sharpness and is for comparing frames of one view."
    })
final class CaptureCommand implements Callable<Integer> {

  private static final int MOST_PICTURES = 1_000_000;
  private static final int MOST_REFERENCE_FRAMES = 10_000;

  /** Of each exposure, rising and falling; the median of many pixels is quiet enough. */
  private static final int LINEARITY_FRAMES = 2;

  private static final String WHITE_AWAY = "Take the white reference away; pictures follow.";

  /** Well between the 30 % that a white must reach and the 95 % that it must not exceed. */
  private static final AutoExposure WHITE_LEVEL = AutoExposure.to(0.75, 0.01, 10_000);

  @Option(
      names = {"-r", "--rig"},
      paramLabel = "R",
      required = true,
      description = "Name of a rig that comes with the program, or the file of another.")
  private String rigName;

  @Option(
      names = {"-s", "--session"},
      paramLabel = "DIR",
      required = true,
      description = "Folder of the session; new, or a session to append to.")
  private Path folder;

  @Option(
      names = "--references",
      description = "Take dark and white references before the pictures.")
  private boolean references;

  @Option(
      names = "--reference-frames",
      paramLabel = "N",
      description = "Frames that each reference is the mean of (default: ${DEFAULT-VALUE}).")
  private int referenceFrames = 16;

  @Option(
      names = "--linearity",
      description =
          "Take a series of exposures of the white reference, from 0.12 to 1.2 times the rig's, "
              + "for 'profile measure'.")
  private boolean linearity;

  @Option(
      names = "--count",
      paramLabel = "N",
      description =
          "Pictures, one after the other; 0 takes references or the series only "
              + "(default: ${DEFAULT-VALUE}).")
  private int count = 1;

  @Option(
      names = "--auto-exposure",
      description = "Find the exposure of every step before the white reference.")
  private boolean autoExposure;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask for lid and white reference, since nobody has to move them.")
  private boolean yes;

  @Mixin private RigOptions options;
  @Mixin private ReportOptions report;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (count < 0 || count > MOST_PICTURES || count == 0 && !references && !linearity) {
      throw new ParameterException(
          spec.commandLine(),
          "--count is 1 to %d pictures, or 0 with --references or --linearity; it cannot be %d."
              .formatted(MOST_PICTURES, count));
    }
    if (referenceFrames < 1 || referenceFrames > MOST_REFERENCE_FRAMES) {
      throw new ParameterException(
          spec.commandLine(),
          "--reference-frames is 1 to %d frames; it cannot be %d."
              .formatted(MOST_REFERENCE_FRAMES, referenceFrames));
    }
    Rig rig = Rigs.open(rigName);
    CameraProfile profile = options.profile(rigName, rig);
    try (FrameSource source = options.open(rig, profile)) {
      SourceDescription cameras = source.describe();
      report
          .err()
          .printf(
              "Connected to %s (%s)%n",
              cameras.name(),
              cameras.versions().entrySet().stream()
                  .map(version -> version.getKey() + ": " + version.getValue())
                  .collect(Collectors.joining("; ")));
      report.err().flush();
      ProgressMonitor progress = report.progress("Capture");
      ReferencePrompt prompt = prompt(source, progress);
      Capture capture = new Capture(source, rig);
      if (autoExposure) {
        capture = exposed(capture, profile, prompt, progress);
      }
      report(captured(capture, profile, source, prompt, progress), profile);
    }
    return 0;
  }

  private ReferencePrompt prompt(FrameSource source, ProgressMonitor progress) {
    if (source instanceof DemoCameraSource demo) {
      return demo.technician();
    }
    ReferencePrompt prompt =
        yes
            ? (kind, instruction) -> {
              report.err().println(instruction);
              report.err().flush();
            }
            : new TerminalPrompt(System.in, report.err(), progress);
    return (kind, instruction) -> {
      // Nobody needs to make room for pictures that are not taken.
      if (kind != FrameKind.IMAGE || count > 0) {
        prompt.ask(kind, instruction);
      }
    };
  }

  private Capture exposed(
      Capture capture, CameraProfile profile, ReferencePrompt prompt, ProgressMonitor progress) {
    prompt.ask(
        FrameKind.WHITE, "Put the white reference where the skin will be, filling the view.");
    List<FoundExposure> found = capture.exposures(WHITE_LEVEL, profile, progress);
    found.forEach(exposure -> report.err().println(exposure.message()));
    report.err().flush();
    if (!references && !linearity) {
      prompt.ask(FrameKind.IMAGE, WHITE_AWAY);
    }
    return capture.withExposures(found);
  }

  /** What came into the session, in numbers. */
  private FrameTable captured(
      Capture capture,
      CameraProfile profile,
      FrameSource source,
      ReferencePrompt prompt,
      ProgressMonitor progress) {
    warnOfAnotherProfile(profile);
    FrameTable table = new FrameTable(profile);
    try (SessionRecording recording =
        SessionRecording.open(folder, capture.rig(), profile, source.describe())) {
      recording.take(sink -> take(capture, prompt, sink, progress));
      recording.samples().forEach(table::add);
    }
    return table;
  }

  private void take(
      Capture capture,
      ReferencePrompt prompt,
      Consumer<CapturedFrame> sink,
      ProgressMonitor progress) {
    if (linearity) {
      capture.linearity(LINEARITY_FRAMES, prompt, sink, progress);
      if (!references) {
        prompt.ask(FrameKind.IMAGE, WHITE_AWAY);
      }
    }
    if (references) {
      capture.references(referenceFrames, prompt, sink, progress);
    }
    if (count > 0) {
      capture.pictures(count, sink, progress);
    }
  }

  private void warnOfAnotherProfile(CameraProfile profile) {
    if (!CaptureSession.isIn(folder)) {
      return;
    }
    CaptureSession session = CaptureSession.open(folder);
    if (session.documents().stream().anyMatch(document -> document.name().equals("profile"))
        && !SessionCalibration.storedProfile(session).equals(profile)) {
      report
          .err()
          .printf(
              "Warning: the session %s was taken with another profile. 'calibrate' takes the last"
                  + " for all its pictures, now '%s'; name the other with --profile for those"
                  + " before.%n",
              folder, profile);
    }
  }

  private void report(FrameTable table, CameraProfile profile) {
    CaptureSession session = CaptureSession.open(folder);
    long images = session.frames().stream().filter(f -> f.kind() == FrameKind.IMAGE).count();
    long series = session.frames().stream().filter(f -> f.kind() == FrameKind.LINEARITY).count();
    long others = session.frames().size() - images - series;
    report.out().println(table.text());
    report
        .out()
        .printf(
            "Session %s: %d frames of pictures, %d of references%s%n",
            folder.toAbsolutePath().normalize(),
            images,
            others,
            series == 0 ? "" : ", %d of a series of exposures".formatted(series));
    if (linearity) {
      report.err().println("'profile measure' puts the linearity into a profile.");
    }
    if (others == 0) {
      report.err().println("It has no references yet; take them with --references.");
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("session", folder.toString());
    json.put("session_id", session.id().toString());
    json.put("profile_id", profile.id());
    json.put("image_frames", images);
    json.put("reference_frames", others);
    json.put("linearity_frames", series);
    json.put("frames", table.json());
    report.finish(json);
  }
}

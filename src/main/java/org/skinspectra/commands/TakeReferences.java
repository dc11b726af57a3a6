package org.skinspectra.commands;

import ij.measure.ResultsTable;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.camera.CameraConnection;
import org.skinspectra.camera.Capture;
import org.skinspectra.camera.FoundExposure;
import org.skinspectra.camera.ReferencePrompt;
import org.skinspectra.camera.SessionRecording;
import org.skinspectra.profile.AutoExposure;
import org.skinspectra.session.FrameKind;

/** Dark and white references of every step come into a session. */
@Plugin(
    type = Command.class,
    menuPath = "Plugins>Skin Spectra>Take References...",
    headless = true,
    description = "Takes dark and white references of every step into a session.")
public final class TakeReferences extends CameraCommand {

  private static final String BOTH = "dark and white";
  private static final int MOST_FRAMES = 10_000;

  @Parameter(
      label = "Session",
      description = "A new or empty folder, or a session to append to.",
      style = "directory")
  private File session;

  @Parameter(
      label = "References",
      choices = {BOTH, "dark", "white"},
      persist = false,
      required = false)
  private String kind = BOTH;

  @Parameter(
      label = "Frames of each",
      description = "Whose mean is the reference.",
      min = "1",
      max = "10000",
      persist = false,
      required = false)
  private int frames = 16;

  @Parameter(
      label = "Find exposures first",
      description = "With the white reference; they stay until the camera is connected anew.",
      persist = false,
      required = false)
  private boolean auto_exposure;

  @Parameter(
      label = "Do not ask",
      description = "Lid and white reference are in place, or something else puts them there.",
      persist = false,
      required = false)
  private boolean in_place;

  /** The numbers of the first frame of each kind, step and channel. */
  @Parameter(type = ItemIO.OUTPUT)
  private ResultsTable numbers;

  @Override
  protected void execute(ProgressMonitor progress) {
    Path folder = folder(session);
    requireSensible();
    ResultsTable table =
        capture(folder, progress, (camera, waiting) -> take(camera, folder, waiting));
    show(table, "References of " + folder.getFileName());
    numbers = table;
  }

  private ResultsTable take(CameraConnection connection, Path folder, ProgressMonitor progress) {
    List<FrameKind> kinds = kinds();
    ReferencePrompt prompt = prompt(in_place);
    Capture capture = new Capture(connection.source(), connection.rig());
    if (auto_exposure) {
      capture = exposed(capture, connection, prompt, progress);
    }
    Capture exposed = capture;
    try (SessionRecording recording =
        SessionRecording.open(
            folder, exposed.rig(), connection.profile(), connection.description())) {
      recording.take(sink -> exposed.references(kinds, frames, prompt, sink, progress));
      say("%d frames of references are in the session %s".formatted(recording.frames(), folder));
      return CameraTables.of(connection.profile(), recording.samples());
    }
  }

  /** Before a session is begun. */
  private void requireSensible() {
    kinds();
    if (frames < 1 || frames > MOST_FRAMES) {
      throw new SkinSpectraException(
          "frames is 1 to %d of each reference, not %d.".formatted(MOST_FRAMES, frames));
    }
  }

  private List<FrameKind> kinds() {
    if (!List.of(BOTH, "dark", "white").contains(kind)) {
      throw new SkinSpectraException(
          "There are no references '%s'; kind is 'dark and white', dark or white.".formatted(kind));
    }
    return kind.equals(BOTH)
        ? List.of(FrameKind.DARK, FrameKind.WHITE)
        : List.of(FrameKind.valueOf(kind.toUpperCase(Locale.ROOT)));
  }

  private Capture exposed(
      Capture capture,
      CameraConnection connection,
      ReferencePrompt prompt,
      ProgressMonitor progress) {
    prompt.ask(
        FrameKind.WHITE, "Put the white reference where the skin will be, filling the view.");
    List<FoundExposure> found =
        capture.exposures(AutoExposure.WHITE, connection.profile(), progress);
    found.forEach(exposure -> say(exposure.message()));
    Capture exposed = capture.withExposures(found);
    cameras.useExposures(exposed.rig());
    return exposed;
  }
}

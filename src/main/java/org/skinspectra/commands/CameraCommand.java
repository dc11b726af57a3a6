package org.skinspectra.commands;

import java.io.File;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.scijava.plugin.Parameter;
import org.scijava.ui.DialogPrompt.MessageType;
import org.scijava.ui.DialogPrompt.OptionType;
import org.scijava.ui.DialogPrompt.Result;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.camera.CameraConnection;
import org.skinspectra.camera.DemoCameraSource;
import org.skinspectra.camera.ReferencePrompt;

/** A command that uses the connected cameras. */
abstract class CameraCommand extends SkinSpectraCommand {

  @Parameter protected CameraService cameras;
  @Parameter protected ReconstructionService worker;

  /**
   * How lid and white reference come to their places: the demo camera's by themselves, others by
   * somebody who is asked, while the live view goes on.
   *
   * @param inPlace whether they are there already, so that nobody is asked
   * @throws SkinSpectraException if there is nobody to ask
   */
  protected final ReferencePrompt prompt(boolean inPlace) {
    if (cameras.connection().source() instanceof DemoCameraSource demo) {
      return demo.technician();
    }
    if (inPlace) {
      return (kind, instruction) -> say(instruction);
    }
    if (!hasUser()) {
      throw new SkinSpectraException(
          "Nobody can be asked to put lid and white reference in place. Set in_place where that is seen to.");
    }
    return cameras.whileLive(
        (kind, instruction) -> {
          Result answer =
              uiService.showDialog(
                  instruction,
                  "Skin Spectra",
                  MessageType.INFORMATION_MESSAGE,
                  OptionType.OK_CANCEL_OPTION);
          if (answer != Result.OK_OPTION) {
            throw new CanceledException("The capture");
          }
        });
  }

  /**
   * Uses the cameras alone to take frames into a session. A cancel does not wait for a long
   * exposure or a device that hangs: that comes to its end by itself, and the camera is free then.
   */
  protected final <T> T capture(
      Path folder,
      ProgressMonitor progress,
      BiFunction<CameraConnection, ProgressMonitor, T> work) {
    return worker.promptly(
        "The capture",
        () -> "the frames that it had taken are in the session %s%s".formatted(folder, busy()),
        progress,
        waiting -> cameras.use(waiting, connection -> work.apply(connection, waiting)));
  }

  private String busy() {
    return cameras
        .awaited()
        .map(
            frame ->
                ", and the camera %s is free when the frame under way has come, in %d s at the latest, or by Disconnect Camera"
                    .formatted(frame.step().camera(), frame.secondsLeft()))
        .orElse("");
  }

  /** The path of a folder that was given. */
  protected static Path folder(File given) {
    return path(given)
        .orElseThrow(() -> new SkinSpectraException("Give the folder of the session."));
  }
}

package org.skinspectra.commands;

import org.scijava.command.Command;
import org.scijava.plugin.Plugin;
import org.skinspectra.ProgressMonitor;

/** Lets go of the cameras; a live view ends. */
@Plugin(
    type = Command.class,
    menuPath = "Plugins>Skin Spectra>Disconnect Camera",
    headless = true,
    description = "Lets go of the connected cameras.")
public final class DisconnectCamera extends CameraCommand {

  @Override
  protected void execute(ProgressMonitor progress) {
    say(
        worker
            .promptly(
                "Disconnecting",
                "the camera is let go of as soon as it answers",
                progress,
                unused -> cameras.disconnect())
            .map(was -> "Disconnected from " + was.description().name())
            .orElse("No camera was connected"));
  }
}

package org.skinspectra.commands;

import java.awt.GraphicsEnvironment;
import org.scijava.command.Command;
import org.scijava.plugin.Plugin;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.camera.CameraConnection;
import org.skinspectra.view.LiveViewWindow;

/** The live view of the connected cameras. A second one takes the place of the first. */
@Plugin(
    type = Command.class,
    menuPath = "Plugins>Skin Spectra>Live View",
    description = "Shows what the connected cameras see, to focus and to expose by.")
public final class LiveView extends CameraCommand {

  @Override
  protected void execute(ProgressMonitor progress) {
    CameraConnection connection = cameras.connection();
    if (GraphicsEnvironment.isHeadless()) {
      throw new SkinSpectraException(
          "The live view is a window, and there is no display. Start Fiji with one.");
    }
    LiveViewWindow.open(cameras.startPreview(), connection.profile());
  }
}

package org.skinspectra.commands;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.CameraProfileFiles;
import org.skinspectra.profile.CameraProfiles;
import org.skinspectra.view.ProfileView;
import org.skinspectra.view.Tables;

/** A camera profile in pictures, numbers and words. */
@Plugin(
    type = Command.class,
    menuPath = "Plugins>Skin Spectra>Camera Profile>Show...",
    headless = true,
    description = "The responses, light and residuals of a camera profile.")
public final class ShowCameraProfile extends SkinSpectraCommand {

  @Parameter(
      label = "Shipped profile",
      description = "A macro may give the path of a file, too.",
      choices = {"demo-camera", "generic-silicon-rgb-960", "cie-1931-960-ideal"},
      persist = false,
      required = false)
  private String profile = "demo-camera";

  @Parameter(
      label = "or a file",
      description = "A profile's .json; leave empty for the shipped one.",
      persist = false,
      required = false)
  private File file;

  @Parameter(type = ItemIO.OUTPUT)
  private ImagePlus plot;

  @Parameter(type = ItemIO.OUTPUT)
  private ResultsTable maps;

  @Parameter(type = ItemIO.OUTPUT)
  private ResultsTable responses;

  @Parameter(type = ItemIO.OUTPUT)
  private String summary;

  @Override
  protected void execute(ProgressMonitor progress) {
    CameraProfile shown =
        path(file)
            .map(CameraProfileFiles::read)
            .orElseGet(() -> CameraProfiles.find(profile, Path.of("")));
    ProfileView view = new ProfileView(shown);
    ImagePlus drawn = view.plot().plot().getImagePlus();
    ResultsTable values = Tables.of(view.responses());
    plot = drawn;
    responses = values;
    maps = Tables.of(view.maps());
    summary = view.summary(List.of());
    show(responses, "Responses of " + shown.origin().name());
    show(maps, "Maps of " + shown.origin().name());
  }
}

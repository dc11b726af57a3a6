package org.skinspectra.commands;

import ij.ImagePlus;
import java.io.File;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.ColourEncoding;
import org.skinspectra.cube.CubeImages;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstruction;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.session.ReconstructedCube;
import org.skinspectra.view.OpenImages;

/** The reflectance cube of an image, of a picture of a session, or of a file. */
@Plugin(
    type = Command.class,
    menuPath = "Plugins>Skin Spectra>Reconstruct Spectra...",
    headless = true,
    description = "Reconstructs reflectance at 61 wavelengths from R, G, B and 960 nm.")
public final class ReconstructSpectra extends SkinSpectraCommand {

  @Parameter(
      label = "Image",
      description = "RGB colour, or a stack of R, G, B and 960 nm.",
      persist = false,
      required = false)
  private ImagePlus image;

  @Parameter(
      label = "Image of 960 nm (title)",
      description = "Where the image has R, G and B only: the open image of 960 nm beside it.",
      persist = false,
      required = false)
  private String infrared = "";

  @Parameter(
      label = "R, G and B are",
      choices = {"linear", "sRGB"},
      description =
          "linear: reflectance of the canonical channels (CIE 1931, equal energy); sRGB: a picture"
              + " to look at, whose gamma and colours are undone. White is 255, 65535 or 1.0.",
      persist = false,
      required = false)
  private String encoding = "linear";

  @Parameter(
      label = "or session or file",
      style = FileWidget.FILE_AND_DIRECTORY_STYLE,
      description =
          "In place of the image: a session's folder, or a file or folder such as .tif, .hdr, .mat or .ome.zarr.",
      persist = false,
      required = false)
  private File input;

  @Parameter(
      label = "Time point of the session",
      description = "-1 for the last picture.",
      min = "-1",
      persist = false,
      required = false)
  private int time = -1;

  @Parameter(
      label = "Model",
      description =
          "default, wiener, the name of a file in Fiji's folder models, or a file of weights"
              + " (.safetensors or PyTorch .pt).",
      persist = false,
      required = false)
  private String model = Models.DEFAULT;

  @Parameter(
      label = "Device",
      choices = {"auto", "cpu", "gpu"},
      description = "gpu fails if none is truly used.",
      persist = false,
      required = false)
  private String device = "auto";

  @Parameter(
      label = "Precision",
      choices = {"float32", "bfloat16"},
      persist = false,
      required = false)
  private String precision = "float32";

  @Parameter private ReconstructionService reconstructions;

  @Parameter(type = ItemIO.OUTPUT)
  private ImagePlus cube;

  @Override
  protected void execute(ProgressMonitor progress) {
    Device where = Device.parse(device);
    Precision how = Precision.parse(precision);
    ReconstructionInput source = source(progress);
    Reconstructor reconstructor = reconstructions.reconstructor(model, where, how, progress);
    source.requireChannels(reconstructor);
    source.warnings().forEach(this::warn);
    Reconstruction result = reconstructor.reconstruct(source.msi(), progress);
    String title =
        String.format(
            Locale.ROOT,
            "%s spectra (%s, %s, %.1f s)",
            source.name(),
            result.model().name(),
            result.device(),
            result.seconds());
    ImagePlus spectra =
        CubeImages.toImage(title, ReconstructedCube.of(result, source.description()));
    source.decorate(spectra);
    say(title + ", " + result.precision().key() + ", " + result.model());
    cube = spectra;
  }

  private ReconstructionInput source(ProgressMonitor progress) {
    Optional<Path> given = path(input);
    if (given.isPresent()) {
      return reconstructions.promptly(
          "Reconstruction",
          "nothing was written",
          progress,
          waiting -> ReconstructionInput.of(given.get(), time, waiting));
    }
    if (image == null) {
      throw new SkinSpectraException(
          "There is nothing to reconstruct. Open an image, or choose a session or a file.");
    }
    ColourEncoding meaning = ColourEncoding.parse(encoding);
    if (meaning == ColourEncoding.LINEAR && image.getBitDepth() == 24) {
      warn(
          "'%s' is an RGB colour image and was taken as linear; a photograph is sRGB."
              .formatted(image.getTitle()));
    }
    return ReconstructionInput.of(image, OpenImages.named(infrared, "960 nm"), meaning);
  }
}

package org.skinspectra.commands;

import ij.ImagePlus;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.CubeImages;
import org.skinspectra.cube.TrueColor;
import org.skinspectra.spectra.Illuminant;

/** A cube as the eye would see it under a light. */
@Plugin(
    type = Command.class,
    menuPath = "Plugins>Skin Spectra>True Colour...",
    headless = true,
    description = "A spectral cube as the eye would see it, in sRGB.")
public final class TrueColourPicture extends SkinSpectraCommand {

  @Parameter(label = "Cube", persist = false)
  private ImagePlus image;

  @Parameter(
      label = "Illuminant",
      description = "D65 (daylight), A (incandescent), E (equal energy), or a black body: 3200 K.",
      persist = false,
      required = false)
  private String illuminant = "D65";

  @Parameter(type = ItemIO.OUTPUT)
  private ImagePlus picture;

  @Override
  protected void execute(ProgressMonitor progress) {
    Illuminant light = Illuminant.named(illuminant);
    ImagePlus colours =
        new ImagePlus(
            "%s true colour (%s)".formatted(image.getTitle(), light.name()),
            TrueColor.render(CubeImages.toCube(image), light));
    CubeImages.copyDecorations(image, colours);
    picture = colours;
  }
}

package org.skinspectra.commands;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.NumberWidget;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.CubeImages;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.cube.TrueColor;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.view.OpenImages;

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

  @Parameter(
      label = "Show the band nearest to (nm)",
      description = "Turns the cube itself to that band; 0 leaves it where it is.",
      style = NumberWidget.SLIDER_STYLE,
      min = "0",
      max = "1000",
      stepSize = "10",
      callback = "showBand",
      persist = false,
      required = false)
  private int nm;

  @Parameter private ReconstructionService worker;

  @Parameter(type = ItemIO.OUTPUT)
  private ImagePlus picture;

  /** Called while the slider moves; what is wrong with the image is said when the command runs. */
  @SuppressWarnings("unused")
  private void showBand() {
    if (nm > 0 && image != null) {
      CubeImages.wavelengthsOf(image)
          .ifPresent(grid -> image.setPosition(1 + grid.nearestIndex(nm)));
    }
  }

  @Override
  protected void execute(ProgressMonitor progress) {
    Illuminant light = Illuminant.named(text(illuminant, Illuminant.d65().name()));
    SpectralCube cube = OpenImages.snapshot(image);
    String title = image.getTitle();
    ImagePlus colours =
        new ImagePlus(
            "%s true colour (%s)".formatted(title, light.name()),
            new ColorProcessor(cube.width(), cube.height()));
    CubeImages.copyDecorations(image, colours);
    showBand();
    // From here on the user may change or close the image.
    ColorProcessor rendered =
        worker.promptly(
            "The picture",
            "nothing was written",
            progress,
            waiting -> {
              warnOfNotFinite(title, cube);
              return TrueColor.render(cube, light, waiting);
            });
    progress.checkCanceled("The picture");
    colours.setProcessor(rendered);
    picture = colours;
  }

  private void warnOfNotFinite(String title, SpectralCube cube) {
    int notFinite = cube.pixelsNotFinite();
    if (notFinite > 0) {
      warn(
          "%d pixels of '%s' are not finite in some band; they are black where that is a visible one."
              .formatted(notFinite, title));
    }
  }
}

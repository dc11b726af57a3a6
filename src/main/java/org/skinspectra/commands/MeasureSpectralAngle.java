package org.skinspectra.commands;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import java.util.Optional;
import java.util.stream.Stream;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.CubeImages;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Masks;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.AngleDefinition;
import org.skinspectra.measure.AngleMap;
import org.skinspectra.measure.AngleUnit;
import org.skinspectra.measure.CubeErrors;
import org.skinspectra.measure.SpectralAngle;
import org.skinspectra.report.AngleTable;
import org.skinspectra.view.AngleView;
import org.skinspectra.view.OpenImages;
import org.skinspectra.view.Tables;

/** The spectral angle between two cubes, as a map, as numbers and as a histogram. */
@Plugin(
    type = Command.class,
    menuPath = "Plugins>Skin Spectra>Measure Spectral Angle...",
    headless = true,
    description = "Spectral angle of every pixel between two cubes, their mean, and errors.")
public final class MeasureSpectralAngle extends SkinSpectraCommand {

  @Parameter(label = "Prediction", persist = false)
  private ImagePlus prediction;

  @Parameter(label = "Reference", persist = false)
  private ImagePlus reference;

  @Parameter(
      label = "Mask (title)",
      description =
          "An open image of the pixels that count, white = 1. Without, the area ROI of the"
              + " prediction or else of the reference counts, and all pixels where there is none.",
      persist = false,
      required = false)
  private String mask = "";

  @Parameter(
      label = "Definition",
      choices = {"challenge", "clamped"},
      description =
          "challenge: mask multiplied into both cubes, float32, no clamping; clamped: float64,"
              + " cosine clamped, mask above one half. Figures of both must not be compared.",
      persist = false,
      required = false)
  private String definition = "challenge";

  @Parameter(
      label = "Unit of the map",
      choices = {"degrees", "rad"},
      persist = false,
      required = false)
  private String unit = "degrees";

  @Parameter(type = ItemIO.OUTPUT)
  private ImagePlus map;

  @Parameter(type = ItemIO.OUTPUT)
  private ResultsTable table;

  @Parameter(type = ItemIO.OUTPUT)
  private ImagePlus histogram;

  private record Region(String name, Mask mask) {}

  @Override
  protected void execute(ProgressMonitor progress) {
    AngleDefinition meaning = AngleDefinition.of(definition);
    AngleUnit shown = AngleUnit.parse(unit);
    SpectralCube predicted = OpenImages.snapshot(prediction);
    SpectralCube truth = OpenImages.snapshot(reference);
    Region region = region();
    AngleMap angles =
        SpectralAngle.measure(predicted, truth, region.mask(), meaning, progress.part(0, 2));
    CubeErrors errors = CubeErrors.measure(predicted, truth, region.mask(), progress.part(1, 2));
    String name = "Spectral angle of " + prediction.getTitle();
    ImagePlus image = AngleView.map(name, angles, shown);
    CubeImages.copyPlace(prediction, image);
    ResultsTable results =
        Tables.of(
            AngleTable.of(
                prediction.getTitle(), reference.getTitle(), region.name(), angles, errors));
    ImagePlus plot = AngleView.histogram(name + ", histogram", angles, shown);
    show(results, name);
    map = image;
    table = results;
    histogram = plot;
  }

  private Region region() {
    int width = reference.getWidth();
    int height = reference.getHeight();
    Optional<ImagePlus> titled = OpenImages.named(mask, "the mask");
    if (titled.isPresent()) {
      Mask read = Masks.of(titled.get());
      Masks.requireSize(read, width, height);
      return new Region(titled.get().getTitle(), read);
    }
    return Stream.of(prediction, reference)
        .filter(image -> image.getRoi() != null && image.getRoi().isArea())
        .findFirst()
        .map(image -> roi(image, width, height))
        .orElseGet(() -> new Region("all pixels", Mask.all(width, height)));
  }

  private static Region roi(ImagePlus image, int width, int height) {
    Roi roi = image.getRoi();
    String name = roi.getName() == null ? "" : " '" + roi.getName() + "'";
    return new Region(
        "ROI%s of %s".formatted(name, image.getTitle()), Masks.of(roi, width, height));
  }
}

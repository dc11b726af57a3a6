package org.skinspectra.commands;

import ij.ImagePlus;
import ij.gui.Plot;
import ij.measure.ResultsTable;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.WholeFile;
import org.skinspectra.cube.CubeImages;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.format.SpectraFiles;
import org.skinspectra.report.TextTable;
import org.skinspectra.view.OpenImages;
import org.skinspectra.view.RegionOfInterest;
import org.skinspectra.view.RegionOfInterest.Source;
import org.skinspectra.view.RegionSpectra;
import org.skinspectra.view.RoiFollower;
import org.skinspectra.view.Tables;

/** Mean spectra of regions of one or several cubes. */
@Plugin(
    type = Command.class,
    menuPath = "Plugins>Skin Spectra>ROI Spectra...",
    headless = true,
    description = "Mean and standard deviation of the spectra of ROIs, plotted over nm.")
public final class RoiSpectra extends SkinSpectraCommand {

  @Parameter(label = "Cube", persist = false)
  private ImagePlus image;

  @Parameter(
      label = "Other cubes to overlay",
      description = "Titles of open images, separated by commas; 'all' for every open cube.",
      persist = false,
      required = false)
  private String others = "";

  @Parameter(
      label = "ROIs of",
      description = "auto: the ROI Manager, or the ROI of the image where that is empty.",
      choices = {"auto", "manager", "active", "overlay"},
      persist = false,
      required = false)
  private String regions = "auto";

  @Parameter(
      label = "Save as",
      style = "save",
      description =
          "The table as .csv, the spectra as .long.csv, ENVI library .sli or JCAMP-DX .jdx; leave empty to save nothing.",
      persist = false,
      required = false)
  private File csv;

  @Parameter(
      label = "Follow the ROI",
      description = "Draws the plot anew as the ROI of the cube changes, until one is closed.",
      persist = false,
      required = false)
  private boolean follow;

  @Parameter(type = ItemIO.OUTPUT)
  private ResultsTable table;

  @Parameter(type = ItemIO.OUTPUT)
  private ImagePlus plot;

  @Override
  protected void execute(ProgressMonitor progress) {
    Source source = Source.named(regions);
    if (follow && image.getWindow() == null) {
      throw new SkinSpectraException(
          "Image '%s' has no window in which its ROI could be followed. Show it, or do not ask to follow."
              .formatted(image.getTitle()));
    }
    Optional<Path> saved = path(csv);
    saved.filter(RoiSpectra::isOfSpectra).ifPresent(SpectraFiles::requireWritable);
    saved.ifPresent(WholeFile::requireWritable);
    List<ImagePlus> cubes = new ArrayList<>(List.of(image));
    cubes.addAll(OpenImages.cubes(others, image));
    RegionSpectra spectra = measure(taken(cubes, source, OpenImages::snapshot), progress);
    spectra.warnings().forEach(this::warn);
    TextTable rows = spectra.table();
    saved.ifPresent(
        file -> {
          if (isOfSpectra(file)) {
            SpectraFiles.write(spectra.spectra(), file);
          } else {
            rows.writeCsv(file);
          }
        });
    ImagePlus drawn = draw(spectra).getImagePlus();
    if (follow) {
      // Without copies: each drawing is followed by the next.
      new RoiFollower(
          image,
          drawn,
          () -> draw(measure(taken(cubes, source, CubeImages::toCube), ProgressMonitor.NONE)));
    }
    table = Tables.of(rows);
    plot = drawn;
    show(table, "ROI Spectra");
  }

  /** A cube with the regions that are to be measured on it. */
  private record Taken(String title, SpectralCube cube, List<RegionOfInterest> regions) {}

  /** Whether a file of this name holds spectra; a plain CSV holds the table as it is shown. */
  private static boolean isOfSpectra(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return SpectraFiles.isWritable(file) && (!name.endsWith(".csv") || name.endsWith(".long.csv"));
  }

  private List<Taken> taken(
      List<ImagePlus> cubes, Source source, Function<ImagePlus, SpectralCube> planes) {
    List<RegionOfInterest> first = chosen(image, source);
    if (first.isEmpty()) {
      first = RegionOfInterest.require(image, source);
    }
    List<Taken> taken = new ArrayList<>();
    for (ImagePlus cube : cubes) {
      List<RegionOfInterest> own = chosen(cube, source);
      // What is drawn on one cube holds for those on which nothing is drawn.
      taken.add(new Taken(cube.getTitle(), planes.apply(cube), own.isEmpty() ? first : own));
    }
    return taken;
  }

  private static RegionSpectra measure(List<Taken> cubes, ProgressMonitor progress) {
    RegionSpectra spectra = new RegionSpectra();
    for (int i = 0; i < cubes.size(); i++) {
      Taken cube = cubes.get(i);
      progress.checkCanceled("ROI spectra");
      progress.report("Spectra of " + cube.title(), i, cubes.size());
      spectra.add(cube.title(), cube.cube(), cube.regions());
    }
    return spectra;
  }

  private List<RegionOfInterest> chosen(ImagePlus cube, Source source) {
    return follow && cube == image
        ? RegionOfInterest.withActive(cube, source)
        : RegionOfInterest.of(cube, source);
  }

  private Plot draw(RegionSpectra spectra) {
    return spectra.plot("ROI spectra of " + image.getTitle()).plot();
  }
}

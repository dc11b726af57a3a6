package org.skinspectra.commands;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.WholeFile;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.IndexMap;
import org.skinspectra.measure.SkinIndex;
import org.skinspectra.measure.SkinIndices;
import org.skinspectra.report.TextTable;
import org.skinspectra.view.IndexImages;
import org.skinspectra.view.IndexTable;
import org.skinspectra.view.OpenImages;
import org.skinspectra.view.RegionOfInterest;
import org.skinspectra.view.RegionOfInterest.Source;
import org.skinspectra.view.Tables;

/** Maps of skin indices and their values in regions. */
@Plugin(
    type = Command.class,
    menuPath = "Plugins>Skin Spectra>Skin Indices...",
    headless = true,
    description =
        "Maps of skin indices and their values in ROIs. Of a reconstructed cube they are inferred"
            + " from 4 channels; none is clinically validated.")
public final class SkinIndexMaps extends SkinSpectraCommand {

  @Parameter(label = "Cube", persist = false)
  private ImagePlus image;

  @Parameter(
      label = "Index",
      description = "A macro may name several, separated by commas.",
      choices = {
        "all",
        "erythema",
        "melanin",
        "ita",
        "hbo2",
        "hb",
        "melanosomes",
        "sto2",
        "nir",
        "thi",
        "twi",
        "water970"
      },
      persist = false,
      required = false)
  private String index = SkinIndices.ALL;

  @Parameter(
      label = "ROIs of",
      description = "auto: the ROI Manager, the ROI of the image, or else the whole image.",
      choices = {"auto", "manager", "active", "overlay"},
      persist = false,
      required = false)
  private String regions = "auto";

  @Parameter(
      label = "Save table as CSV",
      style = "save",
      description = "Leave empty to save nothing.",
      persist = false,
      required = false)
  private File csv;

  @Parameter(type = ItemIO.OUTPUT)
  private ImagePlus maps;

  @Parameter(type = ItemIO.OUTPUT)
  private ResultsTable table;

  @Override
  protected void execute(ProgressMonitor progress) {
    List<SkinIndex> chosen = SkinIndices.discover().named(text(index, SkinIndices.ALL));
    Source source = Source.named(regions);
    List<RegionOfInterest> rois =
        source == Source.AUTO
            ? RegionOfInterest.of(image, source)
            : RegionOfInterest.require(image, source);
    Optional<Path> saved = path(csv);
    saved.ifPresent(WholeFile::requireWritable);
    SpectralCube cube = OpenImages.snapshot(image);
    // Every index is asked for its bands before the first is computed.
    chosen.forEach(one -> one.on(cube.wavelengths()));
    List<IndexMap> computed = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      computed.add(IndexMap.measure(chosen.get(i), cube, progress.part(i, chosen.size())));
    }
    TextTable rows = IndexTable.of(image, rois, computed);
    computed.forEach(this::sayWhatIsMissing);
    saved.ifPresent(rows::writeCsv);
    ImagePlus pictures = IndexImages.of(image, computed, rois);
    maps = pictures;
    table = Tables.of(rows);
    show(table, "Skin Indices");
  }

  private void sayWhatIsMissing(IndexMap map) {
    if (map.withoutValue() > 0) {
      warn(
          "%s: %d of %d pixels have no value, since reflectance there is not finite or the formula has none."
              .formatted(map.index().name(), map.withoutValue(), map.values().length));
    }
  }
}

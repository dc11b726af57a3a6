package org.skinspectra.view;

import ij.ImagePlus;
import java.util.List;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Masks;
import org.skinspectra.measure.IndexMap;
import org.skinspectra.report.TextTable;

/** Values of skin indices in regions, each with its formula. */
public final class IndexTable {

  private static final String[] HEADINGS = {
    "Label", "Index", "Mean", "SD", "Unit", "n", "Without value", "Formula", "Source", "Note"
  };
  private static final String WHOLE = "whole image";

  private IndexTable() {}

  /**
   * One row for each region and index.
   *
   * @param image that the maps were computed from
   * @param regions the whole image if there are none
   * @throws SkinSpectraException if a region holds no pixel of the image
   */
  public static TextTable of(ImagePlus image, List<RegionOfInterest> regions, List<IndexMap> maps) {
    TextTable table = TextTable.of(HEADINGS);
    if (regions.isEmpty()) {
      return with(table, image, WHOLE, Mask.all(image.getWidth(), image.getHeight()), maps);
    }
    for (RegionOfInterest region : regions) {
      Mask mask = Masks.of(region.roi(), image.getWidth(), image.getHeight());
      table = with(table, image, region.name(), mask, maps);
    }
    return table;
  }

  private static TextTable with(
      TextTable table, ImagePlus image, String region, Mask mask, List<IndexMap> maps) {
    TextTable more = table;
    for (IndexMap map : maps) {
      IndexMap.RoiValue value = map.in(mask);
      more =
          more.with(
              image.getTitle() + ": " + region,
              map.index().name(),
              value.mean(),
              value.sd(),
              map.index().unit(),
              value.n(),
              value.withoutValue(),
              map.index().formula(),
              map.index().source(),
              map.inference().note());
    }
    return more;
  }
}

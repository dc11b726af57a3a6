package org.skinspectra.view;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.process.LUT;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.skinspectra.cube.CubeImages;
import org.skinspectra.cube.DisplayRange;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Masks;
import org.skinspectra.measure.IndexMap;
import org.skinspectra.report.Viridis;

/** Maps of skin indices as ImageJ images. */
public final class IndexImages {

  private static final double TAIL = 0.01;

  private IndexImages() {}

  /**
   * One image of the maps' own planes, a channel each with a range, unit and calibration bar of its
   * own, decorated as the cube was. The Info states every formula and how far the values can be
   * trusted.
   *
   * @param cube that the maps were computed from
   * @param maps at least one
   * @param regions whose values the range is for, so that clothes and ground beside the skin do not
   *     take its colours; all pixels where there are none
   */
  public static ImagePlus of(ImagePlus cube, List<IndexMap> maps, List<RegionOfInterest> regions) {
    ImageStack stack = new ImageStack(cube.getWidth(), cube.getHeight());
    for (IndexMap map : maps) {
      stack.addSlice(map.index().nameWithUnit(), map.values());
    }
    String names = maps.size() == 1 ? maps.get(0).index().name() : maps.size() + " skin indices";
    ImagePlus image = new ImagePlus(cube.getTitle() + " " + names, stack);
    image.setDimensions(maps.size(), 1, 1);
    image.setProperty("Info", info(maps));
    CubeImages.copyDecorations(cube, image);
    Mask shown = shown(cube, regions);
    LUT[] luts = maps.stream().map(map -> lut(range(map.values(), shown))).toArray(LUT[]::new);
    if (maps.size() > 1) {
      image.setOpenAsHyperStack(true);
      CompositeImage composite = new CompositeImage(image, CompositeImage.COLOR);
      composite.setLuts(luts);
      // A composite image keeps neither.
      composite.setOverlay(image.getOverlay());
      composite.setRoi(image.getRoi());
      image = composite;
    } else {
      image.setLut(luts[0]);
      image.setDisplayRange(luts[0].min, luts[0].max);
      Calibration calibration = image.getCalibration();
      calibration.setValueUnit(maps.get(0).index().unit());
      // Where a macro finds the label of an image of one slice.
      image.setProp("Slice_Label", maps.get(0).index().nameWithUnit());
    }
    Overlay overlay = image.getOverlay() == null ? new Overlay() : image.getOverlay();
    for (int i = 0; i < luts.length; i++) {
      Roi[] bar =
          CalibrationBar.overlay(
                  image.getWidth(),
                  image.getHeight(),
                  luts[i].min,
                  luts[i].max,
                  suffix(maps.get(i).index().unit()),
                  Viridis::rgb)
              .toArray();
      for (Roi part : bar) {
        if (maps.size() > 1) {
          part.setPosition(i + 1, 0, 0);
        }
        overlay.add(part);
      }
    }
    image.setOverlay(overlay);
    return image;
  }

  /** As it follows a number. */
  private static String suffix(String unit) {
    return unit.equals("°") ? unit : " " + unit;
  }

  private static String info(List<IndexMap> maps) {
    return maps.stream()
        .map(
            map ->
                "%s (%s) = %s [%s]; %s\n"
                    .formatted(
                        map.index().name(),
                        map.index().unit(),
                        map.index().formula(),
                        map.index().source(),
                        map.inference().note()))
        .collect(Collectors.joining());
  }

  private static Mask shown(ImagePlus cube, List<RegionOfInterest> regions) {
    if (regions.isEmpty()) {
      return Mask.all(cube.getWidth(), cube.getHeight());
    }
    float[] weights = new float[cube.getWidth() * cube.getHeight()];
    for (RegionOfInterest region : regions) {
      Mask mask = Masks.of(region.roi(), cube.getWidth(), cube.getHeight());
      for (int i = 0; i < weights.length; i++) {
        weights[i] = Math.max(weights[i], mask.weights()[i]);
      }
    }
    return new Mask(cube.getWidth(), cube.getHeight(), weights);
  }

  /** From the 1st to the 99th percentile of what is finite. */
  private static DisplayRange range(float[] values, Mask shown) {
    float[] sorted = new float[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (shown.contains(i) && Float.isFinite(values[i])) {
        sorted[count++] = values[i];
      }
    }
    Arrays.sort(sorted, 0, count);
    if (count == 0) {
      return new DisplayRange(0, 1);
    }
    double low = sorted[(int) Math.floor(TAIL * (count - 1))];
    double high = sorted[(int) Math.ceil((1 - TAIL) * (count - 1))];
    return high > low ? new DisplayRange(low, high) : new DisplayRange(low, low + 1);
  }

  private static LUT lut(DisplayRange range) {
    byte[][] rgb = new byte[3][256];
    for (int i = 0; i < 256; i++) {
      int colour = Viridis.rgb(i / 255.0);
      for (int c = 0; c < 3; c++) {
        rgb[c][i] = (byte) (colour >> 16 - 8 * c);
      }
    }
    LUT lut = new LUT(rgb[0], rgb[1], rgb[2]);
    lut.min = range.min();
    lut.max = range.max();
    return lut;
  }
}

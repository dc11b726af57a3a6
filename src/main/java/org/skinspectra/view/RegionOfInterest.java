package org.skinspectra.view;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.plugin.frame.RoiManager;
import java.awt.GraphicsEnvironment;
import java.util.ArrayList;
import java.util.List;
import org.skinspectra.SkinSpectraException;

/**
 * A ROI and what to call it.
 *
 * @param name the ROI's own, or a number where it has none
 */
public record RegionOfInterest(String name, Roi roi) {

  /** Where regions are taken from. */
  public enum Source {
    /** The ROI Manager's, or the image's own where that is empty. */
    AUTO("auto"),
    /** Every ROI of the ROI Manager. */
    MANAGER("manager"),
    /** The ROI drawn on the image. */
    ACTIVE("active"),
    /** Every ROI of the image's overlay. */
    OVERLAY("overlay");

    private final String key;

    Source(String key) {
      this.key = key;
    }

    /**
     * The source of this name in macros.
     *
     * @throws SkinSpectraException if there is none, naming those there are
     */
    public static Source named(String key) {
      for (Source source : values()) {
        if (source.key.equals(key)) {
          return source;
        }
      }
      throw new SkinSpectraException(
          "Regions are not taken from '" + key + "' but from auto, manager, active or overlay.");
    }
  }

  private static final String ACTIVE_NAME = "ROI";

  /** The regions for an image; none where there are none. */
  public static List<RegionOfInterest> of(ImagePlus image, Source source) {
    return switch (source) {
      case MANAGER -> inManager();
      case ACTIVE -> active(image);
      case OVERLAY -> image.getOverlay() == null ? List.of() : named(image.getOverlay().toArray());
      case AUTO -> {
        List<RegionOfInterest> managed = inManager();
        yield managed.isEmpty() ? active(image) : managed;
      }
    };
  }

  /**
   * The regions for an image.
   *
   * @throws SkinSpectraException if there are none, saying how to make one
   */
  public static List<RegionOfInterest> require(ImagePlus image, Source source) {
    List<RegionOfInterest> regions = of(image, source);
    if (regions.isEmpty()) {
      throw new SkinSpectraException(
          switch (source) {
            case MANAGER -> "The ROI Manager holds no ROI. Draw one and press t to add it.";
            case OVERLAY ->
                "Image '%s' has no overlay. Draw a ROI and press b to add it."
                    .formatted(image.getTitle());
            default ->
                "Image '%s' has no ROI, and the ROI Manager holds none. Draw one on the image."
                    .formatted(image.getTitle());
          });
    }
    return regions;
  }

  /** The regions for an image, and last the one drawn on it if that is not among them. */
  public static List<RegionOfInterest> withActive(ImagePlus image, Source source) {
    List<RegionOfInterest> regions = new ArrayList<>(of(image, source));
    for (RegionOfInterest active : active(image)) {
      if (regions.stream().noneMatch(region -> region.roi().equals(active.roi()))) {
        regions.add(active);
      }
    }
    return regions;
  }

  private static List<RegionOfInterest> inManager() {
    // A macro's batch mode would make one, which without a display is an error.
    RoiManager manager = GraphicsEnvironment.isHeadless() ? null : RoiManager.getInstance2();
    return manager == null ? List.of() : named(manager.getRoisAsArray());
  }

  private static List<RegionOfInterest> active(ImagePlus image) {
    Roi roi = image.getRoi();
    if (roi == null) {
      return List.of();
    }
    String name = roi.getName() == null ? ACTIVE_NAME : roi.getName();
    return List.of(new RegionOfInterest(name, (Roi) roi.clone()));
  }

  private static List<RegionOfInterest> named(Roi[] rois) {
    List<RegionOfInterest> regions = new ArrayList<>();
    for (Roi roi : rois) {
      String name =
          roi.getName() == null ? ACTIVE_NAME + " " + (regions.size() + 1) : roi.getName();
      regions.add(new RegionOfInterest(name, (Roi) roi.clone()));
    }
    return regions;
  }
}

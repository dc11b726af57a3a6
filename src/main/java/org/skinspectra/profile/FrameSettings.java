package org.skinspectra.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.PixelType;

/**
 * What two frames must have in common so that their pixels can be compared.
 *
 * @param binning as the camera names it, where it does
 * @param region of the sensor as the camera names it, where it does
 */
record FrameSettings(
    int width,
    int height,
    PixelType type,
    int bits,
    String camera,
    double exposureMs,
    double gain,
    Optional<String> binning,
    Optional<String> region) {

  /** The names that Micro-Manager has for these tags. */
  private static final String BINNING_TAG = "Binning";

  private static final String REGION_TAG = "ROI";

  static FrameSettings of(Frame frame) {
    return new FrameSettings(
        frame.width(),
        frame.height(),
        frame.type(),
        frame.bits(),
        frame.tags().camera(),
        frame.tags().exposureMs(),
        frame.tags().gain(),
        Optional.ofNullable(frame.tags().all().get(BINNING_TAG)),
        Optional.ofNullable(frame.tags().all().get(REGION_TAG)));
  }

  /** Whether both have the same pixels, whatever took them. */
  boolean hasSizeAndTypeOf(FrameSettings other) {
    return width == other.width && height == other.height && type == other.type;
  }

  /** In what this differs from another frame, "this, not that"; exposure and gain left out. */
  List<String> differences(FrameSettings other) {
    List<String> found = new ArrayList<>();
    add(found, "", size(), other.size());
    add(found, "pixel type ", type.key(), other.type.key());
    add(found, "bits ", bits, other.bits);
    add(found, "camera ", camera, other.camera);
    if (binning.isPresent() && other.binning.isPresent()) {
      add(found, "binning ", binning.get(), other.binning.get());
    }
    if (region.isPresent() && other.region.isPresent()) {
      add(found, "region ", region.get(), other.region.get());
    }
    return found;
  }

  private String size() {
    return width + "x" + height + " pixels";
  }

  private static void add(List<String> found, String what, Object here, Object there) {
    if (!Objects.equals(here, there)) {
      found.add(what + here + ", not " + there);
    }
  }

  /** The larger of the relative deviations of exposure and gain. */
  double exposureDeviation(FrameSettings other) {
    return Math.max(Math.abs(exposureMs / other.exposureMs - 1), Math.abs(gain / other.gain - 1));
  }

  /** Exposure and gain for people. */
  String exposure() {
    return exposureMs + " ms at gain " + gain;
  }
}

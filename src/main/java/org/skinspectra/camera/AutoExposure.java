package org.skinspectra.camera;

import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.PixelType;

/**
 * How an exposure is found: the brightest channel shall reach a share of full scale, where a
 * channel's brightness is a percentile of its pixels, so that a few glossy ones do not count. A
 * grey frame may be a mosaic, so its four places of two by two pixels are looked at as channels of
 * their own. Immutable and without state: the next exposure follows from one frame alone.
 *
 * @param target share of full scale, 0.05 to 0.95
 * @param percentile of the pixels of a channel, 50 to 100
 * @param tolerance largest distance from the target that is good enough, as a share of full scale
 * @param minMs shortest exposure, milliseconds
 * @param maxMs longest exposure, milliseconds
 * @param maxFrames after which it is given up
 */
public record AutoExposure(
    double target, double percentile, double tolerance, double minMs, double maxMs, int maxFrames) {

  /** For a white reference: 75 % of full scale at the 99th percentile, within 3 %. */
  public static final AutoExposure WHITE = new AutoExposure(0.75, 99, 0.03, 0.01, 10_000, 12);

  /** Share of full scale from which a percentile says only that there is too much light. */
  private static final double CLIPPED = 0.98;

  private static final double LARGEST_STEP = 8;

  /**
   * @throws SkinSpectraException if a value is not in the range stated for it
   */
  public AutoExposure {
    require("target", target, 0.05, 0.95);
    require("percentile", percentile, 50, 100);
    require("tolerance", tolerance, 0.001, 0.5);
    require("shortest exposure", minMs, 1e-6, RigStep.MAX_EXPOSURE_MS);
    require("longest exposure", maxMs, minMs, RigStep.MAX_EXPOSURE_MS);
    require("number of frames", maxFrames, 1, 1000);
  }

  /** The same with other limits of the exposure, milliseconds. */
  public AutoExposure between(double newMinMs, double newMaxMs) {
    return new AutoExposure(target, percentile, tolerance, newMinMs, newMaxMs, maxFrames);
  }

  /**
   * What a frame says of its exposure.
   *
   * @param exposureMs the next exposure to try; that of the frame where there is none better
   * @param level share of full scale that the brightest channel reaches at the percentile
   * @param reached whether that is near enough to the target
   */
  public record Advice(double exposureMs, double level, boolean reached) {

    /** Whether neither this exposure is right nor another one could be tried. */
    public boolean isStuckAt(double frameExposureMs) {
      return !reached && exposureMs == frameExposureMs;
    }
  }

  /**
   * Looks at a frame.
   *
   * @throws SkinSpectraException if its pixels are floating-point numbers, which have no full scale
   */
  public Advice advise(Frame frame) {
    if (frame.type() == PixelType.GRAY32) {
      throw new SkinSpectraException(
          "Frames of camera %s are 32-bit numbers without a full scale, so no exposure can be found for them. Set one by hand, or another pixel type."
              .formatted(frame.tags().camera()));
    }
    double level = level(frame);
    double exposure = frame.tags().exposureMs();
    if (Math.abs(level - target) <= tolerance) {
      return new Advice(exposure, level, true);
    }
    double factor =
        level >= CLIPPED
            ? 1 / (LARGEST_STEP / 2)
            : Math.min(LARGEST_STEP, target / Math.max(level, 1e-9));
    return new Advice(Math.max(minMs, Math.min(maxMs, exposure * factor)), level, false);
  }

  private double level(Frame frame) {
    double level = 0;
    for (int c = 0; c < frame.type().channels(); c++) {
      float[] plane = frame.plane(c);
      if (frame.type().channels() > 1 || Math.min(frame.width(), frame.height()) < 2) {
        level = Math.max(level, percentile(plane, 0, 1, plane.length, 1, frame));
      } else {
        for (int site = 0; site < 4; site++) {
          int first = (site / 2) * frame.width() + site % 2;
          level = Math.max(level, percentile(plane, first, 2, frame.width(), 2, frame));
        }
      }
    }
    return level / frame.fullScale();
  }

  /** Nearest-rank percentile of every {@code step}-th count in every {@code rows}-th row. */
  private double percentile(
      float[] plane, int first, int step, int rowLength, int rows, Frame frame) {
    int[] histogram = new int[(int) frame.fullScale() + 1];
    int column = first % rowLength;
    int count = 0;
    for (int row = first / rowLength; row < plane.length / rowLength; row += rows) {
      for (int x = column; x < rowLength; x += step) {
        histogram[Math.min(histogram.length - 1, (int) plane[row * rowLength + x])]++;
        count++;
      }
    }
    long rank = Math.max(1, (long) Math.ceil(percentile / 100 * count));
    int value = -1;
    for (long below = 0; below < rank; ) {
      below += histogram[++value];
    }
    return value;
  }

  private static void require(String what, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new SkinSpectraException(
          "The automatic exposure cannot have the %s %s; it is a number from %s to %s."
              .formatted(what, Text.number(value), Text.number(min), Text.number(max)));
    }
  }
}

package org.skinspectra.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.profile.CalibratedChannels;
import org.skinspectra.profile.CalibrationReport;
import org.skinspectra.profile.ChannelMap;

/**
 * The channels of a picture as reflectance factors, 960 nm on pixels of its own.
 *
 * @param width of R, G and B, pixels
 * @param height of R, G and B, pixels
 * @param visible planes R, G and B {@code [y][x]}
 * @param infraredWidth of 960 nm, pixels
 * @param infraredHeight of 960 nm, pixels
 * @param infrared plane at 960 nm {@code [y][x]}
 * @param reports of the channels of the rig
 */
record PictureReflectance(
    int width,
    int height,
    List<float[]> visible,
    int infraredWidth,
    int infraredHeight,
    float[] infrared,
    Map<String, CalibrationReport> reports) {

  /**
   * @param calibrated channels of the rig, 960 nm last
   * @param infrared one plane of the last
   * @throws SkinSpectraException if R, G and B were taken in several sizes
   */
  static PictureReflectance of(Map<String, CalibratedChannels> calibrated, float[] infrared) {
    Map<String, CalibrationReport> reports = new LinkedHashMap<>();
    List<float[]> visible = new ArrayList<>();
    CalibratedChannels colour = null;
    CalibratedChannels last = null;
    for (Map.Entry<String, CalibratedChannels> entry : calibrated.entrySet()) {
      last = entry.getValue();
      reports.put(entry.getKey(), last.report());
      if (visible.size() < ChannelMap.CHANNELS - 1) {
        requireSameSize(colour, last);
        colour = last;
        visible.addAll(Arrays.asList(last.planes()));
      }
    }
    return new PictureReflectance(
        colour.width(), colour.height(), visible, last.width(), last.height(), infrared, reports);
  }

  private static void requireSameSize(CalibratedChannels before, CalibratedChannels next) {
    if (before != null && (before.width() != next.width() || before.height() != next.height())) {
      throw new SkinSpectraException(
          "R, G and B have frames of %dx%d and %dx%d pixels. Take them with one region and binning."
              .formatted(before.width(), before.height(), next.width(), next.height()));
    }
  }

  /** Whether 960 nm has as many pixels as the others. */
  boolean isOfOneSize() {
    return width == infraredWidth && height == infraredHeight;
  }

  /**
   * R, G, B and 960 nm in a part of the RGB image.
   *
   * @param onRgb the 960 nm plane on the pixels of RGB
   */
  float[][] planes(float[] onRgb, CoveredRegion region) {
    return IntStream.range(0, ChannelMap.CHANNELS)
        .mapToObj(c -> region.of(c < visible.size() ? visible.get(c) : onRgb, width))
        .toArray(float[][]::new);
  }
}

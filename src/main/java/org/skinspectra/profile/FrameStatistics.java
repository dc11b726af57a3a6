package org.skinspectra.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Masks;

/**
 * A frame in numbers, to expose and to focus by.
 *
 * @param channels R, G and B, or that of the rig's step
 * @param fullScale largest number that can be delivered; NaN for floating point
 */
public record FrameStatistics(List<ChannelStatistics> channels, double fullScale) {

  public FrameStatistics {
    channels = List.copyOf(channels);
  }

  /** Share of the pixels that do not exceed the level of a channel. */
  private static final double LEVEL_QUANTILE = 0.99;

  /** The statistics of all pixels, over a black level of 0. */
  public static FrameStatistics of(Frame frame, Optional<BayerPattern> mosaic) {
    return of(frame, mosaic, Mask.all(frame.width(), frame.height()), 0);
  }

  /**
   * The statistics of a region.
   *
   * @param mosaic pattern, where the frame is one
   * @param blackLevel digital number of no light
   * @throws org.skinspectra.SkinSpectraException if the mask has another size than the frame, or
   *     the frame can be no mosaic
   */
  public static FrameStatistics of(
      Frame frame, Optional<BayerPattern> mosaic, Mask region, double blackLevel) {
    Masks.requireSize(region, frame.width(), frame.height());
    ChannelLayout layout =
        ChannelLayout.of(
            frame.type(), frame.width(), frame.height(), mosaic, frame.tags().channel());
    List<ChannelStatistics> channels = new ArrayList<>();
    for (int c = 0; c < layout.channels(); c++) {
      int plane = layout.planes() == 1 ? 0 : c;
      channels.add(channel(frame, frame.plane(plane), layout, plane, c, region, blackLevel));
    }
    return new FrameStatistics(channels, frame.fullScale());
  }

  /**
   * The statistics of a region, with what the profile tells of the sensor of the frame's step.
   *
   * @throws org.skinspectra.SkinSpectraException if the mask has another size than the frame
   */
  public static FrameStatistics of(Frame frame, CameraProfile profile, Mask region) {
    SensorProfile sensor = profile.sensor(frame.tags().channel());
    return of(frame, mosaic(frame, sensor), region, blackLevel(frame, sensor));
  }

  /** The pattern of a grey RGB frame; that of 960 nm is looked at as the grey that it is. */
  private static Optional<BayerPattern> mosaic(Frame frame, SensorProfile sensor) {
    return frame.tags().channel().equals("RGB") && frame.type().channels() == 1
        ? sensor.bayer()
        : Optional.empty();
  }

  private static double blackLevel(Frame frame, SensorProfile sensor) {
    return frame.bits() == sensor.bits() ? sensor.blackLevelDn() : 0;
  }

  /**
   * How bright a channel is: its 99th percentile as a share of full scale; NaN for floating point.
   */
  public double level(ChannelStatistics channel) {
    return channel.histogram().quantile(LEVEL_QUANTILE) / fullScale;
  }

  /** The largest fraction of saturated pixels of any channel. */
  public double saturated() {
    return channels.stream().mapToDouble(ChannelStatistics::saturated).max().orElse(0);
  }

  private static ChannelStatistics channel(
      Frame frame,
      float[] values,
      ChannelLayout layout,
      int plane,
      int channel,
      Mask region,
      double blackLevel) {
    float[] inside = new float[values.length];
    int n = 0;
    double sum = 0;
    int saturated = 0;
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++) {
        int i = y * frame.width() + x;
        if (layout.channel(plane, x, y) == channel && region.contains(i)) {
          inside[n++] = values[i];
          sum += values[i];
          saturated += values[i] >= frame.fullScale() ? 1 : 0;
        }
      }
    }
    double mean = sum / n;
    double light = mean - blackLevel;
    double gradient = squaredGradient(values, frame, layout, plane, channel, region);
    return new ChannelStatistics(
        layout.names().get(channel),
        mean,
        n == 0 ? 0 : (double) saturated / n,
        light > 0 ? gradient / (light * light) : 0,
        CountHistogram.of(inside, n, frame.bits()));
  }

  /** Mean over the channel's pixels that have all neighbours; 0 if there are none. */
  private static double squaredGradient(
      float[] v, Frame frame, ChannelLayout layout, int plane, int channel, Mask region) {
    // In a mosaic the pixels that see the same are two apart.
    int side = layout.mosaic().isPresent() ? 2 : 1;
    int width = frame.width();
    int up = side * width;
    List<double[]> bands =
        RowBands.map(
            frame.height(),
            (from, to) -> {
              double sum = 0;
              int n = 0;
              for (int y = Math.max(from, side); y < Math.min(to, frame.height() - side); y++) {
                for (int x = side; x < width - side; x++) {
                  int i = y * width + x;
                  if (layout.channel(plane, x, y) != channel || !region.contains(i)) {
                    continue;
                  }
                  double across =
                      (double) v[i + side - up]
                          - v[i - side - up]
                          + 2.0 * (v[i + side] - v[i - side])
                          + v[i + side + up]
                          - v[i - side + up];
                  double down =
                      (double) v[i + up - side]
                          - v[i - up - side]
                          + 2.0 * (v[i + up] - v[i - up])
                          + v[i + up + side]
                          - v[i - up + side];
                  sum += across * across + down * down;
                  n++;
                }
              }
              return new double[] {sum, n};
            });
    double sum = 0;
    double n = 0;
    for (double[] band : bands) {
      sum += band[0];
      n += band[1];
    }
    double perPixel = 8.0 * side;
    return n == 0 ? 0 : sum / n / (perPixel * perPixel);
  }
}

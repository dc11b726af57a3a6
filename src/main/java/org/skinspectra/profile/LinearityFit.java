package org.skinspectra.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Masks;

/**
 * The linearity of a camera, from pictures of one even, steady light at several exposures.
 *
 * @param curve that makes the camera linear
 * @param error linearity error of the camera without it (EMVA 1288 Release 4): mean absolute
 *     relative deviation from the regression line of least relative squares, over the exposures
 *     between 5 % and 95 % of saturation; 0.01 is 1 %
 * @param points number of exposures that were used
 */
public record LinearityFit(LinearityCurve curve, double error, int points) {

  private static final double LOWEST = 0.05;
  private static final double HIGHEST = 0.95;
  private static final int FEWEST = 3;

  /**
   * One exposure.
   *
   * @param exposureMs milliseconds
   * @param dn mean or median digital number of the lit frame
   * @param dark digital number in the dark of the same exposure
   */
  public record Point(double exposureMs, double dn, double dark) {

    /**
     * @throws SkinSpectraException if a number is not finite or the exposure not above 0
     */
    public Point {
      if (!(exposureMs > 0 && Double.isFinite(exposureMs + dn + dark))) {
        throw new SkinSpectraException(
            "An exposure of %s ms with the digital number %s over the dark %s is no measurement."
                .formatted(exposureMs, dn, dark));
      }
    }
  }

  /**
   * Fits a curve to points. Those outside of 5 % to 95 % of full scale above the dark are left out.
   *
   * @param points in any order
   * @param fullScale at which the camera saturates
   * @throws SkinSpectraException if fewer than three exposures remain or the numbers do not rise
   *     with the exposure
   */
  public static LinearityFit of(List<Point> points, double fullScale) {
    List<Point> used =
        points.stream()
            .filter(p -> isWithin((p.dn() - p.dark()) / (fullScale - p.dark())))
            .sorted(Comparator.comparingDouble(Point::exposureMs))
            .toList();
    if (used.size() < FEWEST) {
      throw new SkinSpectraException(
          "%d of %d exposures are between 5 %% and 95 %% of the full scale %s; a linearity curve needs %d. Take more exposures between these."
              .formatted(used.size(), points.size(), fullScale, FEWEST));
    }
    double slope = slopeThroughDark(used);
    double dark = used.stream().mapToDouble(Point::dark).average().orElseThrow();
    double[] dn = new double[used.size() + 1];
    double[] linear = new double[dn.length];
    dn[0] = dark;
    linear[0] = dark;
    for (int i = 1; i < dn.length; i++) {
      Point p = used.get(i - 1);
      dn[i] = p.dn();
      linear[i] = dark + slope * p.exposureMs();
    }
    return new LinearityFit(LinearityCurve.of(dn, linear), error(used), used.size());
  }

  /**
   * Fits a curve to frames of an even light, of which the brightest channel counts. Frames are
   * looked at one after the other, so that they need not be in memory together.
   *
   * @param frames at several exposures
   * @param dark frames; of those, each exposure takes the one nearest to it
   * @param mosaic of the sensor
   * @param region that counts, evenly lit
   * @param saturation number at which the sensor saturates, where that is below the largest that
   *     its bits can hold
   * @throws SkinSpectraException if frames are not of one size, type and camera, or as above
   */
  public static LinearityFit of(
      Iterable<FrameMean> frames,
      Iterable<FrameMean> dark,
      Optional<BayerPattern> mosaic,
      Mask region,
      Optional<Double> saturation) {
    Series series = new Series(mosaic, region);
    List<Levels> lit = series.levels(frames);
    List<Levels> unlit = series.levels(dark);
    if (lit.isEmpty() || unlit.isEmpty()) {
      throw new SkinSpectraException(
          "Linearity is measured from lit frames at several exposures and at least one dark frame; there are %d and %d."
              .formatted(lit.size(), unlit.size()));
    }
    double[] brightest = lit.get(0).dn();
    int channel =
        IntStream.range(0, brightest.length)
            .boxed()
            .max(Comparator.comparingDouble(c -> brightest[c]))
            .orElseThrow();
    List<Point> points = new ArrayList<>();
    for (Levels level : lit) {
      double exposure = level.exposureMs();
      Levels nearest =
          unlit.stream()
              .min(Comparator.comparingDouble(d -> Math.abs(d.exposureMs() - exposure)))
              .orElseThrow();
      points.add(new Point(exposure, level.dn()[channel], nearest.dn()[channel]));
    }
    return of(points, saturation.orElse(series.first.fullScale()));
  }

  /** The level of every channel at one exposure. */
  private record Levels(double exposureMs, double[] dn) {}

  /** Frames that differ in their exposure alone. */
  private static final class Series {

    private final Optional<BayerPattern> mosaic;
    private final Mask region;
    private FrameMean first;
    private ChannelLayout layout;

    Series(Optional<BayerPattern> mosaic, Mask region) {
      this.mosaic = mosaic;
      this.region = region;
    }

    List<Levels> levels(Iterable<FrameMean> frames) {
      List<Levels> levels = new ArrayList<>();
      for (FrameMean frame : frames) {
        if (first == null) {
          begin(frame);
        }
        requireAlike(first, frame);
        double[] dn =
            IntStream.range(0, layout.channels())
                .mapToDouble(c -> level(frame, layout, c, region))
                .toArray();
        levels.add(new Levels(frame.tags().exposureMs(), dn));
      }
      return levels;
    }

    private void begin(FrameMean frame) {
      Masks.requireSize(region, frame.width(), frame.height());
      if (Double.isNaN(frame.fullScale())) {
        throw new SkinSpectraException(
            "32-bit frames have no full scale, so that their saturation is not known. Take the exposure series in 8 or 16 bits.");
      }
      first = frame;
      layout =
          ChannelLayout.of(
              frame.type(), frame.width(), frame.height(), mosaic, frame.tags().channel());
    }
  }

  private static boolean isWithin(double share) {
    return share >= LOWEST && share <= HIGHEST;
  }

  private static void requireAlike(FrameMean first, FrameMean frame) {
    List<String> differences = frame.settings().differences(first.settings());
    if (frame.tags().gain() != first.tags().gain()) {
      differences.add("gain " + frame.tags().gain() + ", not " + first.tags().gain());
    }
    if (!differences.isEmpty()) {
      throw new SkinSpectraException(
          "A frame of the exposure series at %s ms differs from the first: %s. Change the exposure alone."
              .formatted(frame.tags().exposureMs(), String.join("; ", differences)));
    }
  }

  /** Median of a channel's pixels, which a few bad ones do not move. */
  private static double level(FrameMean frame, ChannelLayout layout, int channel, Mask region) {
    double[] values = new double[region.count()];
    int n = 0;
    int plane = layout.planes() == 1 ? 0 : channel;
    float[] mean = frame.mean(plane);
    for (int i = 0; i < mean.length; i++) {
      if (region.contains(i)
          && layout.channel(plane, i % frame.width(), i / frame.width()) == channel) {
        values[n++] = mean[i];
      }
    }
    if (n == 0) {
      throw new SkinSpectraException(
          "The region holds no pixel of channel %s; draw it on the evenly lit part of the frame."
              .formatted(layout.names().get(channel)));
    }
    return new Median().evaluate(values, 0, n);
  }

  /** Least relative squares of dn - dark = slope · exposure. */
  private static double slopeThroughDark(List<Point> points) {
    double up = 0;
    double down = 0;
    for (Point p : points) {
      double ratio = p.exposureMs() / (p.dn() - p.dark());
      up += ratio;
      down += ratio * ratio;
    }
    return up / down;
  }

  private static double error(List<Point> points) {
    double s = 0;
    double sx = 0;
    double sxx = 0;
    double sy = 0;
    double sxy = 0;
    for (Point p : points) {
      double x = p.exposureMs();
      double y = p.dn() - p.dark();
      double weight = 1 / (y * y);
      s += weight;
      sx += weight * x;
      sxx += weight * x * x;
      sy += weight * y;
      sxy += weight * x * y;
    }
    double slope = (s * sxy - sx * sy) / (s * sxx - sx * sx);
    double offset = (sy - slope * sx) / s;
    double sum = 0;
    for (Point p : points) {
      double line = offset + slope * p.exposureMs();
      sum += Math.abs((p.dn() - p.dark() - line) / line);
    }
    return sum / points.size();
  }
}

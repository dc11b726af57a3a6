package org.skinspectra.profile;

import org.skinspectra.SkinSpectraException;

/**
 * The rule that finds an exposure: a quantile of the brightest channel comes to a share of full
 * scale, unless more than a few pixels of any channel would clip before. Without memory: the next
 * exposure follows from the last frame alone. Where nothing clips the camera is taken as linear, so
 * that two or three frames are enough; a clipped frame tells too little, and the exposure is cut by
 * a fixed factor.
 *
 * @param target share of full scale
 * @param quantile of the pixels that is brought there, such as 0.99
 * @param clipped largest fraction of saturated pixels of any channel
 * @param tolerance relative error of the exposure at which it is left as it is
 * @param shortestMs exposure, milliseconds
 * @param longestMs exposure, milliseconds
 * @param blackLevel digital number of no light
 */
public record AutoExposure(
    double target,
    double quantile,
    double clipped,
    double tolerance,
    double shortestMs,
    double longestMs,
    double blackLevel) {

  /**
   * For a white reference: the 99th percentile at 75 % of full scale within 3 %, one in a thousand
   * pixels clipped, 10 µs to 10 s.
   */
  public static final AutoExposure WHITE =
      new AutoExposure(0.75, 0.99, 0.001, 0.03, 0.01, 10_000, 0);

  /** Pixels above this share of full scale are too close to clipping to be brought there. */
  private static final double CEILING = 0.98;

  private static final double LARGEST_FACTOR = 8;

  /** Where an exposure stands. */
  public enum Outcome {
    /** Take a frame with the next exposure and ask again. */
    ADJUST,
    /** The exposure is right. */
    DONE,
    /** The longest exposure is too dark: more light or gain is needed. */
    TOO_DARK,
    /** The shortest exposure is too bright: less light or gain is needed. */
    TOO_BRIGHT
  }

  /**
   * What to do next.
   *
   * @param exposureMs the next exposure, or the last where nothing is left to do
   * @param outcome where it stands
   */
  public record Step(double exposureMs, Outcome outcome) {}

  /**
   * @throws SkinSpectraException if a share is not within its range, or the exposures are not above
   *     0 and in order
   */
  public AutoExposure {
    requireWithin("target", target, 0.05, 0.95);
    requireWithin("quantile", quantile, 0.5, 1);
    requireWithin("clipped", clipped, 0, 0.5);
    requireWithin("tolerance", tolerance, 0.001, 0.5);
    if (!(shortestMs > 0 && shortestMs <= longestMs && longestMs < Double.POSITIVE_INFINITY)) {
      throw new SkinSpectraException(
          "Automatic exposure from %s ms to %s ms is not possible; state times above 0, the shorter first."
              .formatted(shortestMs, longestMs));
    }
    if (!(blackLevel >= 0 && blackLevel < Double.POSITIVE_INFINITY)) {
      throw new SkinSpectraException(
          "A camera has no black level %s; state a digital number from 0.".formatted(blackLevel));
    }
  }

  /** The 99th percentile at a target, one in a thousand pixels clipped, within 5 %. */
  public static AutoExposure to(double target, double shortestMs, double longestMs) {
    return new AutoExposure(target, 0.99, 0.001, 0.05, shortestMs, longestMs, 0);
  }

  /** The same rule for a camera with a black level. */
  public AutoExposure withBlackLevel(double level) {
    return new AutoExposure(target, quantile, clipped, tolerance, shortestMs, longestMs, level);
  }

  /** The same rule with other limits of the exposure, milliseconds. */
  public AutoExposure between(double newShortestMs, double newLongestMs) {
    return new AutoExposure(
        target, quantile, clipped, tolerance, newShortestMs, newLongestMs, blackLevel);
  }

  /**
   * Share of full scale that the brightest channel reaches at the quantile, black level included.
   */
  public double level(FrameStatistics statistics) {
    return statistics.channels().stream()
            .filter(channel -> channel.histogram().total() > 0)
            .mapToDouble(channel -> channel.histogram().quantile(quantile))
            .max()
            .orElse(0)
        / statistics.fullScale();
  }

  /**
   * The next exposure.
   *
   * @param statistics of a frame
   * @param exposureMs of that frame
   * @throws SkinSpectraException if the frame has no full scale or no pixel, or its black level is
   *     no black level
   */
  public Step next(FrameStatistics statistics, double exposureMs) {
    double fullScale = statistics.fullScale();
    if (Double.isNaN(fullScale)) {
      throw new SkinSpectraException(
          "Automatic exposure is not possible for frames without a full scale, which are 32-bit numbers. Set the exposure by hand, or the camera's pixel type to 8 or 16 bits.");
    }
    if (!(fullScale * target > blackLevel)) {
      throw new SkinSpectraException(
          "Automatic exposure is not possible with the full scale %s and the black level %s: it needs %s of full scale above the black level. Set the exposure by hand, or correct the black level."
              .formatted(fullScale, blackLevel, target));
    }
    if (statistics.channels().stream().allMatch(c -> c.histogram().total() == 0)) {
      throw new SkinSpectraException(
          "Automatic exposure is not possible for a region without a pixel; draw it on the picture.");
    }
    double factor = LARGEST_FACTOR;
    for (ChannelStatistics channel : statistics.channels()) {
      if (channel.histogram().total() > 0) {
        factor = Math.min(factor, factor(channel, fullScale));
      }
    }
    boolean clips = statistics.saturated() > clipped;
    if (!clips && Math.abs(factor - 1) <= tolerance) {
      return new Step(exposureMs, Outcome.DONE);
    }
    double next = Math.max(shortestMs, Math.min(longestMs, exposureMs * factor));
    if (factor > 1 && exposureMs >= longestMs) {
      return new Step(longestMs, Outcome.TOO_DARK);
    }
    if (factor < 1 && exposureMs <= shortestMs) {
      return new Step(shortestMs, Outcome.TOO_BRIGHT);
    }
    return new Step(next, Outcome.ADJUST);
  }

  private double factor(ChannelStatistics channel, double fullScale) {
    if (channel.saturated() > clipped) {
      return channel.saturated() > 0.5 ? 1 / LARGEST_FACTOR : 0.5;
    }
    double toTarget = ratio(target * fullScale, channel.histogram().quantile(quantile));
    double toCeiling = ratio(CEILING * fullScale, channel.histogram().quantile(1 - clipped));
    return Math.max(1 / LARGEST_FACTOR, Math.min(toTarget, toCeiling));
  }

  private double ratio(double wanted, double seen) {
    // Less than one count of light tells nothing but that there is too little.
    return (wanted - blackLevel) / Math.max(1, seen - blackLevel);
  }

  private static void requireWithin(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new SkinSpectraException(
          "Automatic exposure with %s %s is not possible; state a number from %s to %s."
              .formatted(name, value, least, most));
    }
  }
}

package org.skinspectra.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * The pixels of a sensor that cannot be calibrated, found in its dark and white references by
 * comparing each pixel with the median of its eight nearest neighbours of the same colour, so that
 * neither a glow of the dark nor vignetting counts. Spread is measured by the median absolute
 * deviation, which the bad pixels do not move. Immutable.
 *
 * <p>A pixel is <i>hot</i> if the level of either dark is above its neighbours' by more than
 * {@value #OUTLIER} standard deviations and {@value #DARK_EXCESS} of the white signal; <i>dead</i>
 * if its white signal (white less dark) is not above 0, or differs from its neighbours' by more
 * than {@value #OUTLIER} standard deviations and {@value #RESPONSE_DEVIATION} of it;
 * <i>unstable</i> if its temporal variance over four frames or more is beyond what chance gives
 * once in 10⁹ pixels of twice the typical variance, and its standard deviation above {@value
 * #UNSTABLE_DEVIATION} of the white signal.
 *
 * <p>DSNU and PRNU are the dark signal and photo response non-uniformities of EMVA 1288 Release 4,
 * of single pixels: what is left after the neighbourhood's median is taken off, less the temporal
 * noise of the mean where that is known.
 */
public final class BadPixels {

  static final double OUTLIER = 8;
  static final double DARK_EXCESS = 0.02;
  static final double RESPONSE_DEVIATION = 0.2;
  static final double UNSTABLE_DEVIATION = 0.01;

  private static final double CHANCE = 1e-9;
  private static final int FEWEST_FRAMES = 4;
  private static final int SAMPLE = 1 << 16;

  /** Normal standard deviation over median absolute deviation. */
  private static final double MAD_TO_SIGMA = 1.4826;

  /** Variance of a normal value less the median of eight others, over that of the value. */
  private static final double RESIDUAL_VARIANCE = 1.168;

  /**
   * Non-uniformity of a channel without its outliers.
   *
   * @param channel name
   * @param dsnu of the dark, counts
   * @param prnu of the white signal, relative to it; 0.01 is 1 %
   */
  public record NonUniformity(String channel, double dsnu, double prnu) {}

  private final BitSet[] bad;
  private final int dead;
  private final int hot;
  private final int unstable;
  private final List<NonUniformity> nonUniformity;

  private BadPixels(BitSet[] d, BitSet[] h, BitSet[] u, List<NonUniformity> nonUniformity) {
    bad = new BitSet[d.length];
    for (int p = 0; p < bad.length; p++) {
      bad[p] = (BitSet) d[p].clone();
      bad[p].or(h[p]);
      bad[p].or(u[p]);
    }
    dead = count(d);
    hot = count(h);
    unstable = count(u);
    this.nonUniformity = List.copyOf(nonUniformity);
  }

  /**
   * Finds the bad pixels.
   *
   * @param signal linear white less linear dark of each plane
   */
  static BadPixels find(CalibrationReferences references, float[][] signal, ChannelLayout layout) {
    FrameMean white = references.white();
    BitSet[] dead = emptySets(layout.planes());
    BitSet[] hot = emptySets(layout.planes());
    BitSet[] unstable = emptySets(layout.planes());
    List<NonUniformity> found = new ArrayList<>();
    for (int p = 0; p < layout.planes(); p++) {
      float[] excess = residual(references.whiteDark().mean(p), white, layout, p, false);
      float[] ownExcess =
          references.dark() == references.whiteDark()
              ? excess
              : residual(references.dark().mean(p), white, layout, p, false);
      float[] response = residual(signal[p], white, layout, p, true);
      for (int c = 0; c < layout.channels(); c++) {
        int[] pixels = layout.pixels(p, c, white.width(), white.height());
        if (pixels.length > 0) {
          Group group = new Group(references, p, pixels);
          group.markHot(references.whiteDark(), excess, hot[p]);
          group.markHot(references.dark(), ownExcess, hot[p]);
          group.markDead(signal[p], response, dead[p]);
          group.markUnstable(references.whiteDark(), unstable[p]);
          group.markUnstable(references.dark(), unstable[p]);
          group.markUnstable(white, unstable[p]);
          found.add(group.nonUniformity(layout.names().get(c), excess, response));
        }
      }
    }
    return new BadPixels(dead, hot, unstable, found);
  }

  /** Whether a pixel of a plane is bad, for whatever reason. */
  public boolean contains(int plane, int pixel) {
    return bad[plane].get(pixel);
  }

  /** Number of bad pixels, in all planes. */
  public int count() {
    return count(bad);
  }

  /** Number of bad pixels of one plane. */
  public int count(int plane) {
    return bad[plane].cardinality();
  }

  /** Number of pixels that respond too little, too much or not at all. */
  public int dead() {
    return dead;
  }

  /** Number of pixels that are too bright in the dark. */
  public int hot() {
    return hot;
  }

  /** Number of pixels that vary too much with time. */
  public int unstable() {
    return unstable;
  }

  /** Non-uniformity of each channel. */
  public List<NonUniformity> nonUniformity() {
    return nonUniformity;
  }

  /**
   * Puts the median of the good neighbours of the same colour in the place of each bad pixel; where
   * a colour has no good pixel, its values stay.
   */
  void replace(float[] values, int plane, int width, int height, ChannelLayout layout) {
    SameColourNeighbours neighbours = new SameColourNeighbours(width, height, layout, plane);
    BitSet marks = bad[plane];
    for (int i = marks.nextSetBit(0); i >= 0; i = marks.nextSetBit(i + 1)) {
      double median = neighbours.goodMedian(values, i, k -> !marks.get(k));
      if (!Double.isNaN(median)) {
        values[i] = (float) median;
      }
    }
  }

  /** Each pixel less its neighbours' median, or relative to it; 0 where there is no neighbour. */
  private static float[] residual(
      float[] values, FrameMean size, ChannelLayout layout, int plane, boolean relative) {
    int width = size.width();
    SameColourNeighbours neighbours = new SameColourNeighbours(width, size.height(), layout, plane);
    float[] residual = new float[values.length];
    RowBands.forEach(
        size.height(),
        (from, to) -> {
          float[] buffer = new float[SameColourNeighbours.NEAREST];
          for (int i = from * width; i < to * width; i++) {
            double median = neighbours.nearestMedian(values, i % width, i / width, buffer);
            if (!Double.isNaN(median)) {
              residual[i] = (float) (relative ? values[i] / median - 1 : values[i] - median);
            }
          }
        });
    return residual;
  }

  private static double deviation(int[] pixels, float[] residual) {
    float[] sizes = sample(pixels, residual);
    for (int k = 0; k < sizes.length; k++) {
      sizes[k] = Math.abs(sizes[k]);
    }
    return MAD_TO_SIGMA * median(sizes);
  }

  private static double median(int[] pixels, float[] values) {
    return median(sample(pixels, values));
  }

  private static double median(float[] values) {
    Arrays.sort(values);
    return ((double) values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
  }

  /** All of few pixels; of many, some over the whole sensor, which tell the median to 1 %. */
  private static float[] sample(int[] pixels, float[] values) {
    // An odd step does not keep to the same columns where the width is a power of two.
    int step = pixels.length / SAMPLE | 1;
    float[] chosen = new float[(pixels.length - 1) / step + 1];
    for (int k = 0; k < chosen.length; k++) {
      chosen[k] = values[pixels[k * step]];
    }
    return chosen;
  }

  private static BitSet[] emptySets(int count) {
    return Stream.generate(BitSet::new).limit(count).toArray(BitSet[]::new);
  }

  private static int count(BitSet[] sets) {
    return Arrays.stream(sets).mapToInt(BitSet::cardinality).sum();
  }

  /** The pixels of one plane that see one colour. */
  private static final class Group {

    private final CalibrationReferences references;
    private final int plane;
    private final int[] pixels;

    /** White signal of most pixels, counts. */
    private final double lit;

    Group(CalibrationReferences references, int plane, int[] pixels) {
      this.references = references;
      this.plane = plane;
      this.pixels = pixels;
      lit =
          median(pixels, references.white().mean(plane))
              - median(pixels, references.whiteDark().mean(plane));
    }

    void markHot(FrameMean dark, float[] excess, BitSet marks) {
      double limit = Math.max(OUTLIER * deviation(pixels, excess), DARK_EXCESS * lit);
      for (int i : pixels) {
        if (!(excess[i] <= limit) || dark.isSaturated(plane, i)) {
          marks.set(i);
        }
      }
    }

    void markDead(float[] signal, float[] response, BitSet marks) {
      double limit = Math.max(OUTLIER * deviation(pixels, response), RESPONSE_DEVIATION);
      for (int i : pixels) {
        boolean responds = signal[i] > 0 && signal[i] < Float.POSITIVE_INFINITY;
        if (!(responds && Math.abs(response[i]) <= limit)) {
          marks.set(i);
        }
      }
    }

    void markUnstable(FrameMean frames, BitSet marks) {
      if (frames.count() < FEWEST_FRAMES) {
        return;
      }
      float[] variance = frames.variance(plane).orElseThrow();
      int freedom = frames.count() - 1;
      double chance =
          new ChiSquaredDistribution(freedom).inverseCumulativeProbability(1 - CHANCE) / freedom;
      double tolerated = UNSTABLE_DEVIATION * lit;
      double limit = Math.max(2 * chance * typicalVariance(frames), tolerated * tolerated);
      for (int i : pixels) {
        if (!(variance[i] <= limit)) {
          marks.set(i);
        }
      }
    }

    NonUniformity nonUniformity(String channel, float[] excess, float[] response) {
      double darkNoise = meanVariance(references.whiteDark());
      double signalNoise = darkNoise + meanVariance(references.white());
      return new NonUniformity(
          channel,
          spatial(deviation(pixels, excess), darkNoise),
          spatial(deviation(pixels, response), signalNoise / (lit * lit)));
    }

    /** Temporal variance of one frame as most pixels have it, from the median of a scaled χ². */
    private double typicalVariance(FrameMean frames) {
      int freedom = frames.count() - 1;
      return median(pixels, frames.variance(plane).orElseThrow())
          * freedom
          / new ChiSquaredDistribution(freedom).inverseCumulativeProbability(0.5);
    }

    /** Temporal variance of the mean; 0 where it is not known. */
    private double meanVariance(FrameMean frames) {
      return frames.count() < 2 ? 0 : typicalVariance(frames) / frames.count();
    }

    private static double spatial(double residual, double temporalVariance) {
      return Math.sqrt(Math.max(0, residual * residual / RESIDUAL_VARIANCE - temporalVariance));
    }
  }
}

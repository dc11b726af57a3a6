package org.skinspectra.profile;

import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;

/**
 * Averages frames as they come: mean and variance of each pixel are carried on (Welford 1962), so
 * that the memory needed does not grow with their number. For one thread.
 */
public final class FrameAverager {

  /** Relative difference at which two exposures or gains are not the same any more. */
  private static final double SAME_EXPOSURE = 1e-3;

  private Frame first;
  private FrameSettings settings;
  private Instant last;
  private int count;
  private double[][] means;
  private double[][] squares;
  private BitSet[] saturated;

  /**
   * Adds a frame.
   *
   * @return this
   * @throws SkinSpectraException if it was not taken like the first: another camera, size, type,
   *     binning, region, channel, exposure or gain
   */
  public FrameAverager add(Frame frame) {
    if (first == null) {
      start(frame);
    } else {
      requireLikeFirst(frame);
    }
    count++;
    last = frame.tags().taken();
    for (int p = 0; p < means.length; p++) {
      float[] plane = frame.plane(p);
      add(plane, means[p], squares[p]);
      FrameMean.markSaturated(plane, saturated[p], frame.fullScale());
    }
    return this;
  }

  /** Number of frames so far. */
  public int count() {
    return count;
  }

  /**
   * The mean of the frames so far.
   *
   * @throws SkinSpectraException if there are none
   */
  public FrameMean mean() {
    if (count == 0) {
      throw new SkinSpectraException("There is no frame to average; take at least one.");
    }
    int planes = means.length;
    float[][] mean = new float[planes][];
    float[][] variance = count > 1 ? new float[planes][] : null;
    BitSet[] marked = new BitSet[planes];
    for (int p = 0; p < planes; p++) {
      mean[p] = scaled(means[p], 1);
      if (count > 1) {
        variance[p] = scaled(squares[p], 1.0 / (count - 1));
      }
      marked[p] = (BitSet) saturated[p].clone();
    }
    FrameTags t = first.tags();
    FrameTags tags =
        new FrameTags(t.channel(), t.camera(), t.exposureMs(), t.gain(), last, t.all());
    return new FrameMean(first, tags, count, mean, variance, marked);
  }

  private void start(Frame frame) {
    first = frame;
    settings = FrameSettings.of(frame);
    int planes = frame.type().channels();
    int pixels = frame.width() * frame.height();
    means = new double[planes][pixels];
    squares = new double[planes][pixels];
    saturated = new BitSet[planes];
    for (int p = 0; p < planes; p++) {
      saturated[p] = new BitSet();
    }
  }

  private void requireLikeFirst(Frame frame) {
    FrameSettings other = FrameSettings.of(frame);
    List<String> differences = other.differences(settings);
    if (other.exposureDeviation(settings) > SAME_EXPOSURE) {
      differences.add(other.exposure() + ", not " + settings.exposure());
    }
    if (!frame.tags().channel().equals(first.tags().channel())) {
      differences.add("channel " + frame.tags().channel() + ", not " + first.tags().channel());
    }
    if (!differences.isEmpty()) {
      throw new SkinSpectraException(
          "Frame %d does not belong to the mean of those before it: %s. Average frames of one step and one setting only."
              .formatted(count + 1, String.join("; ", differences)));
    }
  }

  private void add(float[] plane, double[] mean, double[] square) {
    double share = 1.0 / count;
    RowBands.forEach(
        first.height(),
        (from, to) -> {
          int end = to * first.width();
          for (int i = from * first.width(); i < end; i++) {
            double difference = plane[i] - mean[i];
            mean[i] += difference * share;
            square[i] += difference * (plane[i] - mean[i]);
          }
        });
  }

  private static float[] scaled(double[] values, double factor) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (values[i] * factor);
    }
    return scaled;
  }
}

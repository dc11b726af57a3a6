package org.skinspectra.profile;

import java.util.BitSet;
import java.util.Optional;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.PixelType;

/**
 * The mean of frames that were taken alike: a dark or white reference, or a picture. Immutable; its
 * arrays are shared, not copied, and must not be written to.
 */
public final class FrameMean {

  private final FrameSettings settings;
  private final FrameTags tags;
  private final int count;
  private final float[][] means;
  private final float[][] variances;
  private final BitSet[] saturated;

  FrameMean(
      Frame first, FrameTags tags, int count, float[][] means, float[][] variances, BitSet[] sat) {
    this.settings = FrameSettings.of(first);
    this.tags = tags;
    this.count = count;
    this.means = means;
    this.variances = variances;
    this.saturated = sat;
  }

  /** A single frame, whose temporal variance is not known. */
  public static FrameMean of(Frame frame) {
    int planes = frame.type().channels();
    float[][] means = new float[planes][];
    BitSet[] saturated = new BitSet[planes];
    for (int p = 0; p < planes; p++) {
      means[p] = frame.plane(p);
      saturated[p] = new BitSet();
      markSaturated(means[p], saturated[p], frame.fullScale());
    }
    return new FrameMean(frame, frame.tags(), 1, means, null, saturated);
  }

  /**
   * The mean of frames that are asked for one after the other and not kept.
   *
   * @throws SkinSpectraException if there is none, or one was not taken like the first
   */
  public static FrameMean of(Iterable<Frame> frames) {
    FrameAverager averager = new FrameAverager();
    frames.forEach(averager::add);
    return averager.mean();
  }

  public int width() {
    return settings.width();
  }

  public int height() {
    return settings.height();
  }

  public PixelType type() {
    return settings.type();
  }

  /** Bits that the camera uses; 0 for floating point. */
  public int bits() {
    return settings.bits();
  }

  /** Largest number that can be delivered; NaN where unlimited. */
  public double fullScale() {
    return bits() == 0 ? Double.NaN : (1 << bits()) - 1;
  }

  /** Tags of the first frame, with the time of the last. */
  public FrameTags tags() {
    return tags;
  }

  /** Number of frames. */
  public int count() {
    return count;
  }

  /** Number of planes: 1, or 3 for red, green and blue. */
  public int planes() {
    return means.length;
  }

  /** Mean counts of one plane {@code [y][x]}. */
  public float[] mean(int plane) {
    return means[plane];
  }

  /**
   * Variance of each pixel of one plane over the frames (counts², divisor n - 1), as one frame
   * alone has it; empty for a single frame.
   */
  public Optional<float[]> variance(int plane) {
    return Optional.ofNullable(variances).map(planes -> planes[plane]);
  }

  /** Whether a pixel was at full scale in any of the frames, where their mean may hide it. */
  public boolean isSaturated(int plane, int pixel) {
    return saturated[plane].get(pixel);
  }

  /** Marks the pixels of a frame's plane that are at full scale. */
  static void markSaturated(float[] plane, BitSet marks, double fullScale) {
    for (int i = 0; i < plane.length; i++) {
      if (plane[i] >= fullScale) {
        marks.set(i);
      }
    }
  }

  FrameSettings settings() {
    return settings;
  }
}

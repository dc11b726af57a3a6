package org.skinspectra.profile;

import java.util.ArrayList;
import java.util.List;

/**
 * What fits are worth, told by leaving out one group of offsets after another (delete-a-group
 * jackknife, Efron &amp; Tibshirani 1993). A group is a set of cells of the image, since the errors
 * of neighbours are alike.
 */
final class HeldOut {

  private static final int GROUPS = 8;

  /** Cells along each side of the image. */
  private static final int CELLS = 6;

  /** By how many groups a cell's differs from that of the cell above; coprime to the groups. */
  private static final int STEP = 3;

  /** Places along each side of the image where fits are compared. */
  private static final int PLACES = 9;

  /** An error beyond this many standard deviations grows no longer by its square. */
  private static final double HUBER = 3;

  private final int width;
  private final int height;
  private final List<Homography> corrections = new ArrayList<>();
  private double sum;

  private HeldOut(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /**
   * Fits without each of the groups.
   *
   * @return null if there is a group without which nothing is determined
   */
  static HeldOut of(MotionModel model, int width, int height, List<Offset> offsets) {
    OffsetFit fit = new OffsetFit(model, width, height);
    HeldOut result = new HeldOut(width, height);
    for (int group = 0; group < GROUPS; group++) {
      List<Offset> kept = new ArrayList<>();
      List<Offset> left = new ArrayList<>();
      for (Offset offset : offsets) {
        (result.group(offset) == group ? left : kept).add(offset);
      }
      OffsetFit.Result without = fit.fit(kept);
      if (without == null) {
        return null;
      }
      result.corrections.add(without.correction());
      for (double deviations : OffsetFit.errors(without.correction(), left)) {
        result.sum +=
            deviations < HUBER ? deviations * deviations : 2 * HUBER * deviations - HUBER * HUBER;
      }
    }
    result.sum /= offsets.size();
    return result;
  }

  private int group(Offset offset) {
    int column = (int) (offset.x() * CELLS / width);
    int row = (int) (offset.y() * CELLS / height);
    return (column + STEP * row) % GROUPS;
  }

  /**
   * Mean square error of the offsets by the fits that did not know them, in the standard deviations
   * that the offsets state; gently for large ones.
   */
  double meanSquareError() {
    return sum;
  }

  /** Standard error of the correction, root mean square over the image, in pixels. */
  double standardError() {
    double variance = 0;
    for (int place = 0; place < PLACES * PLACES; place++) {
      double x = (place % PLACES + 0.5) * width / PLACES;
      double y = (place / PLACES + 0.5) * height / PLACES;
      double[][] points = corrections.stream().map(c -> c.apply(x, y)).toArray(double[][]::new);
      for (int axis = 0; axis < 2; axis++) {
        double mean = 0;
        for (double[] point : points) {
          mean += point[axis] / GROUPS;
        }
        for (double[] point : points) {
          variance += (point[axis] - mean) * (point[axis] - mean) * (GROUPS - 1) / GROUPS;
        }
      }
    }
    return Math.sqrt(variance / (PLACES * PLACES));
  }
}

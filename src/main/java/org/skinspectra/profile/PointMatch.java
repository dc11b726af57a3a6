package org.skinspectra.profile;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.SkinSpectraException;

/**
 * The homography of pairs of points: random samples of four find the pairs that agree, which the
 * {@linkplain OffsetFit robust} fit then weighs.
 */
final class PointMatch {

  private static final int LEAST_PAIRS = 6;
  private static final int SAMPLES = 500;
  private static final long SEED = 960;
  private static final int MOST_GROUPS = 20;

  /** A pair that is farther off the homography of a good sample is mistaken (pixels). */
  private static final double MISTAKEN = 3;

  /** Of the image, that four points of a sample must enclose. */
  private static final double LEAST_AREA = 1e-3;

  private final List<PointPair> pairs;
  private final int width;
  private final int height;

  PointMatch(List<PointPair> pairs, int width, int height) {
    if (pairs.size() < LEAST_PAIRS) {
      throw new SkinSpectraException(
          "%d pairs of points do not tell how good a homography is; give at least %d."
              .formatted(pairs.size(), LEAST_PAIRS));
    }
    this.pairs = List.copyOf(pairs);
    this.width = width;
    this.height = height;
  }

  Registration register(int fromWidth, int fromHeight) {
    Homography first = consensus();
    List<PointPair> agreeing = agreeing(first);
    Homography found = refined(agreeing, first);
    if (found != null) {
      agreeing = agreeing(found);
      found = refined(agreeing, found);
    }
    if (found == null || agreeing.size() < LEAST_PAIRS || 2 * agreeing.size() < pairs.size()) {
      throw new SkinSpectraException(
          ("Only %d of %d pairs of points agree on a homography to %.0f pixels; check their order,"
                  + " and that the target is flat.")
              .formatted(agreeing.size(), pairs.size(), MISTAKEN));
    }
    return new Registration(
        found,
        residual(agreeing, found),
        Registration.Method.POINTS,
        agreeing.size(),
        (double) agreeing.size() / pairs.size(),
        fromWidth,
        fromHeight,
        width,
        height);
  }

  /** The homography of the four pairs with which most others agree. */
  private Homography consensus() {
    RandomGenerator random = new Well19937c(SEED);
    Homography best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int sample = 0; sample < SAMPLES; sample++) {
      Homography homography = through(four(random));
      if (homography != null) {
        double cost = 0;
        for (PointPair pair : pairs) {
          cost += Math.min(MISTAKEN * MISTAKEN, squaredDistance(homography, pair));
        }
        // What is short of NaN: a pair may be sent to infinity.
        if (cost < least) {
          least = cost;
          best = homography;
        }
      }
    }
    if (best == null) {
      throw new SkinSpectraException(
          "The %d pairs of points lie on a line or in one place; spread them over the image."
              .formatted(pairs.size()));
    }
    return best;
  }

  private PointPair[] four(RandomGenerator random) {
    List<PointPair> rest = new ArrayList<>(pairs);
    PointPair[] four = new PointPair[4];
    for (int i = 0; i < four.length; i++) {
      four[i] = rest.remove(random.nextInt(rest.size()));
    }
    return four;
  }

  /** The homography through four pairs; null if three of the points lie nearly on a line. */
  private Homography through(PointPair[] four) {
    double leastArea = LEAST_AREA * width * height;
    double[][] rows = new double[8][];
    double[] right = new double[8];
    // Of the size of the image, for coefficients of one size.
    double unit = Math.max(width, height);
    for (int i = 0; i < 4; i++) {
      PointPair p = four[i];
      PointPair q = four[(i + 1) % 4];
      PointPair r = four[(i + 2) % 4];
      double area =
          (q.toX() - p.toX()) * (r.toY() - p.toY()) - (q.toY() - p.toY()) * (r.toX() - p.toX());
      if (!(Math.abs(area) > leastArea)) {
        return null;
      }
      double x = p.fromX() / unit;
      double y = p.fromY() / unit;
      double u = p.toX() / unit;
      double v = p.toY() / unit;
      rows[2 * i] = new double[] {x, y, 1, 0, 0, 0, -u * x, -u * y};
      rows[2 * i + 1] = new double[] {0, 0, 0, x, y, 1, -v * x, -v * y};
      right[2 * i] = u;
      right[2 * i + 1] = v;
    }
    try {
      double[] h =
          new LUDecomposition(new Array2DRowRealMatrix(rows, false))
              .getSolver()
              .solve(new ArrayRealVector(right, false))
              .toArray();
      return Homography.of(
          h[0], h[1], h[2] * unit, h[3], h[4], h[5] * unit, h[6] / unit, h[7] / unit, 1);
    } catch (SingularMatrixException | SkinSpectraException undetermined) {
      return null;
    }
  }

  private List<PointPair> agreeing(Homography homography) {
    return pairs.stream()
        .filter(pair -> squaredDistance(homography, pair) < MISTAKEN * MISTAKEN)
        .toList();
  }

  private static double squaredDistance(Homography homography, PointPair pair) {
    double[] to = homography.apply(pair.fromX(), pair.fromY());
    double dx = to[0] - pair.toX();
    double dy = to[1] - pair.toY();
    double squared = dx * dx + dy * dy;
    return squared < Double.POSITIVE_INFINITY ? squared : Double.POSITIVE_INFINITY;
  }

  /** Null if the pairs do not determine it. */
  private Homography refined(List<PointPair> agreeing, Homography start) {
    List<Offset> offsets = new ArrayList<>();
    for (PointPair pair : agreeing) {
      double[] found = start.apply(pair.fromX(), pair.fromY());
      offsets.add(Offset.ofPoint(pair.toX(), pair.toY(), found[0], found[1]));
    }
    OffsetFit.Result result = new OffsetFit(MotionModel.HOMOGRAPHY, width, height).fit(offsets);
    return result == null ? null : result.correction().after(start);
  }

  /** Leaves out groups of pairs in turn, single ones if there are few. */
  private double residual(List<PointPair> agreeing, Homography found) {
    int groups = Math.min(MOST_GROUPS, agreeing.size());
    double sum = 0;
    for (int group = 0; group < groups; group++) {
      List<PointPair> kept = new ArrayList<>();
      List<PointPair> left = new ArrayList<>();
      for (int i = 0; i < agreeing.size(); i++) {
        (i % groups == group ? left : kept).add(agreeing.get(i));
      }
      Homography without = refined(kept, found);
      for (PointPair pair : left) {
        sum += without == null ? MISTAKEN * MISTAKEN : squaredDistance(without, pair);
      }
    }
    return FastMath.sqrt(sum / agreeing.size());
  }
}

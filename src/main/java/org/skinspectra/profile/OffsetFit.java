package org.skinspectra.profile;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.fitting.leastsquares.MultivariateJacobianFunction;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.util.FastMath;
import org.apache.commons.math3.util.Pair;
import org.apache.commons.math3.util.Precision;

/**
 * The correction that brings offsets to their places: Levenberg-Marquardt, reweighted by Huber's
 * and then Tukey's function of each offset's error, so that what moves by itself or was mistaken
 * has no say (Zhang 1997, "Parameter estimation techniques").
 */
final class OffsetFit {

  private static final int HUBER_ROUNDS = 4;
  private static final int TUKEY_ROUNDS = 6;

  /** In standard deviations; 95 % as efficient as least squares on normal errors (Huber 1981). */
  private static final double HUBER = 1.345;

  private static final double TUKEY = 4.685;

  /**
   * What the scale of the errors is not taken to be below, in the standard deviations that the
   * offsets' information states, lest a few that agree by chance outlaw all others.
   */
  private static final double LEAST_SCALE = 0.3;

  /** Median of the length of a vector of two normal deviates. */
  private static final double RAYLEIGH_MEDIAN = 1.1774100225154747;

  private final MotionModel model;
  private final double centreX;
  private final double centreY;
  private final double unit;
  private final double[] constant;
  private final double[][] partial;

  /**
   * A fit over an image.
   *
   * @param width of the image in pixels
   * @param height of the image in pixels
   */
  OffsetFit(MotionModel model, int width, int height) {
    this.model = model;
    centreX = (width - 1) / 2.0;
    centreY = (height - 1) / 2.0;
    unit = Math.max(width, height) / 2.0;
    double[] none = new double[model.parameters()];
    constant = model.matrix(none);
    partial = new double[none.length][];
    for (int k = 0; k < none.length; k++) {
      double[] one = none.clone();
      one[k] = 1;
      double[] moved = model.matrix(one);
      partial[k] = new double[9];
      for (int i = 0; i < 9; i++) {
        partial[k][i] = moved[i] - constant[i];
      }
    }
  }

  /** The correction, the weight from 0 to 1 that each offset had, and the scale of their errors. */
  record Result(Homography correction, double[] weights, double scale) {

    /** Offsets that count at least half. */
    int agreeing() {
      return (int) Arrays.stream(weights).filter(weight -> weight >= 0.5).count();
    }
  }

  /**
   * Fits the correction.
   *
   * @return null if the offsets do not determine it
   */
  Result fit(List<Offset> offsets) {
    if (2 * offsets.size() < model.parameters() + 2) {
      return null;
    }
    double[][] roots = offsets.stream().map(OffsetFit::root).toArray(double[][]::new);
    double[] weights = new double[roots.length];
    Arrays.fill(weights, 1);
    double[] p = new double[model.parameters()];
    double scale = LEAST_SCALE;
    for (int round = 0; round < HUBER_ROUNDS + TUKEY_ROUNDS; round++) {
      p = solve(offsets, roots, weights, p);
      if (p == null) {
        return null;
      }
      double[] errors = errors(p, offsets, roots);
      scale = Math.max(LEAST_SCALE, median(errors) / RAYLEIGH_MEDIAN);
      boolean huber = round < HUBER_ROUNDS;
      for (int i = 0; i < weights.length; i++) {
        weights[i] = huber ? huber(errors[i] / scale) : tukey(errors[i] / scale);
      }
    }
    return new Result(homography(p), weights, scale);
  }

  private static double huber(double deviations) {
    return deviations <= HUBER ? 1 : HUBER / deviations;
  }

  private static double tukey(double deviations) {
    double rest = 1 - Precision.EPSILON - deviations * deviations / (TUKEY * TUKEY);
    return rest > 0 ? rest * rest : 0;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Each offset's error in the standard deviations that its information states. */
  static double[] errors(Homography correction, List<Offset> offsets) {
    double[] errors = new double[offsets.size()];
    for (int i = 0; i < errors.length; i++) {
      Offset o = offsets.get(i);
      double[] at = correction.apply(o.x() + o.dx(), o.y() + o.dy());
      double ex = at[0] - o.x();
      double ey = at[1] - o.y();
      errors[i] = Math.sqrt(ex * ex * o.xx() + 2 * ex * ey * o.xy() + ey * ey * o.yy());
    }
    return errors;
  }

  private double[] errors(double[] p, List<Offset> offsets, double[][] roots) {
    double[] residuals = new double[2 * roots.length];
    evaluate(p, offsets, roots, null, residuals, null);
    double[] errors = new double[roots.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = FastMath.hypot(residuals[2 * i], residuals[2 * i + 1]);
    }
    return errors;
  }

  private double[] solve(List<Offset> offsets, double[][] roots, double[] weights, double[] start) {
    MultivariateJacobianFunction function =
        point -> {
          double[] residuals = new double[2 * roots.length];
          double[][] jacobian = new double[2 * roots.length][model.parameters()];
          evaluate(point.toArray(), offsets, roots, weights, residuals, jacobian);
          return new Pair<>(
              new ArrayRealVector(residuals, false), new Array2DRowRealMatrix(jacobian, false));
        };
    try {
      RealVector best =
          new LevenbergMarquardtOptimizer()
              .optimize(
                  new LeastSquaresBuilder()
                      .model(function)
                      .start(start)
                      .target(new double[2 * roots.length])
                      .maxEvaluations(200)
                      .maxIterations(100)
                      .build())
              .getPoint();
      return best.isNaN() || best.isInfinite() ? null : best.toArray();
    } catch (MathIllegalStateException undetermined) {
      return null;
    }
  }

  /** Fills the weighted errors (pixels over their standard deviation) and their derivatives. */
  private void evaluate(
      double[] p,
      List<Offset> offsets,
      double[][] roots,
      double[] weights,
      double[] residuals,
      double[][] jacobian) {
    double[] m = model.matrix(p);
    for (int i = 0; i < roots.length; i++) {
      Offset o = offsets.get(i);
      double x = (o.x() + o.dx() - centreX) / unit;
      double y = (o.y() + o.dy() - centreY) / unit;
      double w = m[6] * x + m[7] * y + m[8];
      double u = (m[0] * x + m[1] * y + m[2]) / w;
      double v = (m[3] * x + m[4] * y + m[5]) / w;
      double ex = u * unit + centreX - o.x();
      double ey = v * unit + centreY - o.y();
      double weight = weights == null ? 1 : Math.sqrt(weights[i]);
      double[] root = roots[i];
      residuals[2 * i] = weight * (root[0] * ex + root[1] * ey);
      residuals[2 * i + 1] = weight * root[2] * ey;
      if (jacobian != null) {
        for (int k = 0; k < p.length; k++) {
          double[] d = partial[k];
          double dw = d[6] * x + d[7] * y + d[8];
          double du = unit * (d[0] * x + d[1] * y + d[2] - u * dw) / w;
          double dv = unit * (d[3] * x + d[4] * y + d[5] - v * dw) / w;
          jacobian[2 * i][k] = weight * (root[0] * du + root[1] * dv);
          jacobian[2 * i + 1][k] = weight * root[2] * dv;
        }
      }
    }
  }

  /** (a, b; 0, c) whose square is the information: aᵀa = xx, ab = xy, b² + c² = yy. */
  private static double[] root(Offset o) {
    if (!(o.xx() > 0)) {
      return new double[] {0, 0, Math.sqrt(Math.max(0, o.yy()))};
    }
    double a = Math.sqrt(o.xx());
    double b = o.xy() / a;
    return new double[] {a, b, Math.sqrt(Math.max(0, o.yy() - b * b))};
  }

  private Homography homography(double[] p) {
    Homography toUnits =
        Homography.of(1 / unit, 0, -centreX / unit, 0, 1 / unit, -centreY / unit, 0, 0, 1);
    return toUnits.inverse().after(Homography.of(model.matrix(p))).after(toUnits);
  }
}

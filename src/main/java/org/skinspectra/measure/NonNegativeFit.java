package org.skinspectra.measure;

import java.util.Arrays;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.skinspectra.SkinSpectraException;

/**
 * Least squares of few columns with weights that are not negative and an offset of either sign. The
 * least squares of every choice of columns are prepared; of those without a negative weight, the
 * one that leaves least is the answer (the solution satisfies the conditions of Karush, Kuhn and
 * Tucker for the columns in it), so that the result is exact and nothing iterates.
 */
final class NonNegativeFit {

  private static final int MAX_COLUMNS = 6;

  private final double[][] columns;
  private final int[][] choices;
  private final double[][][] inverses;

  /**
   * Prepares the fit.
   *
   * @param columns {@code [column][value]}, linearly independent of each other and of a constant
   * @throws SkinSpectraException if they are not
   */
  NonNegativeFit(double[]... columns) {
    if (columns.length > MAX_COLUMNS) {
      throw new IllegalArgumentException(columns.length + " columns are too many.");
    }
    this.columns = new double[columns.length][];
    for (int c = 0; c < columns.length; c++) {
      this.columns[c] = centred(columns[c]);
    }
    int subsets = 1 << columns.length;
    choices = new int[subsets - 1][];
    inverses = new double[subsets - 1][][];
    RealMatrix rows = MatrixUtils.createRealMatrix(this.columns);
    RealMatrix gram = rows.multiply(rows.transpose());
    for (int subset = 1; subset < subsets; subset++) {
      int[] chosen = members(subset);
      LUDecomposition parts = new LUDecomposition(gram.getSubMatrix(chosen, chosen));
      if (!parts.getSolver().isNonSingular()) {
        throw new SkinSpectraException(
            "The spectra to fit cannot be told from each other in these bands; take more bands.");
      }
      choices[subset - 1] = chosen;
      inverses[subset - 1] = parts.getSolver().getInverse().getData();
    }
  }

  private static int[] members(int subset) {
    int[] members = new int[Integer.bitCount(subset)];
    for (int c = 0, i = 0; i < members.length; c++) {
      if ((subset >> c & 1) == 1) {
        members[i++] = c;
      }
    }
    return members;
  }

  private static double[] centred(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double[] centred = new double[values.length];
    for (int i = 0; i < centred.length; i++) {
      centred[i] = values[i] - mean;
    }
    return centred;
  }

  /** The weight of each column; all NaN if a value is not finite. */
  double[] weights(double[] values) {
    double[] products = new double[columns.length];
    for (int c = 0; c < products.length; c++) {
      for (int i = 0; i < values.length; i++) {
        products[c] += columns[c][i] * values[i];
      }
    }
    double[] best = new double[columns.length];
    double explained = 0;
    for (double product : products) {
      if (!Double.isFinite(product)) {
        Arrays.fill(best, Double.NaN);
        return best;
      }
    }
    for (int s = 0; s < choices.length; s++) {
      double[] weights = weights(s, products);
      if (weights == null) {
        continue;
      }
      double explains = 0;
      for (int i = 0; i < weights.length; i++) {
        explains += weights[i] * products[choices[s][i]];
      }
      if (explains > explained) {
        explained = explains;
        best = new double[columns.length];
        for (int i = 0; i < weights.length; i++) {
          best[choices[s][i]] = weights[i];
        }
      }
    }
    return best;
  }

  /** Of one choice of columns; null where one is negative. */
  private double[] weights(int choice, double[] products) {
    int[] chosen = choices[choice];
    double[][] inverse = inverses[choice];
    double[] weights = new double[chosen.length];
    for (int r = 0; r < chosen.length; r++) {
      for (int c = 0; c < chosen.length; c++) {
        weights[r] += inverse[r][c] * products[chosen[c]];
      }
      if (weights[r] < 0) {
        return null;
      }
    }
    return weights;
  }
}

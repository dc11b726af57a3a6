package org.skinspectra.spectra;

import java.util.Arrays;
import org.skinspectra.SkinSpectraException;

/**
 * CIE 1931 tristimulus values X, Y, Z of reflecting surfaces, scaled so that a perfect white has Y
 * = 1 (CIE 15:2018). The integral runs over 380 to 780 nm in steps of 5 nm; between its bands a
 * spectrum is linear, beyond its first and last band constant, so any grid that covers the eye's
 * range can be used.
 */
public final class Tristimulus {

  private static final double FIRST_NM = 400;
  private static final double LAST_NM = 700;
  private static final double MAX_STEP_NM = 50;

  private Tristimulus() {}

  /**
   * What maps a reflectance spectrum to X, Y, Z: {@code [3][grid.size()]}, one product for each
   * pixel.
   *
   * @throws SkinSpectraException if the bands leave out part of 400 to 700 nm, or the illuminant is
   *     not known from 380 to 780 nm
   */
  public static double[][] matrix(Wavelengths grid, Illuminant illuminant) {
    if (!coversVisible(grid)) {
      throw new SkinSpectraException(
          "Colour needs bands from 400 to 700 nm, at most 50 nm apart, but there are "
              + grid
              + " nm.");
    }
    Wavelengths steps = StandardObserver.cie1931().wavelengths();
    double[][] observer = StandardObserver.on(steps);
    double[] light = illuminant.on(steps);
    double[][] matrix = new double[3][grid.size()];
    double white = 0;
    for (int s = 0; s < light.length; s++) {
      double nm = Math.min(Math.max(steps.get(s), grid.first()), grid.last());
      int nearest = grid.nearestIndex(nm);
      int low = Math.max(grid.get(nearest) > nm ? nearest - 1 : nearest, 0);
      int high = Math.min(low + 1, grid.size() - 1);
      double t = high == low ? 0 : (nm - grid.get(low)) / (grid.get(high) - grid.get(low));
      for (int i = 0; i < 3; i++) {
        matrix[i][low] += observer[i][s] * light[s] * (1 - t);
        matrix[i][high] += observer[i][s] * light[s] * t;
      }
      white += observer[1][s] * light[s];
    }
    for (double[] row : matrix) {
      for (int b = 0; b < row.length; b++) {
        row[b] /= white;
      }
    }
    return matrix;
  }

  /**
   * X, Y, Z of one reflectance spectrum.
   *
   * @throws SkinSpectraException as {@link #matrix}
   */
  public static double[] of(Wavelengths grid, double[] reflectance, Illuminant illuminant) {
    return multiply(matrix(grid, illuminant), reflectance);
  }

  /** X, Y, Z of a perfect white under the illuminant; Y is 1. */
  public static double[] white(Illuminant illuminant) {
    double[] perfect = new double[Wavelengths.VIS.size()];
    Arrays.fill(perfect, 1);
    return of(Wavelengths.VIS, perfect, illuminant);
  }

  /** Whether the grid has bands from 400 to 700 nm, close enough together to see a colour. */
  public static boolean coversVisible(Wavelengths grid) {
    boolean complete = grid.covers(FIRST_NM) && grid.covers(LAST_NM);
    for (int i = 1; i < grid.size() && complete; i++) {
      boolean visible = grid.get(i) > FIRST_NM && grid.get(i - 1) < LAST_NM;
      complete = !visible || grid.get(i) - grid.get(i - 1) <= MAX_STEP_NM;
    }
    return complete;
  }

  static double[] multiply(double[][] matrix, double[] vector) {
    double[] product = new double[matrix.length];
    for (int i = 0; i < product.length; i++) {
      if (matrix[i].length != vector.length) {
        throw new IllegalArgumentException(
            vector.length + " values for " + matrix[i].length + " bands.");
      }
      for (int k = 0; k < vector.length; k++) {
        product[i] += matrix[i][k] * vector[k];
      }
    }
    return product;
  }
}

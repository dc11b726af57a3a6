package org.skinspectra.profile;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Resampling;
import org.skinspectra.spectra.SpectralTable;

/**
 * The linear map from the calibrated channels of a camera to those of a canonical multispectral
 * image: least squares over reflectance spectra, among the maps that keep white (Finlayson &amp;
 * Drew 1997, white-point preserving least squares). Immutable.
 */
public final class CanonicalMap {

  private static final int CHANNELS = 4;
  private static final double RELATIVE_CUTOFF = 1e-9;

  private final double[][] matrix;
  private final double residualRms;
  private final double conditionNumber;

  private CanonicalMap(double[][] matrix, double residualRms) {
    this.matrix = matrix;
    this.residualRms = residualRms;
    this.conditionNumber =
        new SingularValueDecomposition(new Array2DRowRealMatrix(matrix)).getConditionNumber();
  }

  /**
   * Fits the map. What the spectra do not tell apart is left as the camera's own channel has it.
   *
   * @param from the camera
   * @param canonical the channels to arrive at, {@link SpectralResponse#canonical}
   * @param reflectances spectra such as the camera will see, in columns; interpolated linearly to
   *     the bands of the responses
   * @throws SkinSpectraException if the two responses have other bands, the spectra do not cover
   *     them, are fewer than four, or hold a value that is not finite
   */
  public static CanonicalMap fit(
      SpectralResponse from, SpectralResponse canonical, SpectralTable reflectances) {
    if (!from.wavelengths().matches(canonical.wavelengths())) {
      throw new SkinSpectraException(
          "The camera has the bands %s, the canonical channels %s; use one grid for both."
              .formatted(from.wavelengths(), canonical.wavelengths()));
    }
    if (reflectances.size() < CHANNELS) {
      throw new SkinSpectraException(
          "%d spectra do not determine a map of %d channels; give at least %d."
              .formatted(reflectances.size(), CHANNELS, CHANNELS));
    }
    SpectralTable spectra = Resampling.linear(reflectances, from.wavelengths());
    double[][] seen = new double[spectra.size()][];
    double[][] wanted = new double[spectra.size()][];
    List<String> names = spectra.names();
    for (int i = 0; i < seen.length; i++) {
      String name = names.get(i);
      double[] spectrum = spectra.column(name);
      requireFinite(name, spectrum);
      seen[i] = from.capture(spectrum);
      wanted[i] = canonical.capture(spectrum);
    }
    double[][] matrix = new double[CHANNELS][];
    for (int c = 0; c < CHANNELS; c++) {
      matrix[c] = row(seen, wanted, c);
    }
    return new CanonicalMap(matrix, residual(matrix, seen, wanted));
  }

  /**
   * Weights of the camera's channels (columns) in the canonical ones (rows); each row sums to 1.
   */
  public double[][] matrix() {
    return Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
  }

  /** Root mean square error of the fit over all spectra and channels, in reflectance. */
  public double residualRms() {
    return residualRms;
  }

  /** Largest over smallest singular value of the matrix: how much noise may grow, 1 at best. */
  public double conditionNumber() {
    return conditionNumber;
  }

  /**
   * The canonical channels of one pixel.
   *
   * @throws IllegalArgumentException if there are not four channels
   */
  public double[] apply(double[] channels) {
    if (channels.length != CHANNELS) {
      throw new IllegalArgumentException(
          channels.length + " channels, but the map is for " + CHANNELS + ".");
    }
    return Arrays.stream(matrix).mapToDouble(row -> dot(row, channels)).toArray();
  }

  /**
   * With row sum 1, y = Σ m_i x_i is y − x_c = Σ m_i (x_i − x_c) over the other channels, which is
   * free of the constraint. The solution of least norm keeps to x_c where the spectra leave a
   * choice.
   */
  private static double[] row(double[][] seen, double[][] wanted, int channel) {
    double[][] differences = new double[seen.length][CHANNELS - 1];
    double[] target = new double[seen.length];
    for (int i = 0; i < seen.length; i++) {
      double own = seen[i][channel];
      target[i] = wanted[i][channel] - own;
      for (int k = 0; k < CHANNELS - 1; k++) {
        differences[i][k] = seen[i][other(channel, k)] - own;
      }
    }
    double[] others = leastNorm(differences, target, norm(seen));
    double[] row = new double[CHANNELS];
    row[channel] = 1;
    for (int k = 0; k < others.length; k++) {
      row[other(channel, k)] = others[k];
      row[channel] -= others[k];
    }
    return row;
  }

  /**
   * The least squares solution of least norm, blind to singular values that are rounding errors of
   * values of size {@code scale}.
   */
  private static double[] leastNorm(double[][] design, double[] target, double scale) {
    SingularValueDecomposition svd =
        new SingularValueDecomposition(new Array2DRowRealMatrix(design, false));
    RealVector projected = svd.getUT().operate(new ArrayRealVector(target, false));
    double[] singular = svd.getSingularValues();
    for (int i = 0; i < singular.length; i++) {
      boolean told = singular[i] > RELATIVE_CUTOFF * scale;
      projected.setEntry(i, told ? projected.getEntry(i) / singular[i] : 0);
    }
    return svd.getV().operate(projected).toArray();
  }

  /** Frobenius norm. */
  private static double norm(double[][] matrix) {
    return new Array2DRowRealMatrix(matrix, false).getFrobeniusNorm();
  }

  /** The k-th of the channels without {@code channel}. */
  private static int other(int channel, int k) {
    return k < channel ? k : k + 1;
  }

  private static double residual(double[][] matrix, double[][] seen, double[][] wanted) {
    double sum = 0;
    for (int i = 0; i < seen.length; i++) {
      for (int c = 0; c < CHANNELS; c++) {
        double error = dot(matrix[c], seen[i]) - wanted[i][c];
        sum += error * error;
      }
    }
    return Math.sqrt(sum / ((double) seen.length * CHANNELS));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void requireFinite(String name, double[] spectrum) {
    for (double value : spectrum) {
      if (!Double.isFinite(value)) {
        throw new SkinSpectraException(
            "Spectrum '" + name + "' holds " + value + "; leave it out or correct it.");
      }
    }
  }
}

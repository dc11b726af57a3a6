package org.skinspectra.profile;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Resampling;
import org.skinspectra.spectra.SpectralTable;

/**
 * Least squares among weights of sum 1, which keep white (Finlayson &amp; Drew 1997), one canonical
 * channel at a time. With row sum 1, y = Σ m_k x_k is y − x_c = Σ m_k (x_k − x_c) over the other
 * terms, which is free of the constraint; the solution of least norm keeps to x_c where the spectra
 * leave a choice. Noise is a further error, Σ σ_j² (Σ m_k ∂x_k/∂j)², expected at every spectrum.
 */
final class WhiteKeepingFit {

  private static final double RELATIVE_CUTOFF = 1e-9;

  private final double[][] terms;
  private final double[][] noise;
  private final double[][] wanted;
  private final double scale;

  /**
   * @param terms of each spectrum {@code [spectra][terms]}
   * @param noise standard deviation of every term by each independent source of noise {@code
   *     [sources][terms]}, or none
   * @param wanted canonical channels {@code [spectra][4]}
   */
  WhiteKeepingFit(double[][] terms, double[][] noise, double[][] wanted) {
    this.terms = terms;
    this.noise = noise;
    this.wanted = wanted;
    this.scale = new Array2DRowRealMatrix(terms, false).getFrobeniusNorm();
  }

  /** Spectra as a camera and the canonical one see them. */
  record Sight(double[][] seen, double[][] wanted) {

    /**
     * @throws SkinSpectraException as {@link CanonicalMap#fit}
     */
    static Sight of(SpectralResponse from, SpectralResponse canonical, SpectralTable reflectances) {
      if (!from.wavelengths().matches(canonical.wavelengths())) {
        throw new SkinSpectraException(
            "The camera has the bands %s, the canonical channels %s; use one grid for both."
                .formatted(from.wavelengths(), canonical.wavelengths()));
      }
      if (reflectances.size() < ChannelMap.CHANNELS) {
        throw new SkinSpectraException(
            "%d spectra do not determine a map of %d channels; give at least %d."
                .formatted(reflectances.size(), ChannelMap.CHANNELS, ChannelMap.CHANNELS));
      }
      SpectralTable spectra = Resampling.linear(reflectances, from.wavelengths());
      List<String> names = spectra.names();
      double[][] seen = new double[names.size()][];
      double[][] wanted = new double[names.size()][];
      for (int i = 0; i < seen.length; i++) {
        double[] spectrum = spectra.column(names.get(i));
        requireFinite(names.get(i), spectrum);
        seen[i] = from.capture(spectrum);
        wanted[i] = canonical.capture(spectrum);
      }
      return new Sight(seen, wanted);
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

  /**
   * Sources of noise that together have the mean covariance of those at every spectrum: what they
   * do to any weights is the mean of what those do.
   *
   * @param seen channels of each spectrum
   * @param noiseOf standard deviation of every term by each source, {@code [sources][terms]}
   */
  static double[][] meanNoise(double[][] seen, Function<double[], double[][]> noiseOf) {
    int count = noiseOf.apply(seen[0])[0].length;
    double[][] covariance = new double[count][count];
    for (double[] pixel : seen) {
      for (double[] source : noiseOf.apply(pixel)) {
        for (int a = 0; a < count; a++) {
          for (int b = 0; b < count; b++) {
            covariance[a][b] += source[a] * source[b] / seen.length;
          }
        }
      }
    }
    EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(covariance, false));
    double[][] sources = new double[count][];
    for (int k = 0; k < count; k++) {
      double deviation = Math.sqrt(Math.max(eigen.getRealEigenvalue(k), 0));
      sources[k] = eigen.getEigenvector(k).mapMultiply(deviation).toArray();
    }
    return sources;
  }

  /**
   * Weights of one canonical channel.
   *
   * @param weights of every term, zero where it was not to be used
   * @param expectedError mean square error in reflectance for spectra that were not fitted to
   *     (leave-one-out), noise included
   */
  record Row(double[] weights, double expectedError) {}

  /**
   * Fits one canonical channel.
   *
   * @param own term that the camera has for it
   * @param used the terms it may be made of, {@code own} among them
   */
  Row row(int channel, int own, int... used) {
    int[] others = IntStream.of(used).filter(k -> k != own).toArray();
    double[] weights = new double[terms[0].length];
    weights[own] = 1;
    if (others.length == 0) {
      return new Row(weights, meanSquare(weights, channel, null) + noisePower(weights));
    }
    int spectra = terms.length;
    double[][] design = new double[spectra + noise.length][others.length];
    double[] target = new double[design.length];
    double repeated = Math.sqrt(spectra);
    for (int i = 0; i < design.length; i++) {
      boolean data = i < spectra;
      double[] row = data ? terms[i] : noise[i - spectra];
      double weight = data ? 1 : repeated;
      target[i] = weight * ((data ? wanted[i][channel] : 0) - row[own]);
      for (int k = 0; k < others.length; k++) {
        design[i][k] = weight * (row[others[k]] - row[own]);
      }
    }
    SingularValueDecomposition svd =
        new SingularValueDecomposition(new Array2DRowRealMatrix(design, false));
    double[] solution = leastNorm(svd, target);
    for (int k = 0; k < others.length; k++) {
      weights[others[k]] = solution[k];
      weights[own] -= solution[k];
    }
    return new Row(weights, meanSquare(weights, channel, leverage(svd)) + noisePower(weights));
  }

  /** Root mean square error of a map over all spectra and channels. */
  double residual(double[][] map) {
    double sum = 0;
    for (int c = 0; c < map.length; c++) {
      sum += meanSquare(map[c], c, null);
    }
    return Math.sqrt(sum / map.length);
  }

  /** Blind to singular values that are rounding errors of the terms' size. */
  private double[] leastNorm(SingularValueDecomposition svd, double[] target) {
    RealVector projected = svd.getUT().operate(new ArrayRealVector(target, false));
    double[] singular = svd.getSingularValues();
    for (int i = 0; i < singular.length; i++) {
      projected.setEntry(i, told(singular[i]) ? projected.getEntry(i) / singular[i] : 0);
    }
    return svd.getV().operate(projected).toArray();
  }

  private boolean told(double singular) {
    return singular > RELATIVE_CUTOFF * scale;
  }

  /** How much each spectrum draws the fit to itself: the diagonal of the hat matrix. */
  private double[] leverage(SingularValueDecomposition svd) {
    RealMatrix u = svd.getU();
    double[] singular = svd.getSingularValues();
    double[] leverage = new double[terms.length];
    for (int i = 0; i < leverage.length; i++) {
      for (int k = 0; k < singular.length; k++) {
        leverage[i] += told(singular[k]) ? u.getEntry(i, k) * u.getEntry(i, k) : 0;
      }
    }
    return leverage;
  }

  /** With the leverages, of what leaving out each spectrum would have made of it. */
  private double meanSquare(double[] weights, int channel, double[] leverage) {
    double sum = 0;
    for (int i = 0; i < terms.length; i++) {
      double error = dot(weights, terms[i]) - wanted[i][channel];
      if (leverage != null) {
        error /= Math.max(1 - leverage[i], 1e-6);
      }
      sum += error * error;
    }
    return sum / terms.length;
  }

  private double noisePower(double[] weights) {
    double sum = 0;
    for (double[] source : noise) {
      double deviation = dot(weights, source);
      sum += deviation * deviation;
    }
    return sum;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Each row of weights times the terms. */
  static double[] product(double[][] weights, double[] terms) {
    double[] product = new double[weights.length];
    for (int row = 0; row < weights.length; row++) {
      product[row] = dot(weights[row], terms);
    }
    return product;
  }

  /**
   * Refuses a pixel of another number of channels.
   *
   * @throws IllegalArgumentException if there are not four
   */
  static void requireChannels(double[] channels) {
    if (channels.length != ChannelMap.CHANNELS) {
      throw new IllegalArgumentException(
          channels.length + " channels, but the map is for " + ChannelMap.CHANNELS + ".");
    }
  }

  /**
   * Refuses weights from elsewhere that are no map.
   *
   * @throws SkinSpectraException if they have another shape, a row whose sum is not 1, or a weight
   *     beyond ±1000
   */
  static double[][] requireMap(double[][] coefficients, int terms) {
    Ranges.requireRows("canonicalMap.coefficients", coefficients.length, 4, 4);
    for (int c = 0; c < coefficients.length; c++) {
      String key = "canonicalMap.coefficients[" + c + "]";
      Ranges.requireRows(key, coefficients[c].length, terms, terms);
      Ranges.require(key, coefficients[c], -1000, 1000);
      double sum = 0;
      for (double weight : coefficients[c]) {
        sum += weight;
      }
      if (!(Math.abs(sum - 1) < 1e-6)) {
        throw new SkinSpectraException(
            "'%s' has the sum %s, not 1, and would not keep white. Fit the map again."
                .formatted(key, sum));
      }
    }
    return copy(coefficients);
  }

  static double[][] copy(double[][] rows) {
    double[][] copy = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      copy[i] = rows[i].clone();
    }
    return copy;
  }
}

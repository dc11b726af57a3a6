package org.skinspectra.skin;

import java.util.Arrays;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.apache.commons.math3.util.MathArrays;
import org.skinspectra.SkinSpectraException;

/**
 * Principal components of spectra about their mean, those of the largest variance first (K.
 * Pearson, Phil. Mag. 2:559, 1901). Of each component the sign is free; the sum of its loadings is
 * not negative here. Immutable by convention: nothing writes to the arrays.
 *
 * @param mean mean spectrum
 * @param loadings unit vectors {@code [component][band]}
 * @param shares of each component in the whole variance
 */
public record PrincipalComponents(double[] mean, double[][] loadings, double[] shares) {

  /**
   * The first components of spectra of equal length.
   *
   * @throws SkinSpectraException if there are fewer than two spectra, or they are all the same
   * @throws IllegalArgumentException if {@code count} is not from 1 to the number of bands
   */
  public static PrincipalComponents of(double[][] spectra, int count) {
    if (spectra.length < 2) {
      throw new SkinSpectraException(
          "Principal components need at least two spectra, not " + spectra.length + ".");
    }
    int bands = spectra[0].length;
    if (count < 1 || count > bands) {
      throw new IllegalArgumentException(bands + " bands do not have " + count + " components.");
    }
    double[] mean = new double[bands];
    for (double[] spectrum : spectra) {
      for (int b = 0; b < bands; b++) {
        mean[b] += spectrum[b] / spectra.length;
      }
    }
    EigenDecomposition eigen =
        new EigenDecomposition(new Covariance(spectra).getCovarianceMatrix());
    double[] variances = eigen.getRealEigenvalues();
    double whole = Arrays.stream(variances).sum();
    if (!(whole > 0)) {
      throw new SkinSpectraException("The spectra are all the same; they have no components.");
    }
    double[][] loadings = new double[count][];
    for (int k = 0; k < count; k++) {
      double[] loading = eigen.getEigenvector(k).toArray();
      loadings[k] = Arrays.stream(loading).sum() < 0 ? MathArrays.scale(-1, loading) : loading;
    }
    double[] shares = Arrays.stream(variances).limit(count).map(v -> v / whole).toArray();
    return new PrincipalComponents(mean, loadings, shares);
  }

  /** The same components, each turned to agree in sign with that of {@code other}. */
  public PrincipalComponents alignedTo(PrincipalComponents other) {
    double[][] turned = new double[loadings.length][];
    for (int k = 0; k < turned.length; k++) {
      boolean agrees = dot(loadings[k], other.loadings[k]) >= 0;
      turned[k] = agrees ? loadings[k] : MathArrays.scale(-1, loadings[k]);
    }
    return new PrincipalComponents(mean, turned, shares);
  }

  /** How far a spectrum lies from the mean along each component. */
  public double[] scores(double[] spectrum) {
    double[] centred = MathArrays.ebeSubtract(spectrum, mean);
    return Arrays.stream(loadings).mapToDouble(loading -> dot(loading, centred)).toArray();
  }

  /** Cosine between the components of this and another set: 1 where they are the same. */
  public double[] cosines(PrincipalComponents other) {
    double[] cosines = new double[loadings.length];
    Arrays.setAll(cosines, k -> Math.abs(dot(loadings[k], other.loadings[k])));
    return cosines;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}

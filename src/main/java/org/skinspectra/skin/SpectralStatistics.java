package org.skinspectra.skin;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Resampling;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * Mean and second moments of a set of spectra: what Wiener estimation knows of the spectra it is to
 * find. Immutable.
 */
public final class SpectralStatistics {

  private final Wavelengths wavelengths;
  private final int count;
  private final double[] mean;
  private final double[][] secondMoment;

  private SpectralStatistics(
      Wavelengths wavelengths, int count, double[] mean, double[][] secondMoment) {
    this.wavelengths = wavelengths;
    this.count = count;
    this.mean = mean;
    this.secondMoment = secondMoment;
  }

  /**
   * Statistics of spectra, each one value per wavelength.
   *
   * @throws SkinSpectraException if there are none, or a value is not finite
   * @throws IllegalArgumentException if a spectrum has another length than the grid
   */
  public static SpectralStatistics of(Wavelengths wavelengths, double[]... spectra) {
    if (spectra.length == 0) {
      throw new SkinSpectraException("Statistics need at least one spectrum.");
    }
    int bands = wavelengths.size();
    double[] mean = new double[bands];
    double[][] moment = new double[bands][bands];
    for (int n = 0; n < spectra.length; n++) {
      double[] s = spectra[n];
      requireSpectrum(s, n, wavelengths);
      for (int i = 0; i < bands; i++) {
        mean[i] += s[i];
        for (int j = 0; j <= i; j++) {
          moment[i][j] += s[i] * s[j];
        }
      }
    }
    for (int i = 0; i < bands; i++) {
      mean[i] /= spectra.length;
      for (int j = 0; j <= i; j++) {
        moment[i][j] /= spectra.length;
        moment[j][i] = moment[i][j];
      }
    }
    return new SpectralStatistics(wavelengths, spectra.length, mean, moment);
  }

  /**
   * Statistics of all columns of all tables, resampled linearly to one grid.
   *
   * @throws SkinSpectraException if a table does not cover the grid, or a value is not finite
   */
  public static SpectralStatistics of(Wavelengths wavelengths, List<SpectralTable> tables) {
    List<double[]> spectra = new ArrayList<>();
    for (SpectralTable table : tables) {
      SpectralTable resampled = Resampling.linear(table, wavelengths);
      resampled.names().forEach(name -> spectra.add(resampled.column(name)));
    }
    return of(wavelengths, spectra.toArray(double[][]::new));
  }

  /**
   * Statistics of simulated skins.
   *
   * @param count number of skins
   * @param seed of the {@link SkinSampler}
   */
  public static SpectralStatistics ofSampledSkins(Wavelengths wavelengths, int count, long seed) {
    return of(wavelengths, new SkinSampler(seed).spectra(count, new SkinReflectance(wavelengths)));
  }

  public Wavelengths wavelengths() {
    return wavelengths;
  }

  /** Number of spectra. */
  public int count() {
    return count;
  }

  /** Mean spectrum. */
  public double[] mean() {
    return mean.clone();
  }

  /** (1/n)·Σ s·sᵀ, not centred: {@code [bands][bands]}, symmetric. */
  public RealMatrix secondMoment() {
    return new Array2DRowRealMatrix(secondMoment, true);
  }

  private static void requireSpectrum(double[] spectrum, int number, Wavelengths wavelengths) {
    if (spectrum.length != wavelengths.size()) {
      throw new IllegalArgumentException(
          "Spectrum "
              + number
              + " has "
              + spectrum.length
              + " values for "
              + wavelengths.size()
              + " wavelengths.");
    }
    for (int i = 0; i < spectrum.length; i++) {
      if (!Double.isFinite(spectrum[i])) {
        throw new SkinSpectraException(
            "Spectrum "
                + number
                + " is "
                + spectrum[i]
                + " at "
                + wavelengths.label(i)
                + "; leave it out or mend it.");
      }
    }
  }
}

package org.skinspectra.profile;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.skinspectra.spectra.SpectralTable;

/**
 * The linear map from the calibrated channels of a camera to those of a canonical multispectral
 * image: least squares over reflectance spectra, among the maps that keep white (Finlayson &amp;
 * Drew 1997, white-point preserving least squares). Immutable.
 */
public final class CanonicalMap implements ChannelMap {

  /** What a profile's file calls this kind. */
  public static final String KIND = "linear";

  private static final int[] ALL = {0, 1, 2, 3};
  private static final int[] VISIBLE = {0, 1, 2};
  private static final int[] INFRARED = {3};

  private final double[][] matrix;
  private final double residualRms;
  private final double conditionNumber;

  private CanonicalMap(double[][] matrix, double residualRms) {
    this.matrix = matrix;
    this.residualRms = residualRms;
    this.conditionNumber = conditionNumber(matrix);
  }

  /**
   * Fits the map, without noise. What the spectra do not tell apart is left as the camera's own
   * channel has it.
   *
   * @param from the camera
   * @param canonical the channels to arrive at, {@link SpectralResponse#canonical}
   * @param reflectances spectra such as the camera will see, in columns; interpolated linearly to
   *     the bands of the responses
   * @throws org.skinspectra.SkinSpectraException if the two responses have other bands, the spectra
   *     do not cover them, are fewer than four, or hold a value that is not finite
   */
  public static CanonicalMap fit(
      SpectralResponse from, SpectralResponse canonical, SpectralTable reflectances) {
    WhiteKeepingFit.Sight sight = WhiteKeepingFit.Sight.of(from, canonical, reflectances);
    WhiteKeepingFit fit = new WhiteKeepingFit(sight.seen(), new double[0][], sight.wanted());
    double[][] matrix = new double[CHANNELS][];
    for (int c = 0; c < CHANNELS; c++) {
      matrix[c] = fit.row(c, c, ALL).weights();
    }
    return new CanonicalMap(matrix, fit.residual(matrix));
  }

  /**
   * Fits the map for pictures with noise: it errs least when the noise that it passes on is an
   * error too. R, G and B are made without 960 nm, or 960 nm without them, where that promises a
   * smaller error for spectra that were not fitted to (leave-one-out).
   *
   * @param noiseAtWhite standard deviation of every channel at reflectance 1; shot noise, so that
   *     its variance follows the reflectance. 0.01 is 40 dB
   * @throws org.skinspectra.SkinSpectraException as {@link #fit(SpectralResponse, SpectralResponse,
   *     SpectralTable)}, or if the noise is not between 0 and 1
   */
  public static CanonicalMap fit(
      SpectralResponse from,
      SpectralResponse canonical,
      SpectralTable reflectances,
      double noiseAtWhite) {
    Ranges.require("noiseAtWhite", noiseAtWhite, 0, 1);
    WhiteKeepingFit.Sight sight = WhiteKeepingFit.Sight.of(from, canonical, reflectances);
    double[][] noise = WhiteKeepingFit.meanNoise(sight.seen(), pixel -> noise(pixel, noiseAtWhite));
    WhiteKeepingFit fit = new WhiteKeepingFit(sight.seen(), noise, sight.wanted());
    double[][] matrix = new double[CHANNELS][];
    for (int c = 0; c < CHANNELS; c++) {
      WhiteKeepingFit.Row all = fit.row(c, c, ALL);
      WhiteKeepingFit.Row apart = fit.row(c, c, c < VISIBLE.length ? VISIBLE : INFRARED);
      matrix[c] = (all.expectedError() < apart.expectedError() ? all : apart).weights();
    }
    return new CanonicalMap(matrix, fit.residual(matrix));
  }

  /**
   * A map that was fitted before.
   *
   * @param matrix as {@link #matrix} gives it
   * @throws org.skinspectra.SkinSpectraException if it is not 4x4, has a row whose sum is not 1, or
   *     a number out of range
   */
  public static CanonicalMap of(double[][] matrix, double residualRms) {
    Ranges.require("canonicalMap.residualRms", residualRms, 0, 1);
    return new CanonicalMap(WhiteKeepingFit.requireMap(matrix, CHANNELS), residualRms);
  }

  /**
   * Weights of the camera's channels (columns) in the canonical ones (rows); each row sums to 1.
   */
  public double[][] matrix() {
    return WhiteKeepingFit.copy(matrix);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public double[][] coefficients() {
    return matrix();
  }

  @Override
  public double residualRms() {
    return residualRms;
  }

  @Override
  public double conditionNumber() {
    return conditionNumber;
  }

  @Override
  public double[] apply(double[] channels) {
    WhiteKeepingFit.requireChannels(channels);
    return WhiteKeepingFit.product(matrix, channels);
  }

  @Override
  public void apply(float[][] planes, int start, int end) {
    for (int i = start; i < end; i++) {
      double r = planes[0][i];
      double g = planes[1][i];
      double b = planes[2][i];
      double infrared = planes[3][i];
      for (int c = 0; c < CHANNELS; c++) {
        double[] row = matrix[c];
        planes[c][i] = (float) (row[0] * r + row[1] * g + row[2] * b + row[3] * infrared);
      }
    }
  }

  private static double[][] noise(double[] channels, double noiseAtWhite) {
    double[][] noise = new double[CHANNELS][CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      noise[c][c] = noiseAtWhite * Math.sqrt(Math.max(channels[c], 0));
    }
    return noise;
  }

  static double conditionNumber(double[][] matrix) {
    return new SingularValueDecomposition(new Array2DRowRealMatrix(matrix)).getConditionNumber();
  }
}

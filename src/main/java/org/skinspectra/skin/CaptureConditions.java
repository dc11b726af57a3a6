package org.skinspectra.skin;

import java.util.List;

/**
 * How a camera takes one image. The signal of a channel is 1 for perfect white in the middle of the
 * image at exposure 1; all of the sensor's errors are stated on that scale, and calibration divides
 * by exposure and vignetting afterwards. Immutable.
 *
 * @param exposure light relative to the exposure at which the ratio of signal to noise is stated,
 *     above 0
 * @param whiteSnrDb signal-to-noise ratio of perfect white at exposure 1 by its shot noise alone,
 *     dB: a reflectance R has the noise variance 10^(-dB/10)·R/exposure (EMVA 1288: the variance of
 *     shot noise is proportional to the signal). Infinite for none
 * @param readNoise standard deviation of the noise in the dark, in reflectance at exposure 1; it
 *     grows with 1/exposure
 * @param vignetting share of the light that is lost in the corners, 0 to below 1; the loss grows
 *     with the square of the distance from the middle, and calibration restores the signal but not
 *     the noise
 * @param blur standard deviation of a Gaussian in pixels for each of R, G, B and 960 nm, 0 to
 *     {@value #MAX_BLUR}
 * @param shiftX by how many pixels the 960 nm image lies to the right of the others
 * @param shiftY by how many pixels the 960 nm image lies below the others
 * @param bits depth of the digital numbers, 1 to 24; 0 for none
 * @param saturation the signal at which the sensor clips, which is the largest digital number: 1.25
 *     clips reflectances from 1.25 at exposure 1 and from 2.5 at exposure 0.5. Infinite for none
 */
public record CaptureConditions(
    double exposure,
    double whiteSnrDb,
    double readNoise,
    double vignetting,
    List<Double> blur,
    double shiftX,
    double shiftY,
    int bits,
    double saturation) {

  /** Largest standard deviation of a blur, pixels. */
  public static final double MAX_BLUR = 10;

  /** Largest shift of the 960 nm image, pixels. */
  public static final double MAX_SHIFT = 100;

  /** The most bits of a digital number, which a 32-bit float can hold. */
  public static final int MAX_BITS = 24;

  /** Exposure 1 without any noise, blur, shift, digital numbers or clipping. */
  public static final CaptureConditions NOISELESS =
      new CaptureConditions(
          1,
          Double.POSITIVE_INFINITY,
          0,
          0,
          List.of(0.0, 0.0, 0.0, 0.0),
          0,
          0,
          0,
          Double.POSITIVE_INFINITY);

  /**
   * @throws IllegalArgumentException if a value is not in the range stated for it, or there are
   *     digital numbers without a saturation to be the largest
   */
  public CaptureConditions {
    require(exposure > 0 && exposure <= 1e6, "exposure", exposure, "above 0, up to a million");
    require(whiteSnrDb >= -100, "signal-to-noise ratio", whiteSnrDb, "in dB, from -100");
    require(readNoise >= 0 && readNoise <= 1e6, "read noise", readNoise, "from 0, in reflectance");
    require(vignetting >= 0 && vignetting < 1, "vignetting", vignetting, "from 0 to below 1");
    if (blur.size() != 4) {
      throw new IllegalArgumentException(
          blur.size() + " blurs; give one for each of R, G, B and 960 nm.");
    }
    blur.forEach(b -> require(b != null && b >= 0 && b <= MAX_BLUR, "blur", b, "0 to " + MAX_BLUR));
    blur = List.copyOf(blur);
    requireShift(shiftX);
    requireShift(shiftY);
    require(bits >= 0 && bits <= MAX_BITS, "bit depth", bits, "1 to " + MAX_BITS + ", 0 for none");
    require(saturation > 0, "saturation", saturation, "above 0, in reflectance at exposure 1");
    if (bits > 0 && !(saturation < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          bits + " bits need a finite saturation, which is their largest number; such as 1.25.");
    }
  }

  /** {@link #NOISELESS} but for shot noise: white has this signal-to-noise ratio (dB). */
  public static CaptureConditions noise(double whiteSnrDb) {
    return NOISELESS.withWhiteSnrDb(whiteSnrDb);
  }

  public CaptureConditions withExposure(double value) {
    return new CaptureConditions(
        value, whiteSnrDb, readNoise, vignetting, blur, shiftX, shiftY, bits, saturation);
  }

  public CaptureConditions withWhiteSnrDb(double value) {
    return new CaptureConditions(
        exposure, value, readNoise, vignetting, blur, shiftX, shiftY, bits, saturation);
  }

  public CaptureConditions withReadNoise(double value) {
    return new CaptureConditions(
        exposure, whiteSnrDb, value, vignetting, blur, shiftX, shiftY, bits, saturation);
  }

  public CaptureConditions withVignetting(double value) {
    return new CaptureConditions(
        exposure, whiteSnrDb, readNoise, value, blur, shiftX, shiftY, bits, saturation);
  }

  /** With these blurs of R, G, B and 960 nm. */
  public CaptureConditions withBlur(double r, double g, double b, double infrared) {
    List<Double> value = List.of(r, g, b, infrared);
    return new CaptureConditions(
        exposure, whiteSnrDb, readNoise, vignetting, value, shiftX, shiftY, bits, saturation);
  }

  public CaptureConditions withShift(double x, double y) {
    return new CaptureConditions(
        exposure, whiteSnrDb, readNoise, vignetting, blur, x, y, bits, saturation);
  }

  /** With digital numbers of this depth, the largest at this saturation. */
  public CaptureConditions withBits(int value, double fullScale) {
    return new CaptureConditions(
        exposure, whiteSnrDb, readNoise, vignetting, blur, shiftX, shiftY, value, fullScale);
  }

  public CaptureConditions withSaturation(double value) {
    return new CaptureConditions(
        exposure, whiteSnrDb, readNoise, vignetting, blur, shiftX, shiftY, bits, value);
  }

  private static void requireShift(double shift) {
    require(
        Math.abs(shift) <= MAX_SHIFT, "shift", shift, "-" + MAX_SHIFT + " to " + MAX_SHIFT + " px");
  }

  private static void require(boolean holds, String what, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(
          "A capture cannot have the %s %s; it is a number %s.".formatted(what, value, range));
    }
  }
}

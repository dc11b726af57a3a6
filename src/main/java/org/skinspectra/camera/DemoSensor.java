package org.skinspectra.camera;

import java.util.List;
import org.skinspectra.JsonText;

/**
 * The chip of a demo camera after the model of EMVA 1288 (release 4): electrons, of which light and
 * warmth make a number with the variance of shot noise, read noise, an amplification to digital
 * numbers and the differences between pixels. All cameras of a source have one like it, each with
 * its own pattern.
 *
 * @param whiteElectronsPerMs electrons of a pixel per millisecond before perfect white, in the
 *     middle of the image, for red, green, blue and 960 nm; each above 0
 * @param fullScaleElectrons electrons that make the largest digital number above the dark level at
 *     gain 1, above 0
 * @param readNoise standard deviation of the noise in the dark, electrons
 * @param darkLevel digital number without any electron, as a share of full scale, 0 to 0.5
 * @param darkCurrent electrons of a pixel per millisecond in the dark
 * @param darkNonUniformity standard deviation between pixels in the dark (DSNU), electrons
 * @param responseNonUniformity standard deviation between pixels under light (PRNU), as a share
 * @param badPixels share of pixels that are hot or dead, as many of the one as of the other, 0 to
 *     0.5
 * @param vignetting share of the light that is lost in the corners, 0 to below 1
 */
public record DemoSensor(
    List<Double> whiteElectronsPerMs,
    double fullScaleElectrons,
    double readNoise,
    double darkLevel,
    double darkCurrent,
    double darkNonUniformity,
    double responseNonUniformity,
    double badPixels,
    double vignetting) {

  /**
   * An industrial camera. White has 40 dB in green after 12 ms, about two thirds of full scale, and
   * as much at 960 nm after 25 ms.
   */
  public static final DemoSensor TYPICAL =
      new DemoSensor(
          List.of(600.0, 833.0, 700.0, 400.0), 15_000, 3, 0.02, 0.02, 2, 0.01, 1e-4, 0.25);

  /** The same without bad pixels and differences between pixels. */
  public static final DemoSensor EVEN =
      new DemoSensor(List.of(600.0, 833.0, 700.0, 400.0), 15_000, 3, 0.02, 0.02, 0, 0, 0, 0);

  /**
   * @throws IllegalArgumentException if a value is not in the range stated for it
   */
  public DemoSensor {
    whiteElectronsPerMs = List.copyOf(whiteElectronsPerMs);
    if (whiteElectronsPerMs.size() != 4) {
      throw new IllegalArgumentException(
          whiteElectronsPerMs.size() + " rates; give one for each of R, G, B and 960 nm.");
    }
    whiteElectronsPerMs.forEach(rate -> require("electrons per millisecond", rate, 1e-9, 1e15));
    require("electrons of full scale", fullScaleElectrons, 1e-3, 1e15);
    require("read noise", readNoise, 0, 1e9);
    require("dark level", darkLevel, 0, 0.5);
    require("dark current", darkCurrent, 0, 1e9);
    require("dark non-uniformity", darkNonUniformity, 0, 1e9);
    require("response non-uniformity", responseNonUniformity, 0, 0.3);
    require("share of bad pixels", badPixels, 0, 0.5);
    require("vignetting", vignetting, 0, 0.99);
  }

  public DemoSensor withBadPixels(double value) {
    return new DemoSensor(
        whiteElectronsPerMs,
        fullScaleElectrons,
        readNoise,
        darkLevel,
        darkCurrent,
        darkNonUniformity,
        responseNonUniformity,
        value,
        vignetting);
  }

  public DemoSensor withVignetting(double value) {
    return new DemoSensor(
        whiteElectronsPerMs,
        fullScaleElectrons,
        readNoise,
        darkLevel,
        darkCurrent,
        darkNonUniformity,
        responseNonUniformity,
        badPixels,
        value);
  }

  /**
   * The same share of full scale from more electrons, so with less shot noise: 4 times as many give
   * 6 dB. What is stated in electrons grows with them.
   */
  public DemoSensor withElectrons(double factor) {
    return new DemoSensor(
        whiteElectronsPerMs.stream().map(rate -> rate * factor).toList(),
        fullScaleElectrons * factor,
        readNoise * factor,
        darkLevel,
        darkCurrent * factor,
        darkNonUniformity * factor,
        responseNonUniformity,
        badPixels,
        vignetting);
  }

  public DemoSensor withReadNoise(double value) {
    return new DemoSensor(
        whiteElectronsPerMs,
        fullScaleElectrons,
        value,
        darkLevel,
        darkCurrent,
        darkNonUniformity,
        responseNonUniformity,
        badPixels,
        vignetting);
  }

  public DemoSensor withDarkCurrent(double value) {
    return new DemoSensor(
        whiteElectronsPerMs,
        fullScaleElectrons,
        readNoise,
        darkLevel,
        value,
        darkNonUniformity,
        responseNonUniformity,
        badPixels,
        vignetting);
  }

  /** Differences between pixels in the dark (electrons) and under light (share). */
  public DemoSensor withNonUniformity(double dark, double response) {
    return new DemoSensor(
        whiteElectronsPerMs,
        fullScaleElectrons,
        readNoise,
        darkLevel,
        darkCurrent,
        dark,
        response,
        badPixels,
        vignetting);
  }

  private static void require(String what, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          "A sensor cannot have the %s %s; it is a number from %s to %s."
              .formatted(what, value, JsonText.printable(min), JsonText.printable(max)));
    }
  }
}

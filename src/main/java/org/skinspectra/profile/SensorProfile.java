package org.skinspectra.profile;

import java.util.List;
import java.util.Optional;
import org.skinspectra.SkinSpectraException;

/**
 * The numbers that a sensor delivers.
 *
 * @param bits that it uses, 1 to 16; 0 for floating point, which has no full scale
 * @param saturationDn number from which on a pixel is taken as saturated, where that is below the
 *     largest that the bits can hold
 * @param blackLevelDn offset without light, below full scale
 * @param bayer pattern of frames that are a raw mosaic, of a sensor that can deliver them
 * @param linearity of its numbers with black level included, of a sensor that is not linear
 */
public record SensorProfile(
    int bits,
    Optional<Double> saturationDn,
    double blackLevelDn,
    Optional<BayerPattern> bayer,
    Optional<LinearityCurve> linearity) {

  private static final int MAX_BITS = 16;
  private static final double MAX_BLACK = 1e6;

  /**
   * @throws SkinSpectraException if a number is out of its range
   */
  public SensorProfile {
    Ranges.require("bits", bits, 0, MAX_BITS);
    double full = bits == 0 ? MAX_BLACK : (1 << bits) - 1;
    Ranges.require("blackLevelDn", blackLevelDn, bits == 0 ? -MAX_BLACK : 0, full);
    if (saturationDn.isPresent()) {
      Ranges.require("saturationDn", saturationDn.get(), blackLevelDn, full);
    }
    if (!(blackLevelDn < saturationDn.orElse(full))) {
      throw new SkinSpectraException(
          "'blackLevelDn' is %s, which leaves nothing below full scale (%s)."
              .formatted(blackLevelDn, saturationDn.orElse(full)));
    }
  }

  /** A linear sensor without a mosaic. */
  public static SensorProfile linear(int bits, double blackLevelDn) {
    return new SensorProfile(
        bits, Optional.empty(), blackLevelDn, Optional.empty(), Optional.empty());
  }

  /** The same sensor with another curve. */
  public SensorProfile withLinearity(LinearityCurve curve) {
    return new SensorProfile(bits, saturationDn, blackLevelDn, bayer, Optional.of(curve));
  }

  /** Number from which on a pixel is saturated; NaN for floating point. */
  public double fullScaleDn() {
    return saturationDn.orElse(bits == 0 ? Double.NaN : (1 << bits) - 1);
  }

  /**
   * What a calibration must know of this sensor.
   *
   * @param pattern of the frames at hand; empty where they are no mosaic
   * @param whiteReflectance reflectance factor of the white target, one or one for each channel
   */
  public SensorRadiometry radiometry(
      Optional<BayerPattern> pattern, List<Double> whiteReflectance) {
    return new SensorRadiometry(
        linearity.orElse(LinearityCurve.identity()),
        pattern,
        whiteReflectance,
        blackLevelDn,
        saturationDn.orElse(Double.NaN));
  }
}

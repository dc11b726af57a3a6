package org.skinspectra.profile;

import java.util.List;
import java.util.Optional;
import org.skinspectra.SkinSpectraException;

/**
 * What must be known of a camera and of the white target for a calibration.
 *
 * @param linearity of the camera
 * @param mosaic pattern of the frames, for a colour sensor that delivers its mosaic
 * @param whiteReflectance reflectance factor of the white target: one for all channels, or one for
 *     each
 * @param blackLevel digital number of no light at all; NaN where it is not known
 * @param saturation digital number at which a pixel is saturated where that is not the largest that
 *     its bits can hold, to which the mean of frames is held; NaN otherwise
 */
public record SensorRadiometry(
    LinearityCurve linearity,
    Optional<BayerPattern> mosaic,
    List<Double> whiteReflectance,
    double blackLevel,
    double saturation) {

  /** A linear camera without a mosaic, before a perfect white. */
  public static final SensorRadiometry LINEAR =
      new SensorRadiometry(
          LinearityCurve.identity(), Optional.empty(), List.of(1.0), Double.NaN, Double.NaN);

  /**
   * @throws SkinSpectraException if a reflectance is not above 0 and at most 2, or there is none;
   *     if the black level is infinite, or not below the saturation
   */
  public SensorRadiometry {
    whiteReflectance = List.copyOf(whiteReflectance);
    if (whiteReflectance.isEmpty()) {
      throw new SkinSpectraException(
          "The white target has no reflectance; state one, such as 0.99, or one for each channel.");
    }
    for (double reflectance : whiteReflectance) {
      if (!(reflectance > 0 && reflectance <= 2)) {
        throw new SkinSpectraException(
            "The white target reflects %s; a reflectance factor is above 0 and at most 2, such as 0.99."
                .formatted(reflectance));
      }
    }
    if (Double.isInfinite(blackLevel)
        || Double.isInfinite(saturation)
        || blackLevel >= saturation) {
      throw new SkinSpectraException(
          "The camera has the black level %s and saturates at %s; the first must be the smaller one."
              .formatted(blackLevel, saturation));
    }
  }

  public SensorRadiometry withLinearity(LinearityCurve other) {
    return new SensorRadiometry(other, mosaic, whiteReflectance, blackLevel, saturation);
  }

  public SensorRadiometry withMosaic(BayerPattern pattern) {
    return new SensorRadiometry(
        linearity, Optional.of(pattern), whiteReflectance, blackLevel, saturation);
  }

  /** The same camera before a target of another reflectance factor, one or one for each channel. */
  public SensorRadiometry withWhiteReflectance(Double... factors) {
    return new SensorRadiometry(linearity, mosaic, List.of(factors), blackLevel, saturation);
  }

  public SensorRadiometry withBlackLevel(double level) {
    return new SensorRadiometry(linearity, mosaic, whiteReflectance, level, saturation);
  }

  public SensorRadiometry withSaturation(double level) {
    return new SensorRadiometry(linearity, mosaic, whiteReflectance, blackLevel, level);
  }

  /** Reflectance factor of the white in one of so many channels. */
  double whiteReflectance(int channel, int channels) {
    if (whiteReflectance.size() != 1 && whiteReflectance.size() != channels) {
      throw new SkinSpectraException(
          "The white target has %d reflectance factors, but the picture %d channels; state one for all or one for each."
              .formatted(whiteReflectance.size(), channels));
    }
    return whiteReflectance.get(whiteReflectance.size() == 1 ? 0 : channel);
  }

  /** Digital number at which frames of this camera are saturated; NaN if there is none. */
  double saturationOf(FrameMean frames) {
    return Double.isNaN(saturation) ? frames.fullScale() : saturation;
  }
}

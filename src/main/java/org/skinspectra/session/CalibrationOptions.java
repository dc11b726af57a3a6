package org.skinspectra.session;

import java.util.Optional;
import org.skinspectra.profile.CalibrationLimits;
import org.skinspectra.profile.CameraProfile;

/**
 * How the pictures of a session are calibrated.
 *
 * @param profile of the camera; empty for the last one that the session holds a copy of
 * @param mapKind {@code linear} or {@code root-polynomial}; empty for the map that the profile
 *     holds, and a linear one where it holds none
 * @param noiseAtWhite standard deviation of every channel at reflectance 1 that a new map is fitted
 *     for; 0.01 is 40 dB
 * @param limits that a picture and its references are held to
 */
public record CalibrationOptions(
    Optional<CameraProfile> profile,
    Optional<String> mapKind,
    double noiseAtWhite,
    CalibrationLimits limits) {

  /** All left to the session and its profile, at 40 dB. */
  public static final CalibrationOptions DEFAULT =
      new CalibrationOptions(Optional.empty(), Optional.empty(), 0.01, CalibrationLimits.DEFAULT);

  public CalibrationOptions withProfile(CameraProfile value) {
    return new CalibrationOptions(Optional.of(value), mapKind, noiseAtWhite, limits);
  }

  public CalibrationOptions withMapKind(String value) {
    return new CalibrationOptions(profile, Optional.of(value), noiseAtWhite, limits);
  }

  public CalibrationOptions withLimits(CalibrationLimits value) {
    return new CalibrationOptions(profile, mapKind, noiseAtWhite, value);
  }
}

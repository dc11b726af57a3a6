package org.skinspectra.profile;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How good a calibrated picture is.
 *
 * @param checks that were made, all passed
 * @param channels the quality of each
 * @param dead pixels that respond too little, too much or not at all, in the whole frame
 * @param hot pixels that are too bright in the dark
 * @param unstable pixels that vary too much with time
 * @param replaced pixels that are bad for at least one of these reasons and were replaced
 * @param nonUniformity of the sensor
 */
public record CalibrationReport(
    List<CalibrationCheck> checks,
    List<Channel> channels,
    int dead,
    int hot,
    int unstable,
    int replaced,
    List<BadPixels.NonUniformity> nonUniformity) {

  public CalibrationReport {
    checks = List.copyOf(checks);
    channels = List.copyOf(channels);
    nonUniformity = List.copyOf(nonUniformity);
  }

  /**
   * One channel inside the region of interest.
   *
   * @param name of it
   * @param negative number of values below 0
   * @param negativeFraction of all values
   * @param saturated number of saturated pixels of the frame, bad ones not counted
   * @param saturatedFraction of all that see the channel
   * @param noise standard deviation of the temporal noise, in reflectance, root mean square over
   *     the pixels of the frame before demosaicing; references included. From the variance between
   *     the frames of the picture, or else from the photon transfer of its references (EMVA 1288
   *     Release 4); empty where neither was averaged
   */
  public record Channel(
      String name,
      int negative,
      double negativeFraction,
      int saturated,
      double saturatedFraction,
      OptionalDouble noise) {}
}

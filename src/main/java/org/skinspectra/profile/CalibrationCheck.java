package org.skinspectra.profile;

/**
 * One thing that must be right for a calibration, and whether it was.
 *
 * @param name what is checked of which frame and channel, such as {@code white.bright.G}; the same
 *     for all pictures
 * @param passed whether it was right
 * @param finding what was found, with frame, channel and numbers, as a sentence for people
 * @param value what the limit is held against; always finite
 * @param limit that the value must not exceed; always finite
 * @param remedy what to do where it was not right
 */
public record CalibrationCheck(
    String name, boolean passed, String finding, double value, double limit, String remedy) {

  /** A check that is passed by a value up to the limit. */
  static CalibrationCheck of(
      String name, String finding, double value, double limit, String remedy) {
    // What is no number is as far from right as can be told.
    double finite = Double.isFinite(value) ? value : Double.MAX_VALUE;
    return new CalibrationCheck(name, finite <= limit, finding, finite, limit, remedy);
  }
}

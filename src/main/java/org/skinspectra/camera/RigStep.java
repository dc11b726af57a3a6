package org.skinspectra.camera;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.skinspectra.JsonText;

/**
 * One step of taking a picture: what is set, which camera takes it, and how.
 *
 * @param channel name of what is taken: {@code RGB}, {@code N960}, or {@code R}, {@code G}, {@code
 *     B} of a monochrome camera; up to 32 letters, digits, {@code _}, {@code .} and {@code -}
 * @param preset of a configuration group, set first
 * @param settings of devices, set after the preset in this order; up to {@value #MAX_SETTINGS}
 * @param camera label of the device that takes the frame
 * @param exposureMs exposure time, milliseconds, above 0 up to an hour
 * @param gain factor of amplification over the camera's lowest, above 0 up to a million; recorded
 *     with every frame. What sets it is one of the settings
 * @param average frames whose mean is one picture, 1 to {@value #MAX_AVERAGE}
 * @param settleMs time to wait after the settings, milliseconds, 0 to ten minutes
 * @param region of the sensor, the whole of it where empty; set after the binning
 * @param binning pixels in x and in y that are read as one, 1 to {@value #MAX_BINNING}
 * @param timeoutMs after which a missing frame is an error, beyond the exposure, milliseconds, 0 to
 *     ten minutes
 */
public record RigStep(
    String channel,
    Optional<ConfigPreset> preset,
    List<DeviceSetting> settings,
    String camera,
    double exposureMs,
    double gain,
    int average,
    double settleMs,
    Optional<SensorRegion> region,
    int binning,
    double timeoutMs) {

  /** The longest exposure, an hour, in milliseconds. */
  public static final double MAX_EXPOSURE_MS = 3_600_000;

  static final int MAX_SETTINGS = 100;
  static final int MAX_AVERAGE = 10_000;
  static final int MAX_BINNING = 64;
  static final double MAX_WAIT_MS = 600_000;
  static final double MAX_GAIN = 1e6;

  /** A channel names files, so it is kept to letters that every file system takes. */
  private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}");

  /**
   * @throws IllegalArgumentException if a value is not in the range stated for it
   */
  public RigStep {
    if (!CHANNEL.matcher(channel).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no name of a channel; use up to 32 letters, digits, '_', '.' and '-'."
              .formatted(channel));
    }
    Text.require("camera", camera);
    settings = List.copyOf(settings);
    require(channel, "number of settings", settings.size(), 0, MAX_SETTINGS);
    requireAboveZero(channel, "exposureMs", exposureMs, MAX_EXPOSURE_MS);
    requireAboveZero(channel, "gain", gain, MAX_GAIN);
    require(channel, "average", average, 1, MAX_AVERAGE);
    require(channel, "settleMs", settleMs, 0, MAX_WAIT_MS);
    require(channel, "binning", binning, 1, MAX_BINNING);
    require(channel, "timeoutMs", timeoutMs, 0, MAX_WAIT_MS);
  }

  /** The same step with another exposure, milliseconds. */
  public RigStep withExposureMs(double value) {
    return new RigStep(
        channel, preset, settings, camera, value, gain, average, settleMs, region, binning,
        timeoutMs);
  }

  /**
   * How long the step may take, milliseconds: its settings and its answer within the time-out, and
   * its exposure.
   */
  public double deadlineMs() {
    return settleMs + exposureMs + timeoutMs;
  }

  /** The same step with another number of frames whose mean is one picture. */
  public RigStep withAverage(int value) {
    return new RigStep(
        channel,
        preset,
        settings,
        camera,
        exposureMs,
        gain,
        value,
        settleMs,
        region,
        binning,
        timeoutMs);
  }

  private static void requireAboveZero(String channel, String what, double value, double max) {
    if (!(value > 0 && value <= max)) {
      throw bad(channel, what, value, "above 0, up to " + JsonText.printable(max));
    }
  }

  private static void require(String channel, String what, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw bad(channel, what, value, JsonText.printable(min) + " to " + JsonText.printable(max));
    }
  }

  private static IllegalArgumentException bad(
      String channel, String what, double value, String range) {
    return new IllegalArgumentException(
        "The %s of step %s is %s; it is a number %s."
            .formatted(what, channel, JsonText.printable(value), range));
  }
}

package org.skinspectra.camera;

import java.util.List;
import java.util.Optional;

/**
 * One step of taking a picture: what is set, which camera takes it, and how.
 *
 * @param channel name of what is taken: {@code RGB}, {@code N960}, or {@code R}, {@code G}, {@code
 *     B} of a monochrome camera
 * @param preset of a configuration group, set first
 * @param settings of devices, set after the preset in this order
 * @param camera label of the device that takes the frame
 * @param exposureMs exposure time, milliseconds
 * @param gain factor of amplification over the camera's lowest; recorded with every frame. What
 *     sets it is one of the settings
 * @param average frames whose mean is one picture
 * @param settleMs time to wait after the settings, milliseconds
 * @param region of the sensor, the whole of it where empty; set after the binning
 * @param binning pixels in x and in y that are read as one
 * @param timeoutMs after which a missing frame is an error, beyond the exposure, milliseconds
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

  public RigStep {
    settings = List.copyOf(settings);
  }
}

package org.skinspectra.cube;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of a frame besides its pixels.
 *
 * @param channel name of the step of the rig that it was taken in, such as {@code RGB} or {@code
 *     N960}
 * @param camera label of the device that took it
 * @param exposureMs exposure time, milliseconds
 * @param gain factor of the camera's amplification over its lowest, 1 where it has none
 * @param taken when the frame was delivered
 * @param all further tags as the camera delivered them, by name
 */
public record FrameTags(
    String channel,
    String camera,
    double exposureMs,
    double gain,
    Instant taken,
    Map<String, String> all) {

  /**
   * @throws IllegalArgumentException if exposure or gain is not above 0
   */
  public FrameTags {
    if (!(exposureMs > 0 && exposureMs < Double.POSITIVE_INFINITY)
        || !(gain > 0 && gain < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "A frame is exposed for %s ms at gain %s; both are above 0.".formatted(exposureMs, gain));
    }
    all = Collections.unmodifiableMap(new TreeMap<>(all));
  }
}

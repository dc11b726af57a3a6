package org.skinspectra.profile;

import java.util.List;
import org.skinspectra.cube.Mask;

/**
 * A picture as reflectance factors.
 *
 * @param width pixels
 * @param height pixels
 * @param names of the channels: R, G, B, or that of the rig's step
 * @param planes reflectance factor of each channel {@code [y][x]}; shared, not copied. Negative
 *     values, which noise makes of dark pixels, are kept
 * @param saturated 1 where a value rests on a saturated pixel, else 0
 * @param report how good it is
 */
public record CalibratedChannels(
    int width,
    int height,
    List<String> names,
    float[][] planes,
    Mask saturated,
    CalibrationReport report) {

  public CalibratedChannels {
    names = List.copyOf(names);
  }

  /**
   * The plane of a channel.
   *
   * @throws IllegalArgumentException if there is none of the name
   */
  public float[] plane(String name) {
    int channel = names.indexOf(name);
    if (channel < 0) {
      throw new IllegalArgumentException("There is no channel '" + name + "' in " + names + ".");
    }
    return planes[channel];
  }
}

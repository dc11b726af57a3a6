package org.skinspectra.cube;

import java.util.List;

/**
 * Canonical multispectral image: float32 {@code [y][x][channel]}, reflectance factor (1.0 = perfect
 * white). Channels are R, G, B (CIE 1931 2° functions under equal energy, linear) and, with four
 * channels, the reflectance factor at 960 nm.
 *
 * <p>The pixel array is shared, not copied: whoever holds it must not write to it any more.
 */
public record Msi(int width, int height, int channels, float[] pixels) {

  /** Names of the four channels; an RGB image has the first three. */
  public static final List<String> CHANNEL_NAMES = List.of("R", "G", "B", "960 nm");

  /**
   * Wraps channel-last pixels without a copy.
   *
   * @throws IllegalArgumentException if there are neither 3 nor 4 channels, a side is not positive,
   *     or the array has another length than {@code height * width * channels}
   */
  public Msi {
    if (channels != 3 && channels != 4) {
      throw new IllegalArgumentException(
          "A multispectral image has 3 channels (R, G, B) or 4 (R, G, B, 960 nm), not "
              + channels
              + ".");
    }
    if (width < 1 || height < 1 || (long) width * height * channels != pixels.length) {
      throw new IllegalArgumentException(
          "An image of "
              + width
              + "x"
              + height
              + "x"
              + channels
              + " does not fit an array of "
              + pixels.length
              + " values.");
    }
  }

  public float get(int x, int y, int channel) {
    return pixels[(y * width + x) * channels + channel];
  }

  /** Names of this image's channels. */
  public List<String> channelNames() {
    return CHANNEL_NAMES.subList(0, channels);
  }
}

package org.skinspectra.profile;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.PixelType;

/**
 * Where the channels of a frame are: in one plane, in a plane each, or in the mosaic of one plane.
 */
final class ChannelLayout {

  private static final List<String> COLOURS = List.of("R", "G", "B");

  private final int planes;
  private final BayerPattern mosaic;
  private final List<String> names;

  private ChannelLayout(int planes, BayerPattern mosaic, List<String> names) {
    this.planes = planes;
    this.mosaic = mosaic;
    this.names = names;
  }

  /**
   * @param name of the channel where there is only one
   * @throws SkinSpectraException if frames of the type are no mosaic, or it is smaller than the
   *     pattern
   */
  static ChannelLayout of(
      PixelType type, int width, int height, Optional<BayerPattern> mosaic, String name) {
    if (mosaic.isEmpty()) {
      return new ChannelLayout(
          type.channels(), null, type.channels() == 3 ? COLOURS : List.of(name));
    }
    if (type.channels() != 1) {
      throw new SkinSpectraException(
          "The camera's profile names the Bayer pattern %s, but its frames are %s, which hold no mosaic. Set the camera's pixel type to 8bit or 16bit, or remove the pattern from the profile."
              .formatted(mosaic.get(), type.key()));
    }
    if (width < 2 || height < 2) {
      throw new SkinSpectraException(
          "A Bayer mosaic has at least 2x2 pixels, this frame %dx%d. Take a larger region of the sensor."
              .formatted(width, height));
    }
    return new ChannelLayout(1, mosaic.get(), COLOURS);
  }

  int planes() {
    return planes;
  }

  List<String> names() {
    return names;
  }

  int channels() {
    return names.size();
  }

  Optional<BayerPattern> mosaic() {
    return Optional.ofNullable(mosaic);
  }

  int channel(int plane, int x, int y) {
    return mosaic == null ? plane : mosaic.channel(x, y);
  }

  /** Indices of the pixels of a plane that see a channel, in order. */
  int[] pixels(int plane, int channel, int width, int height) {
    if (mosaic == null && plane != channel) {
      return new int[0];
    }
    int[] pixels = new int[width * height];
    int n = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (channel(plane, x, y) == channel) {
          pixels[n++] = y * width + x;
        }
      }
    }
    return Arrays.copyOf(pixels, n);
  }
}

package org.skinspectra.cube;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a camera delivers its pixels, by the names Micro-Manager has for them. A Bayer mosaic is
 * delivered as {@link #GRAY8} or {@link #GRAY16}; which pattern it has is known to the camera's
 * profile.
 */
public enum PixelType {
  GRAY8("8bit", 1, 1, 1),
  GRAY16("16bit", 2, 1, 1),
  GRAY32("32bit", 4, 1, 1),
  /** Blue, green, red and an unused byte. */
  BGRA32("32bitRGB", 1, 4, 3),
  /** Blue, green, red and an unused 16-bit number. */
  BGRA64("64bitRGB", 2, 4, 3);

  private final String key;
  private final int bytesPerSample;
  private final int samplesPerPixel;
  private final int channels;

  PixelType(String key, int bytesPerSample, int samplesPerPixel, int channels) {
    this.key = key;
    this.bytesPerSample = bytesPerSample;
    this.samplesPerPixel = samplesPerPixel;
    this.channels = channels;
  }

  /** Micro-Manager's name of it. */
  public String key() {
    return key;
  }

  /** The type that Micro-Manager has this name for; empty where it is none of these. */
  public static Optional<PixelType> ofKey(String key) {
    return Arrays.stream(values()).filter(type -> type.key.equals(key)).findFirst();
  }

  public int bytesPerSample() {
    return bytesPerSample;
  }

  /** Numbers that are stored for a pixel, the unused one included. */
  public int samplesPerPixel() {
    return samplesPerPixel;
  }

  /** 1, or 3 for red, green and blue. */
  public int channels() {
    return channels;
  }

  /** Most bits that a sample can hold; 0 for floating point. */
  public int maxBits() {
    return this == GRAY32 ? 0 : 8 * bytesPerSample;
  }
}

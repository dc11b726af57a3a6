package org.skinspectra.cube;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * One camera image as delivered: counts that nothing was done to, and its tags. The array is
 * shared, not copied: whoever holds it must not write to it any more.
 */
public final class Frame {

  private final int width;
  private final int height;
  private final PixelType type;
  private final int bits;
  private final Object samples;
  private final FrameTags tags;

  private Frame(
      int width, int height, PixelType type, int bits, Object samples, int length, FrameTags tags) {
    if (width < 1
        || height < 1
        || (long) width * height * type.samplesPerPixel() != length
        || bits < 0
        || bits > type.maxBits()
        || (bits == 0) != (type.maxBits() == 0)) {
      throw new IllegalArgumentException(
          "A frame of %dx%d pixels %s with %d bits does not fit an array of %d samples."
              .formatted(width, height, type.key(), bits, length));
    }
    this.width = width;
    this.height = height;
    this.type = type;
    this.bits = bits;
    this.samples = samples;
    this.tags = tags;
  }

  /**
   * A frame of 8-bit samples.
   *
   * @param samples unsigned, row by row; blue, green, red, unused for {@link PixelType#BGRA32}
   * @throws IllegalArgumentException if the type has no 8-bit samples, the array another length
   *     than the image, or there are more than 8 bits
   */
  public static Frame of(
      int width, int height, PixelType type, int bits, byte[] samples, FrameTags tags) {
    requireSampleSize(type, 1);
    return new Frame(width, height, type, bits, samples, samples.length, tags);
  }

  /**
   * A frame of 16-bit samples.
   *
   * @param bits that the camera uses of the 16, whose largest number is full scale
   * @param samples unsigned, row by row; blue, green, red, unused for {@link PixelType#BGRA64}
   * @throws IllegalArgumentException if the type has no 16-bit samples, the array another length
   *     than the image, or there are more than 16 bits
   */
  public static Frame of(
      int width, int height, PixelType type, int bits, short[] samples, FrameTags tags) {
    requireSampleSize(type, 2);
    return new Frame(width, height, type, bits, samples, samples.length, tags);
  }

  /**
   * A frame of {@link PixelType#GRAY32} samples, row by row, which has no full scale.
   *
   * @throws IllegalArgumentException if the array has another length than the image
   */
  public static Frame of(int width, int height, float[] samples, FrameTags tags) {
    return new Frame(width, height, PixelType.GRAY32, 0, samples, samples.length, tags);
  }

  private static void requireSampleSize(PixelType type, int bytes) {
    if (type.bytesPerSample() != bytes) {
      throw new IllegalArgumentException(
          "%s has %d bytes a sample, not %d.".formatted(type.key(), type.bytesPerSample(), bytes));
    }
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  public PixelType type() {
    return type;
  }

  /** Bits that the camera uses; 0 for floating point. */
  public int bits() {
    return bits;
  }

  /** Largest number that can be delivered, at which a pixel is saturated; NaN where unlimited. */
  public double fullScale() {
    return bits == 0 ? Double.NaN : (1 << bits) - 1;
  }

  public FrameTags tags() {
    return tags;
  }

  private int sampleCount() {
    return width * height * type.samplesPerPixel();
  }

  /**
   * Counts of one channel {@code [y][x]}, a new array.
   *
   * @param channel 0, or red 0, green 1, blue 2
   * @throws IndexOutOfBoundsException if there is no such channel
   */
  public float[] plane(int channel) {
    Objects.checkIndex(channel, type.channels());
    int stride = type.samplesPerPixel();
    int first = type.channels() == 3 ? 2 - channel : 0;
    float[] plane = new float[width * height];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = sample(first + i * stride);
    }
    return plane;
  }

  private float sample(int index) {
    if (samples instanceof byte[] bytes) {
      return bytes[index] & 0xff;
    }
    return samples instanceof short[] shorts ? shorts[index] & 0xffff : ((float[]) samples)[index];
  }

  /** A copy of all samples as they were delivered, little endian. */
  public ByteBuffer bytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(sampleCount() * type.bytesPerSample()).order(ByteOrder.LITTLE_ENDIAN);
    if (samples instanceof byte[] b) {
      bytes.duplicate().put(b);
    } else if (samples instanceof short[] s) {
      bytes.asShortBuffer().put(s);
    } else {
      bytes.asFloatBuffer().put((float[]) samples);
    }
    return bytes;
  }
}

package org.skinspectra.profile;

import java.time.Instant;
import java.util.Map;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.PixelType;

/** Frames made from a formula. */
final class Frames {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private Frames() {}

  interface Count {
    double at(int channel, int x, int y);
  }

  static FrameTags tags(double exposureMs, double gain) {
    return new FrameTags("RGB", "Camera", exposureMs, gain, NOW, Map.of("Binning", "1"));
  }

  /** Counts are rounded for all types but 32-bit. */
  static Frame of(int width, int height, PixelType type, int bits, FrameTags tags, Count count) {
    int stride = type.samplesPerPixel();
    float[] samples = new float[width * height * stride];
    for (int i = 0; i < width * height; i++) {
      for (int c = 0; c < type.channels(); c++) {
        int at = i * stride + (type.channels() == 3 ? 2 - c : 0);
        samples[at] = (float) count.at(c, i % width, i / width);
      }
    }
    if (type == PixelType.GRAY32) {
      return Frame.of(width, height, samples, tags);
    }
    if (type.bytesPerSample() == 1) {
      byte[] bytes = new byte[samples.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) Math.round(samples[i]);
      }
      return Frame.of(width, height, type, bits, bytes, tags);
    }
    short[] shorts = new short[samples.length];
    for (int i = 0; i < shorts.length; i++) {
      shorts[i] = (short) Math.round(samples[i]);
    }
    return Frame.of(width, height, type, bits, shorts, tags);
  }

  static Frame gray16(int width, int height, int bits, FrameTags tags, Count count) {
    return of(width, height, PixelType.GRAY16, bits, tags, count);
  }
}

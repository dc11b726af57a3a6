package org.skinspectra.session;

import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.PixelType;

/** Small frames of random counts, the same for the same seed. */
final class Frames {

  private Frames() {}

  static FrameTags tags(String channel) {
    return new FrameTags(
        channel,
        channel + "Cam",
        12.5,
        2,
        Instant.parse("2026-11-25T09:30:00.123456789Z"),
        Map.of(
            "PixelType",
            "x",
            "Comment",
            "größer\n<&>\u0001 \ud83d\ude00 \\u0001 \ud800 C:\\users"));
  }

  static Frame random(PixelType type, int width, int height, String channel, long seed) {
    return random(type, width, height, seed, tags(channel));
  }

  static Frame random(PixelType type, int width, int height, long seed, FrameTags tags) {
    Random random = new Random(seed);
    int pixels = width * height;
    switch (type) {
      case GRAY8, BGRA32 -> {
        byte[] samples = new byte[pixels * type.samplesPerPixel()];
        random.nextBytes(samples);
        for (int i = 3; i < samples.length && type == PixelType.BGRA32; i += 4) {
          samples[i] = 0;
        }
        return Frame.of(width, height, type, 8, samples, tags);
      }
      case GRAY16, BGRA64 -> {
        short[] samples = new short[pixels * type.samplesPerPixel()];
        for (int i = 0; i < samples.length; i++) {
          samples[i] = type == PixelType.BGRA64 && i % 4 == 3 ? 0 : (short) random.nextInt();
        }
        return Frame.of(width, height, type, 16, samples, tags);
      }
      default -> {
        float[] samples = new float[pixels];
        for (int i = 0; i < pixels; i++) {
          samples[i] = i == 0 ? Float.NaN : (float) random.nextGaussian();
        }
        return Frame.of(width, height, samples, tags);
      }
    }
  }
}

package org.skinspectra.benchmark;

import java.util.SplittableRandom;
import org.skinspectra.cube.Msi;

/** Images of chance, which take as long as others. */
final class TestImages {

  private TestImages() {}

  /** Reflectance factors between 0.2 and 0.7, the same every time. */
  static Msi square(int side, int channels) {
    SplittableRandom random = new SplittableRandom(1);
    float[] pixels = new float[Math.multiplyExact(Math.multiplyExact(side, side), channels)];
    fill(pixels, random);
    return new Msi(side, side, channels, pixels);
  }

  static void fill(float[] values, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.2f + 0.5f * random.nextInt(1 << 20) / (1 << 20);
    }
  }
}

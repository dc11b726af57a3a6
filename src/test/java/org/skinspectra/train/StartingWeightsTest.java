package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skinspectra.spectra.Wavelengths;

class StartingWeightsTest {

  private static final int BANDS = Wavelengths.VIS_NIR.size();
  private static final int SIDE = 8;

  /** Skin in the left half and cloth in the right, of which the network learns equally. */
  private static Crop crop(long number, boolean withCloth) {
    Random random = new Random(number);
    float[] truth = new float[SIDE * SIDE * BANDS];
    boolean[] skin = new boolean[SIDE * SIDE];
    float[] weight = new float[SIDE * SIDE];
    Arrays.fill(weight, 1);
    for (int pixel = 0; pixel < skin.length; pixel++) {
      skin[pixel] = pixel % SIDE < SIDE / 2;
      double level = 0.3 + 0.2 * random.nextDouble();
      double slope = random.nextDouble();
      for (int band = 0; band < BANDS; band++) {
        double across = band / (double) BANDS;
        double value = skin[pixel] ? level + slope * across : level * (1 - across);
        truth[pixel * BANDS + band] = skin[pixel] || withCloth ? (float) value : 0;
      }
    }
    return new Crop(SIDE, new float[SIDE * SIDE * 4], truth, weight, skin);
  }

  @Test
  void clothThatCountsAsMuchAsSkinInTheLossIsStillNoSkin() {
    double[][] mixed = StartingWeights.wiener(n -> crop(n, true), 0).values();
    double[][] skinOnly = StartingWeights.wiener(n -> crop(n, false), 0).values();
    for (int band = 0; band < BANDS; band++) {
      assertArrayEquals(skinOnly[band], mixed[band], 0);
    }
  }
}

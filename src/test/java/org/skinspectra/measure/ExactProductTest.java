package org.skinspectra.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExactProductTest {

  @Test
  void aFusedSumEqualsTheUnfusedOneBitForBit() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      double sum = random.nextDouble(-1, 1);
      float a = (float) random.nextDouble(-1, 1);
      float b = (float) random.nextDouble(-1e-3, 1e3);
      assertEquals(sum + (double) a * b, ExactProduct.add(sum, a, b));
    }
  }
}

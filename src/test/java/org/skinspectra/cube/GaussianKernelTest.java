package org.skinspectra.cube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;

class GaussianKernelTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 0.8, 1, 2.5, 10})
  void theWeightsSumToOneFallAndHaveTheVariance(double sigma) {
    double[] half = GaussianKernel.half(sigma);
    double sum = half[0];
    double variance = 0;
    for (int i = 1; i < half.length; i++) {
      assertTrue(half[i] < half[i - 1] && half[i] >= 0, "weight " + i);
      sum += 2 * half[i];
      variance += 2 * half[i] * i * i;
    }
    assertEquals(1, sum, 1e-12);
    // What is cut off beyond four deviations.
    assertEquals(sigma * sigma, variance, 2e-3 * sigma * sigma);
  }

  /** I_0(1) = 1.2660658777520084 (Abramowitz and Stegun 1964, table 9.8) and e, its sum. */
  @Test
  void theMiddleIsTheModifiedBesselFunctionOverItsSum() {
    assertEquals(1.2660658777520084 / Math.E, GaussianKernel.half(1)[0], 1e-6);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e9})
  void deviationsOutOfRangeAreRefused(double sigma) {
    assertThrows(SkinSpectraException.class, () -> GaussianKernel.half(sigma));
  }
}

package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;

class PrincipalComponentsTest {

  private static final double HALF = Math.sqrt(0.5);

  /** Variance 8 along (1, 1, 0), 2 along (1, -1, 0) and none along (0, 0, 1). */
  private static final double[][] CROSS = {
    {5, 5, 3}, {1, 1, 3}, {4, 2, 3}, {2, 4, 3},
  };

  @Test
  void componentsAreThoseOfTheLargestVariance() {
    PrincipalComponents components = PrincipalComponents.of(CROSS, 2);
    assertArrayEquals(new double[] {3, 3, 3}, components.mean(), 1e-12);
    assertArrayEquals(new double[] {HALF, HALF, 0}, components.loadings()[0], 1e-12);
    assertEquals(HALF, Math.abs(components.loadings()[1][0]), 1e-12);
    assertArrayEquals(new double[] {0.8, 0.2}, components.shares(), 1e-12);
  }

  @Test
  void scoresAreDistancesFromTheMean() {
    double[] scores = PrincipalComponents.of(CROSS, 2).scores(new double[] {5, 5, 9});
    assertEquals(2 / HALF, scores[0], 1e-12);
    assertEquals(0, scores[1], 1e-12);
  }

  @Test
  void alignedComponentsAgreeInSignAndCosinesIgnoreIt() {
    PrincipalComponents components = PrincipalComponents.of(CROSS, 1);
    PrincipalComponents opposite =
        new PrincipalComponents(
            new double[3], new double[][] {{-HALF, -HALF, 0}}, new double[] {1});
    assertArrayEquals(opposite.loadings()[0], components.alignedTo(opposite).loadings()[0], 1e-12);
    assertArrayEquals(new double[] {1}, components.cosines(opposite), 1e-12);
  }

  @Test
  void spectraWithoutVarianceAreRefused() {
    assertRefused(new double[][] {{1, 2}}, "not 1");
    assertRefused(new double[][] {{1, 2}, {1, 2}, {1, 2}}, "all the same");
    assertThrows(IllegalArgumentException.class, () -> PrincipalComponents.of(CROSS, 4));
    assertThrows(IllegalArgumentException.class, () -> PrincipalComponents.of(CROSS, 0));
  }

  private static void assertRefused(double[][] spectra, String part) {
    String message =
        assertThrows(SkinSpectraException.class, () -> PrincipalComponents.of(spectra, 1))
            .getMessage();
    assertTrue(message.contains(part), message);
  }
}

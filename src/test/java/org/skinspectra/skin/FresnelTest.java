package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FresnelTest {

  private static final Fresnel GLASS = new Fresnel(1.5);

  @Test
  void glassReflectsFourPercentOfUprightLightAndAllGrazingLight() {
    assertEquals(0.04, GLASS.reflected(1), 1e-12);
    assertEquals(1, GLASS.reflected(0), 1e-12);
  }

  @Test
  void atBrewstersAngleOnlyOnePolarisationIsReflected() {
    // tan = n, so that reflected and refracted rays stand upright on each other.
    double cosine = 1 / Math.sqrt(1 + 1.5 * 1.5);
    double across = (1.5 * 1.5 - 1) / (1.5 * 1.5 + 1);
    assertEquals(across * across / 2, GLASS.reflected(cosine), 1e-12);
  }

  @Test
  void theReflectedShareGrowsTowardsGrazingLight() {
    for (double cosine = 0.05; cosine <= 1; cosine += 0.05) {
      assertTrue(Fresnel.SKIN.reflected(cosine) < Fresnel.SKIN.reflected(cosine - 0.05));
    }
    assertEquals(1, Fresnel.SKIN.relative(1), 1e-12);
  }
}

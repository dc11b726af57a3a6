package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;

class SmoothNoiseTest {

  private final SmoothNoise noise = new SmoothNoise(new Well19937c(1), 4, 3);

  @Test
  void hasMeanZeroAndDeviationOne() {
    SummaryStatistics values = new SummaryStatistics();
    for (int i = 0; i < 200; i++) {
      for (int j = 0; j < 200; j++) {
        values.addValue(noise.at(i * 0.07, j * 0.07));
      }
    }
    assertEquals(0, values.getMean(), 0.1);
    assertEquals(1, values.getStandardDeviation(), 0.25);
  }

  @Test
  void changesLittleOverAShortWayAlsoAcrossLatticeLinesAndTheOrigin() {
    for (double x = -1; x < 1; x += 0.013) {
      assertTrue(Math.abs(noise.at(x + 1e-4, 0.25) - noise.at(x, 0.25)) < 0.01, "at " + x);
    }
  }
}

package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BayerPatternTest {

  @Test
  void theNameTellsTheColoursOfTheFirstFourPixels() {
    assertEquals(0, BayerPattern.RGGB.channel(0, 0));
    assertEquals(1, BayerPattern.RGGB.channel(1, 0));
    assertEquals(1, BayerPattern.RGGB.channel(0, 1));
    assertEquals(2, BayerPattern.RGGB.channel(1, 1));
    assertEquals(2, BayerPattern.GBRG.channel(1, 0));
    assertEquals(0, BayerPattern.GBRG.channel(6, 3));
  }

  @ParameterizedTest
  @EnumSource
  void aRegionOfTheSensorSeesTheSameColours(BayerPattern pattern) {
    for (int top = 0; top < 3; top++) {
      for (int left = 0; left < 3; left++) {
        BayerPattern region = pattern.startingAt(left, top);
        for (int i = 0; i < 9; i++) {
          assertEquals(pattern.channel(left + i % 3, top + i / 3), region.channel(i % 3, i / 3));
        }
      }
    }
  }
}

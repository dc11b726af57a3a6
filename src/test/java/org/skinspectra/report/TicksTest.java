package org.skinspectra.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {

  @Test
  void ticksWithinARangeAreRound() {
    assertArrayEquals(
        new double[] {400, 500, 600, 700, 800, 900, 1000},
        Ticks.within(400, 1000, 7).values(),
        1e-9);
    assertArrayEquals(new double[] {420, 440}, Ticks.within(415, 455, 3).values(), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.597, 0, 0.6",
    "0, 0.6, 0, 0.6",
    "-0.03, 0.5, -0.1, 0.5",
    "0, 0.0231, 0, 0.025",
  })
  void ticksThatEncloseARangeEndAtRoundNumbers(double low, double high, double first, double last) {
    Ticks ticks = Ticks.enclosing(low, high, 7);
    assertEquals(first, ticks.first(), 1e-12);
    assertEquals(last, ticks.last(), 1e-12);
  }

  @Test
  void labelsTellNeighboursApart() {
    assertEquals("0.025", new Ticks(0, 0.005, 6).label(0.025));
    assertEquals("0.6", new Ticks(0, 0.1, 7).label(0.6));
    assertEquals("400", new Ticks(400, 50, 13).label(400));
    assertEquals("0.0", new Ticks(-0.1, 0.1, 3).label(-1e-17));
  }
}

package org.skinspectra.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimingTest {

  @Test
  void theBestIsTheFastestAndTheMedianTheMiddle() {
    Timing odd = new Timing(List.of(3.0, 1.0, 8.0));
    assertEquals(1, odd.best());
    assertEquals(3, odd.median());
    assertEquals(2.5, new Timing(List.of(4.0, 1.0, 2.0, 3.0)).median());
    assertEquals(7, new Timing(List.of(7.0)).median());
  }

  @Test
  void theWorkIsDoneAsOftenAsAsked() {
    AtomicInteger done = new AtomicInteger();
    assertEquals(3, Timing.of(3, done::incrementAndGet).seconds().size());
    assertEquals(3, done.get());
  }

  @Test
  void noRunsAndTimesBelowZeroAreNoTiming() {
    assertThrows(IllegalArgumentException.class, () -> new Timing(List.of()));
    assertThrows(IllegalArgumentException.class, () -> new Timing(List.of(1.0, -1.0)));
    assertThrows(IllegalArgumentException.class, () -> new Timing(List.of(Double.NaN)));
  }
}

package org.skinspectra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressMonitorTest {

  private final List<String> reports = new ArrayList<>();

  private final ProgressMonitor whole =
      (step, done, total) ->
          reports.add(String.format(Locale.ROOT, "%s %.3f", step, (double) done / total));

  @Test
  void aPartIsAShareOfTheWhole() {
    ProgressMonitor second = whole.part(1, 4);
    second.report("Mapping", 0, 3);
    second.report("Mapping", 3, 3);
    assertEquals(List.of("2 of 4: Mapping 0.250", "2 of 4: Mapping 0.500"), reports);
  }

  @Test
  void stepsThatCountAnewDoNotTakeItBack() {
    ProgressMonitor one = whole.part(0, 1);
    one.report("Averaging", 2, 4);
    one.report("Network", 0, 1000);
    one.report("Network", 750, 1000);
    assertEquals(List.of("Averaging 0.500", "Network 0.500", "Network 0.750"), reports);
  }

  @Test
  void severalThreadsDoNotTakeItBack() throws InterruptedException {
    List<Long> reached = new ArrayList<>();
    ProgressMonitor one = ((ProgressMonitor) (step, done, total) -> reached.add(done)).part(0, 1);
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(i -> new Thread(() -> count(one)))
            .peek(Thread::start)
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(4 * 2000, reached.size());
    assertEquals(reached.stream().sorted().toList(), reached);
  }

  private static void count(ProgressMonitor monitor) {
    for (int i = 0; i < 2000; i++) {
      monitor.report("Counting", i, 2000);
    }
  }

  @Test
  void numbersThatAreNoneStayWithinThePart() {
    ProgressMonitor first = whole.part(0, 2);
    first.report("Looking", 0, 0);
    first.report("Looking", 9, 4);
    assertEquals(List.of("1 of 2: Looking 0.000", "1 of 2: Looking 0.500"), reports);
  }

  @Test
  void aCancelOfTheWholeIsOneOfThePart() {
    assertFalse(whole.part(0, 2).isCanceled());
    ProgressMonitor canceled =
        new ProgressMonitor() {
          @Override
          public void report(String step, long done, long total) {}

          @Override
          public boolean isCanceled() {
            return true;
          }
        };
    assertTrue(canceled.part(0, 2).isCanceled());
  }

  @Test
  void thereIsNoPartBeyondTheLast() {
    assertThrows(IllegalArgumentException.class, () -> whole.part(2, 2));
    assertThrows(IllegalArgumentException.class, () -> whole.part(-1, 2));
  }
}

package org.skinspectra.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * How long equal runs took.
 *
 * @param seconds of each, in order; at least one
 */
public record Timing(List<Double> seconds) {

  private static final int WARM_UPS = 2;
  private static final double WARM_SECONDS = 0.5;
  private static final int MAX_RUNS = 1000;

  /**
   * @throws IllegalArgumentException if there is none, or one below 0
   */
  public Timing {
    seconds = List.copyOf(seconds);
    if (seconds.isEmpty() || seconds.stream().anyMatch(s -> !(s >= 0))) {
      throw new IllegalArgumentException("No timing: " + seconds);
    }
  }

  /** Runs the work that many times. */
  static Timing of(int runs, Runnable work) {
    return of(runs, 0, work);
  }

  /**
   * Runs the work for some time that does not count, until Java has compiled it, then that many
   * times, and on for as long again where it is short.
   *
   * @param runs at least
   */
  static Timing warmed(int runs, Runnable work) {
    of(WARM_UPS, WARM_SECONDS, work);
    return of(runs, WARM_SECONDS, work);
  }

  private static Timing of(int runs, double atLeastSeconds, Runnable work) {
    List<Double> seconds = new ArrayList<>();
    long begin = System.nanoTime();
    long start = begin;
    while (seconds.size() < runs
        || seconds.size() < MAX_RUNS && (start - begin) * 1e-9 < atLeastSeconds) {
      work.run();
      long end = System.nanoTime();
      seconds.add((end - start) * 1e-9);
      start = end;
    }
    return new Timing(seconds);
  }

  /** The fastest: what else a machine does only ever adds time. */
  public double best() {
    return seconds.stream().mapToDouble(s -> s).min().orElseThrow();
  }

  /** The middle one, or the mean of the two in the middle. */
  public double median() {
    double[] sorted = seconds.stream().mapToDouble(s -> s).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}

package org.skinspectra;

/**
 * A part of longer work as a share of the whole, which never goes back: its steps may count anew,
 * each for itself.
 */
final class PartProgress implements ProgressMonitor {

  private static final long STEPS = 10_000;

  private final ProgressMonitor whole;
  private final int index;
  private final int count;
  private double furthest;

  PartProgress(ProgressMonitor whole, int index, int count) {
    if (index < 0 || index >= count) {
      throw new IllegalArgumentException("part %d of %d".formatted(index, count));
    }
    this.whole = whole;
    this.index = index;
    this.count = count;
  }

  /** One at a time: of several threads none reports what another has left behind. */
  @Override
  public synchronized void report(String step, long done, long total) {
    double share = total > 0 ? Math.min(1, (double) done / total) : 0;
    furthest = Math.max(furthest, share);
    whole.report(
        count == 1 ? step : "%d of %d: %s".formatted(index + 1, count, step),
        STEPS * index + Math.round(STEPS * furthest),
        STEPS * count);
  }

  @Override
  public boolean isCanceled() {
    return whole.isCanceled();
  }
}

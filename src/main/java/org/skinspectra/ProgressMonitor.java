package org.skinspectra;

/**
 * Where long work reports its progress and asks whether it should stop. Implementations are called
 * on the working thread and must return quickly.
 */
public interface ProgressMonitor {

  /** Ignores progress and never cancels. */
  ProgressMonitor NONE = (step, done, total) -> {};

  /**
   * Reports that {@code done} of {@code total} units of work are complete.
   *
   * @param step what is being done now, for people
   */
  void report(String step, long done, long total);

  /** Whether the user asked to stop. */
  default boolean isCanceled() {
    return false;
  }

  /**
   * Where one of several equal parts of the work reports to, as a share of the whole that never
   * goes back. {@code part(0, 1)} is the whole, for work whose steps count each for itself.
   *
   * @param index of the part, from 0
   * @param count of all parts
   */
  default ProgressMonitor part(int index, int count) {
    return new PartProgress(this, index, count);
  }

  /**
   * Stops the work if the user asked for it.
   *
   * @throws CanceledException naming {@code work}
   */
  default void checkCanceled(String work) {
    if (isCanceled()) {
      throw new CanceledException(work);
    }
  }
}

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

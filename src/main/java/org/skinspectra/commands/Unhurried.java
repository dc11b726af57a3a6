package org.skinspectra.commands;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;

/**
 * Work that may hang in a camera: a long exposure, a device that does not answer. It runs on a
 * thread of its own, so that a cancel need not wait for it: what has not ended soon after the
 * cancel is left alone, to end at its own deadline.
 */
final class Unhurried {

  private static final long LOOK_EVERY_MS = 50;
  private static final long PATIENCE_MS = 1_000;

  private Unhurried() {}

  /**
   * The result of the work.
   *
   * @param left what a cancel leaves where the work does not end soon, for people
   * @throws CanceledException if the progress asked to stop
   * @throws SkinSpectraException as the work does
   */
  static <T> T call(String name, String left, ProgressMonitor progress, Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    long canceled = 0;
    while (true) {
      try {
        return task.get(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        long now = System.nanoTime();
        if (canceled == 0 && progress.isCanceled()) {
          canceled = now;
        } else if (canceled != 0 && now - canceled > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS)) {
          throw new CanceledException(name, left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CanceledException(name, left);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException known) {
          throw known;
        }
        throw new SkinSpectraException(name + " failed: " + e.getCause(), e.getCause());
      }
    }
  }
}

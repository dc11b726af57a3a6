package org.skinspectra.camera;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.skinspectra.CanceledException;
import org.skinspectra.SkinSpectraException;

/**
 * The one thread that calls MMCore, for callers on any thread, one after the other in the order in
 * which they came. Nobody waits for a call longer than its deadline: a call into a driver cannot be
 * stopped, so it is left alone on this thread, and until it returns all others are refused.
 */
final class MMCoreThread {

  /** Of AWT, which need not be loaded to know it. */
  private static final String EVENT_THREAD = "java.awt.EventDispatchThread";

  private static final long NANOS_PER_MS = 1_000_000;

  private final ReentrantLock turn = new ReentrantLock(true);
  private final ThreadPoolExecutor executor =
      new ThreadPoolExecutor(0, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), this::thread);

  private volatile Work<?> working;
  private Work<?> missed;

  /** One piece of work, and how far it came. */
  private static final class Work<T> {
    private final String what;
    private final FutureTask<T> task;
    private final long begun = System.nanoTime();
    private volatile String call = "";
    private volatile boolean abandoned;

    Work(String what, Callable<T> work) {
      this.what = what;
      this.task = new FutureTask<>(work);
    }

    String at() {
      return call.isEmpty() ? what : what + " at " + call;
    }

    long ageSeconds() {
      return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
    }
  }

  /**
   * Does work on the thread and waits for it.
   *
   * @param what is done, for messages: {@code RGBCam takes a frame}
   * @param deadlineMs how long to wait, once it is this call's turn, milliseconds
   * @param recover is done first where an earlier call missed its deadline and has returned since
   * @throws SkinSpectraException if the deadline was missed, an earlier call has not yet returned,
   *     or this is the event thread; and whatever the work throws
   */
  <T> T call(String what, double deadlineMs, Callable<T> work, Runnable recover) {
    if (Thread.currentThread().getClass().getName().equals(EVENT_THREAD)) {
      throw new SkinSpectraException(
          what
              + ": a camera must not be asked on the event thread, where it would freeze all"
              + " windows. Ask it on a thread of its own.");
    }
    turn.lock();
    try {
      boolean recovers = missed != null;
      if (recovers) {
        refuseUntilReturned();
      }
      Callable<T> all =
          () -> {
            next("");
            if (recovers) {
              recover.run();
            }
            return work.call();
          };
      Work<T> mine = new Work<>(what, all);
      executor.execute(() -> run(mine));
      T result = await(mine, deadlineMs);
      missed = null;
      return result;
    } finally {
      turn.unlock();
    }
  }

  private void run(Work<?> work) {
    working = work;
    try {
      work.task.run();
    } finally {
      working = null;
    }
  }

  /** Does last work after all that is under way, without waiting for it. */
  void later(Runnable work) {
    executor.execute(work);
  }

  /**
   * Says which call to MMCore comes next.
   *
   * @throws CancellationException if nobody waits for the work any more
   */
  void next(String call) {
    Work<?> current = working;
    if (current == null) {
      return;
    }
    if (current.abandoned) {
      throw new CancellationException(current.what);
    }
    current.call = call;
  }

  /** What the thread does now, empty where nothing is waited for. */
  String what() {
    Work<?> current = working;
    return current == null ? "" : current.what;
  }

  /** Lets time pass on the thread. */
  void pause(double ms) throws InterruptedException {
    next("waiting to settle");
    TimeUnit.NANOSECONDS.sleep(Math.round(ms * NANOS_PER_MS));
    next("");
  }

  private <T> T await(Work<T> mine, double deadlineMs) {
    try {
      return mine.task.get(Math.round(deadlineMs * NANOS_PER_MS), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      abandon(mine);
      throw new SkinSpectraException(
          ("%s: no answer within %d ms. Check the power and the cables of the camera and"
                  + " the devices and that no trigger is waited for, or give the step a longer"
                  + " time-out. Until the call returns nothing else can be taken; where it never"
                  + " does, start this program anew.")
              .formatted(mine.at(), Math.round(deadlineMs)),
          e);
    } catch (InterruptedException e) {
      abandon(mine);
      Thread.currentThread().interrupt();
      throw new CanceledException(mine.what);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new SkinSpectraException(mine.what + ": " + e.getCause().getMessage(), e.getCause());
    }
  }

  private void abandon(Work<?> work) {
    work.abandoned = true;
    missed = work;
  }

  private void refuseUntilReturned() {
    if (!missed.task.isDone()) {
      throw new SkinSpectraException(
          ("Micro-Manager has not come back for %d s from a call that missed its deadline (%s)."
                  + " Check the power and the cables of the devices and try again; where it never"
                  + " comes back, start this program anew.")
              .formatted(missed.ageSeconds(), missed.at()));
    }
  }

  private Thread thread(Runnable runnable) {
    Thread thread = new Thread(runnable, "Micro-Manager");
    thread.setDaemon(true);
    return thread;
  }
}

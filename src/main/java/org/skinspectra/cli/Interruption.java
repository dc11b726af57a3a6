package org.skinspectra.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What Ctrl-C and a request to terminate do: the work is canceled at its next step and cleans up
 * before the program ends. Ending at once would unload TensorFlow while it computes, which crashes.
 */
final class Interruption {

  private static final long PATIENCE_SECONDS = 120;

  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean requested;

  /** Starts to watch; only a program of its own may do that, not a test. */
  void watch() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "cancel at interrupt"));
  }

  /** Says that all work is done, so that the end of the program is no interruption. */
  void finished() {
    finished.countDown();
  }

  boolean isRequested() {
    return requested;
  }

  private void stop() {
    if (finished.getCount() == 0) {
      return;
    }
    requested = true;
    System.err.println("skin-spectra: interrupted; stopping after the present step ...");
    try {
      if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("skin-spectra: the step takes too long; ending without it.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

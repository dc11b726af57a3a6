package org.skinspectra.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import org.skinspectra.ProgressMonitor;

/**
 * Progress on standard error: one line that is written over on a terminal, a line every few seconds
 * otherwise. Work of less than a second says nothing.
 */
final class TerminalProgress implements ProgressMonitor {

  private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long TERMINAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long LOG_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final String work;
  private final PrintWriter err;
  private final boolean terminal = System.console() != null && System.getenv("TERM") != null;
  private final long start = System.nanoTime();
  private long last = start + FIRST_NANOS - (terminal ? TERMINAL_NANOS : LOG_NANOS);
  private boolean shown;

  TerminalProgress(String work, PrintWriter err) {
    this.work = work;
    this.err = err;
  }

  @Override
  public synchronized void report(String step, long done, long total) {
    long now = System.nanoTime();
    if (done >= total) {
      finish();
    } else if (now - last >= (terminal ? TERMINAL_NANOS : LOG_NANOS)) {
      last = now;
      shown = true;
      String line =
          String.format(
              "%s: %3d %% (%s)%s", work, 100 * done / total, step, left(now, done, total));
      err.print(terminal ? "\r\033[K" + line : line + System.lineSeparator());
      err.flush();
    }
  }

  private String left(long now, long done, long total) {
    if (done == 0) {
      return "";
    }
    double seconds = (now - start) * 1e-9 * (total - done) / done;
    return String.format(", about %.0f s left", Math.max(1, seconds));
  }

  private void finish() {
    if (shown && terminal) {
      err.print("\r\033[K");
      err.flush();
    }
    shown = false;
  }
}

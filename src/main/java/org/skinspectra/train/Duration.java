package org.skinspectra.train;

import java.util.Locale;

/** Seconds for people. */
final class Duration {

  private Duration() {}

  /** {@code 45 s}, {@code 12 min} or {@code 3.2 h}. */
  static String text(double seconds) {
    if (seconds < 90) {
      return Math.round(seconds) + " s";
    }
    return seconds < 5400
        ? Math.round(seconds / 60) + " min"
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }
}

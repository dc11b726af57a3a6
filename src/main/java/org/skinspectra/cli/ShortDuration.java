package org.skinspectra.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people type them: {@code 500ms}, {@code 2s}, {@code 10m}, {@code 8h}. */
final class ShortDuration {

  private static final Pattern FORM = Pattern.compile("(\\d{1,7})(ms|s|m|h)");

  private ShortDuration() {}

  /**
   * @throws IllegalArgumentException if the text is none
   */
  static Duration parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no time; write it such as 500ms, 2s, 10m or 8h.");
    }
    long count = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }
}

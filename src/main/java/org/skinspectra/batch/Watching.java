package org.skinspectra.batch;

import java.time.Duration;
import java.util.Optional;

/**
 * How a folder is watched that still fills.
 *
 * @param settle how long a file, or the manifest of a session, must have been still before it is
 *     taken for complete
 * @param idle after how long without anything new the batch ends; empty for never
 */
public record Watching(Duration settle, Optional<Duration> idle) {

  /** Until the user ends it. */
  public static final Watching UNTIL_CANCELED =
      new Watching(Duration.ofSeconds(2), Optional.empty());

  /**
   * @throws IllegalArgumentException if a duration is negative
   */
  public Watching {
    if (settle.isNegative() || idle.filter(Duration::isNegative).isPresent()) {
      throw new IllegalArgumentException("A duration cannot be negative: " + settle + ", " + idle);
    }
  }
}

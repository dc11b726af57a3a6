package org.skinspectra.batch;

import java.io.Serializable;
import java.util.Optional;

/**
 * A job, and what is known of an earlier run.
 *
 * @param earlier what the manifest says, or null
 */
public record BatchTask(BatchJob job, BatchResult earlier) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What the manifest says of an earlier run. */
  public Optional<BatchResult> before() {
    return Optional.ofNullable(earlier);
  }
}

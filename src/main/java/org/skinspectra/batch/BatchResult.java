package org.skinspectra.batch;

import java.io.Serializable;
import java.util.List;
import java.util.OptionalInt;

/**
 * What became of a picture, or of a session none of whose pictures could be looked at.
 *
 * @param input as in {@link BatchJob}
 * @param timePoint as in {@link BatchJob}; {@link BatchJob#IMAGE} also for a whole session
 * @param source what was reconstructed, in words that tell it apart from every other picture; empty
 *     where it could not be read
 * @param output as in {@link BatchJob}; empty where there is no cube
 * @param files of the cube
 * @param made how the cube was made
 * @param host name of the computer that did it
 * @param finished when, as ISO 8601 has it
 * @param message why there is no cube, and what to do; or what is to be noted of it
 */
public record BatchResult(
    String input,
    int timePoint,
    State state,
    String source,
    String output,
    List<OutputFile> files,
    Made made,
    String host,
    String finished,
    String message)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What became of a picture. */
  public enum State {
    DONE("done"),
    /** By an earlier run, in the same way. */
    DONE_BEFORE("done before"),
    FAILED("failed"),
    /** A file that was found in a folder, and is no multispectral image. */
    LEFT_OUT("left out");

    private final String key;

    State(String key) {
      this.key = key;
    }

    /** The words that tables show. */
    public String key() {
      return key;
    }
  }

  /**
   * How a cube was made.
   *
   * @param seconds wall time of the reconstruction; NaN where it is not known
   */
  public record Made(
      int width,
      int height,
      String model,
      String modelId,
      String device,
      String precision,
      double seconds)
      implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Of what was not made. */
    public static final Made NOT = new Made(0, 0, "", "", "", "", Double.NaN);
  }

  public BatchResult {
    files = List.copyOf(files);
  }

  /** A picture without a cube. */
  static BatchResult without(String input, int timePoint, State state, String message) {
    return new BatchResult(input, timePoint, state, "", "", List.of(), Made.NOT, "", "", message);
  }

  /** A picture that failed, whose job says the rest. */
  public static BatchResult failed(BatchJob job, String message) {
    return without(job.input(), job.timePoint(), State.FAILED, message);
  }

  /** The same with another message. */
  public BatchResult withMessage(String other) {
    return new BatchResult(
        input, timePoint, state, source, output, files, made, host, finished, other);
  }

  /** Whether there is a cube, of this run or an earlier one. */
  public boolean hasCube() {
    return state == State.DONE || state == State.DONE_BEFORE;
  }

  /** The time point in the session; empty for an image's file and for a whole session. */
  public OptionalInt picture() {
    return timePoint == BatchJob.IMAGE ? OptionalInt.empty() : OptionalInt.of(timePoint);
  }
}

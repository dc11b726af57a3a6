package org.skinspectra.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skinspectra.cube.Frame;

/**
 * A frame and its place in a session.
 *
 * @param kind what was in front of the camera
 * @param timePoint of the sequence, from 0
 * @param repetition among the frames of the same kind, channel and time point, from 0: the frames
 *     that are averaged to one picture
 * @param frame as the camera delivered it; its tags name the channel
 */
public record CapturedFrame(FrameKind kind, int timePoint, int repetition, Frame frame) {

  /**
   * @throws IllegalArgumentException if a number is below 0
   */
  public CapturedFrame {
    if (timePoint < 0 || repetition < 0) {
      throw new IllegalArgumentException(
          "Time point %d and repetition %d count from 0.".formatted(timePoint, repetition));
    }
  }

  /** The frames of one picture; those of the same channel are numbered as repetitions, in order. */
  public static List<CapturedFrame> group(FrameKind kind, int timePoint, List<Frame> frames) {
    Map<String, Integer> next = new HashMap<>();
    List<CapturedFrame> group = new ArrayList<>();
    for (Frame frame : frames) {
      int repetition = next.merge(frame.tags().channel(), 1, Integer::sum) - 1;
      group.add(new CapturedFrame(kind, timePoint, repetition, frame));
    }
    return List.copyOf(group);
  }
}

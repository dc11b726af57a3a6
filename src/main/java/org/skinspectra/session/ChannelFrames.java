package org.skinspectra.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The frames of one channel of a picture, and of the references that belong to it: the last that
 * were taken before the picture, else the first after it. Darks are taken from those of the
 * exposure and gain of their frames, where there are such; otherwise the nearest is chosen all the
 * same, so that a calibration can say what is wrong with it.
 *
 * @param white empty where the session has none
 * @param dark in the exposure of the picture; empty where the session has none
 * @param whiteDark in the exposure of the white; empty where the session has none
 */
record ChannelFrames(
    String channel,
    List<StoredFrame> image,
    List<StoredFrame> white,
    List<StoredFrame> dark,
    List<StoredFrame> whiteDark) {

  /** Relative difference at which two exposures or gains are not the same any more. */
  private static final double SAME_EXPOSURE = 1e-3;

  /**
   * The frames of a channel at a time; of a time point that was taken again, the last. Empty where
   * the channel has no picture then.
   */
  static Optional<ChannelFrames> of(CaptureSession session, int timePoint, String channel) {
    List<StoredFrame> taken =
        session.frames(FrameKind.IMAGE, channel).stream()
            .filter(frame -> frame.timePoint() == timePoint)
            .toList();
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    List<List<StoredFrame>> again = sets(taken);
    List<StoredFrame> image = again.get(again.size() - 1);
    List<StoredFrame> white =
        nearest(sets(session.frames(FrameKind.WHITE, channel)), image.get(0), set -> true);
    List<List<StoredFrame>> darks = sets(session.frames(FrameKind.DARK, channel));
    return Optional.of(
        new ChannelFrames(
            channel,
            image,
            white,
            matching(darks, image.get(0), image.get(0)),
            white.isEmpty() ? List.of() : matching(darks, image.get(0), white.get(0))));
  }

  /** All frames, references first. */
  List<StoredFrame> all() {
    List<StoredFrame> all = new ArrayList<>(dark);
    if (!whiteDark.equals(dark)) {
      all.addAll(whiteDark);
    }
    all.addAll(white);
    all.addAll(image);
    return all;
  }

  /** Frames that were taken one after the other with the same settings, to be averaged. */
  private static List<List<StoredFrame>> sets(List<StoredFrame> frames) {
    List<List<StoredFrame>> sets = new ArrayList<>();
    StoredFrame last = null;
    for (StoredFrame frame : frames) {
      if (last == null
          || frame.repetition() <= last.repetition()
          || frame.timePoint() != last.timePoint()
          || !sameExposure(frame, last)) {
        sets.add(new ArrayList<>());
      }
      sets.get(sets.size() - 1).add(frame);
      last = frame;
    }
    return sets;
  }

  private static List<StoredFrame> matching(
      List<List<StoredFrame>> darks, StoredFrame image, StoredFrame exposed) {
    List<StoredFrame> fitting = nearest(darks, image, set -> sameExposure(set.get(0), exposed));
    return fitting.isEmpty() ? nearest(darks, image, set -> true) : fitting;
  }

  private static List<StoredFrame> nearest(
      List<List<StoredFrame>> sets, StoredFrame image, Predicate<List<StoredFrame>> fits) {
    List<StoredFrame> found = List.of();
    for (List<StoredFrame> set : sets) {
      boolean before = set.get(0).number() < image.number();
      if (fits.test(set) && (before || found.isEmpty())) {
        found = set;
      }
    }
    return List.copyOf(found);
  }

  private static boolean sameExposure(StoredFrame one, StoredFrame other) {
    return Math.abs(one.exposureMs() / other.exposureMs() - 1) <= SAME_EXPOSURE
        && Math.abs(one.gain() / other.gain() - 1) <= SAME_EXPOSURE;
  }
}

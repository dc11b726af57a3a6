package org.skinspectra.camera;

import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;

/** Sees to it that the numbers that a camera gives its frames follow each other. */
final class FrameNumbers {

  private static final String TAG = "ImageNumber";

  private final String camera;
  private long taken;
  private long first = -1;

  FrameNumbers(String camera) {
    this.camera = camera;
  }

  /**
   * @throws SkinSpectraException if a sequence would have no frame
   */
  static void requireCount(int count) {
    if (count < 1) {
      throw new SkinSpectraException(
          "A sequence has at least one frame, not %d. Give another count.".formatted(count));
    }
  }

  /**
   * Takes note of a frame; one without a number cannot be checked.
   *
   * @throws SkinSpectraException if there is a gap before it, or it comes again
   */
  void requireNext(Frame frame) {
    long number = of(frame);
    if (number >= 0) {
      if (first < 0) {
        first = number - taken;
      }
      if (number != first + taken) {
        throw new SkinSpectraException(
            ("Frames of %s are not in order: after %d frames comes number %d in place of %d. Take"
                    + " the sequence again, with a longer exposure or a smaller region.")
                .formatted(camera, taken, number, first + taken));
      }
    }
    taken++;
  }

  /** The number of a frame in its acquisition; -1 where it has none. */
  static long of(Frame frame) {
    try {
      return Long.parseLong(frame.tags().all().getOrDefault(TAG, "-1"));
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}

package org.skinspectra.session;

/**
 * The time points that a session has not taken yet, so that what is added follows them.
 *
 * @param nextImage first free time point of pictures
 * @param nextReference first free number of a set of references
 */
public record TimePoints(int nextImage, int nextReference) {

  public static TimePoints of(CaptureSession session) {
    int image = 0;
    int reference = 0;
    for (StoredFrame frame : session.frames()) {
      if (frame.kind() == FrameKind.IMAGE) {
        image = Math.max(image, frame.timePoint() + 1);
      } else {
        reference = Math.max(reference, frame.timePoint() + 1);
      }
    }
    return new TimePoints(image, reference);
  }

  /** A frame of a capture, which counts from 0, at its place in the session. */
  public CapturedFrame after(CapturedFrame frame) {
    int offset = frame.kind() == FrameKind.IMAGE ? nextImage : nextReference;
    return new CapturedFrame(
        frame.kind(), offset + frame.timePoint(), frame.repetition(), frame.frame());
  }
}

package org.skinspectra.camera;

/**
 * Something that goes wrong with the demo camera, to try what becomes of it.
 *
 * @param kind of fault
 * @param camera label of the camera that has it
 * @param firstFrame number of the first frame of that camera, from 0, that it befalls
 * @param frames how many frames it befalls; {@link Long#MAX_VALUE} for all that follow
 */
public record DemoFault(Kind kind, String camera, long firstFrame, long frames) {

  /** What can go wrong. */
  public enum Kind {
    /** The camera delivers nothing and says so. */
    MISSING_FRAME,
    /** The camera does not answer at all. */
    TIME_OUT,
    /** The camera is gone, as are all that it was to do. */
    UNPLUGGED,
    /** Far too much light. */
    SATURATED,
    /** The frame has half of its rows. */
    WRONG_SIZE,
    /** The frame comes late, after half of the time-out, 200 ms at most. */
    SLOW,
    /** The lamp was bumped and gives 20 % less. */
    LAMP_BUMPED
  }

  /** One that befalls a single frame. */
  public static DemoFault once(Kind kind, String camera, long frame) {
    return new DemoFault(kind, camera, frame, 1);
  }

  /** One that stays from a frame on. */
  public static DemoFault from(Kind kind, String camera, long frame) {
    return new DemoFault(kind, camera, frame, Long.MAX_VALUE);
  }

  boolean befalls(String label, long frame) {
    return camera.equals(label) && frame >= firstFrame && frame - firstFrame < frames;
  }
}

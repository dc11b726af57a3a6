package org.skinspectra.camera;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;

/**
 * Holds the newest frame of a preview between the camera's thread and a viewer's. Neither ever
 * waits for the other: {@link #put} replaces what was not taken. Thread-safe.
 */
public final class NewestFrame {

  private final AtomicReference<Frame> newest = new AtomicReference<>();
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  private final AtomicLong delivered = new AtomicLong();

  /** Puts a frame in the place of the one before. */
  public void put(Frame frame) {
    put(frame, 1);
  }

  /**
   * Puts a frame in the place of the one before, where the camera delivered others in between that
   * nobody saw.
   *
   * @param count of frames that were delivered since the one before, this one included
   */
  public void put(Frame frame, long count) {
    newest.set(frame);
    delivered.addAndGet(count);
  }

  /** Tells the viewer that no frame will follow. Only the first failure counts. */
  public void fail(RuntimeException cause) {
    failure.compareAndSet(null, cause);
  }

  /**
   * The newest frame that was not taken yet; frames from before a failure are still given.
   *
   * @throws SkinSpectraException if there is none and the camera has failed, every time that it is
   *     asked
   */
  public Optional<Frame> take() {
    // Asked before the frame is taken: a frame put before the failure must not be lost to it.
    RuntimeException failed = failure.get();
    Frame frame = newest.getAndSet(null);
    if (frame == null && failed != null) {
      throw new SkinSpectraException(failed.getMessage(), failed);
    }
    return Optional.ofNullable(frame);
  }

  /** Frames that the camera delivered. */
  public long delivered() {
    return delivered.get();
  }
}

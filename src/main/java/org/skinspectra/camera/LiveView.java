package org.skinspectra.camera;

import java.util.Optional;
import org.skinspectra.cube.Frame;

/**
 * A running preview. The newest frame wins: those that nobody took in time are dropped, and the
 * camera never waits for a viewer.
 */
public interface LiveView extends AutoCloseable {

  /**
   * The newest frame that was not taken yet.
   *
   * @throws org.skinspectra.SkinSpectraException if the camera has failed, saying what to do
   */
  Optional<Frame> newest();

  /** Frames that the camera has delivered. */
  long delivered();

  /** Stops the camera; harmless where it has stopped. */
  @Override
  void close();
}

package org.skinspectra.camera;

import java.util.function.Consumer;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Frame;

/**
 * Cameras that take frames in the steps of a rig. Safe for many threads, of which one at a time
 * uses the hardware: {@link #snap} sets everything of its step and takes the frame without another
 * call in between, so that nobody is given another camera's image. No call waits longer than its
 * deadline. None may be made on the event thread.
 *
 * <p>All methods throw {@link org.skinspectra.SkinSpectraException} with one message that says what
 * was wrong and what to do: where a device is missing, does not answer in time, delivers no frame
 * or another one than asked for, or while a live view runs.
 */
public interface FrameSource extends AutoCloseable {

  SourceDescription describe();

  /**
   * Makes a step's settings, waits until its devices are ready and have settled, and takes one
   * frame. Settings that the devices have already are not made again.
   *
   * @return a frame whose tags name the step's channel, camera, exposure and gain
   */
  Frame snap(RigStep step);

  /**
   * Takes frames of one step as fast as the camera delivers them, in order.
   *
   * @param count of frames; exactly as many are given to the sink, or an error says how many were
   *     lost
   * @param sink takes each frame; while it is busy, at most a bounded number of frames waits
   * @throws org.skinspectra.CanceledException if the progress asked to stop; frames already given
   *     to the sink stay valid
   */
  void sequence(RigStep step, int count, Consumer<Frame> sink, ProgressMonitor progress);

  /** Makes a step's settings and starts a preview. Only one runs at a time. */
  LiveView live(RigStep step);

  /** Stops what runs and lets go of the hardware; harmless where it was closed. */
  @Override
  void close();
}

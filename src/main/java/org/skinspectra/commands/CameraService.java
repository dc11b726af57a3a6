package org.skinspectra.commands;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.scijava.plugin.Plugin;
import org.scijava.service.AbstractService;
import org.scijava.service.Service;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.camera.CameraConnection;
import org.skinspectra.camera.ReferencePrompt;
import org.skinspectra.camera.Rig;
import org.skinspectra.camera.RigPreview;

/**
 * The one connection to cameras that all commands share. A capture has the cameras for itself: the
 * live view pauses meanwhile, and another capture is refused. Cameras are asked on the threads of
 * commands, never on the event thread.
 */
@Plugin(type = Service.class)
public final class CameraService extends AbstractService {

  /** How long Fiji waits at its end for cameras to let go. */
  private static final long CLOSING_MS = 3_000;

  /** Held by what uses the cameras or changes the connection. */
  private final ReentrantLock use = new ReentrantLock();

  private volatile CameraConnection connection;
  private volatile RigPreview preview;
  private RigPreview.Pause pause;

  // -- Connection --

  /**
   * Connects, after an earlier connection was closed.
   *
   * @throws SkinSpectraException if the cameras are in use or cannot be connected to
   */
  CameraConnection connect(Supplier<CameraConnection> cameras) {
    return exclusively(
        () -> {
          closeAll();
          connection = cameras.get();
          return connection;
        });
  }

  /**
   * Lets go of the cameras.
   *
   * @return what was connected; empty where nothing was
   * @throws SkinSpectraException if they are in use
   */
  Optional<CameraConnection> disconnect() {
    return exclusively(
        () -> {
          Optional<CameraConnection> was = Optional.ofNullable(connection);
          closeAll();
          return was;
        });
  }

  /**
   * @throws SkinSpectraException if nothing is connected
   */
  CameraConnection connection() {
    CameraConnection current = connection;
    if (current == null) {
      throw new SkinSpectraException(
          "No camera is connected. Connect one first: Plugins > Skin Spectra > Connect Camera...");
    }
    return current;
  }

  private void closeAll() {
    stopPreview();
    CameraConnection was = connection;
    connection = null;
    if (was != null) {
      was.close();
    }
  }

  @Override
  public void dispose() {
    // Perhaps on the event thread, which no camera may hold up.
    Thread closing = new Thread(this::closeAll, "cameras let go");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(CLOSING_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // -- Captures --

  /**
   * Uses the cameras alone; a live view pauses meanwhile.
   *
   * @throws SkinSpectraException if nothing is connected, or they are in use
   */
  <T> T use(Function<CameraConnection, T> work) {
    return exclusively(
        () -> {
          CameraConnection current = connection();
          pausePreview();
          try {
            return work.apply(current);
          } finally {
            resumePreview();
          }
        });
  }

  /** From now on the rig's steps are taken with these exposures. Within {@link #use}. */
  void useExposures(Rig rig) {
    connection = connection().withRig(rig);
    RigPreview running = preview;
    if (running != null) {
      running.setRig(rig);
    }
  }

  /** Asks while the live view goes on, so that the person sees what is in front of the camera. */
  ReferencePrompt whileLive(ReferencePrompt prompt) {
    return (kind, instruction) -> {
      resumePreview();
      try {
        prompt.ask(kind, instruction);
      } finally {
        pausePreview();
      }
    };
  }

  private void pausePreview() {
    RigPreview running = preview;
    pause = running == null ? null : running.pause();
  }

  private void resumePreview() {
    if (pause != null) {
      pause.close();
      pause = null;
    }
  }

  private <T> T exclusively(Supplier<T> work) {
    boolean free;
    try {
      // A moment for what is just ending.
      free = use.tryLock(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      free = false;
    }
    if (!free) {
      throw new SkinSpectraException(
          "The camera is in use by another command. Wait for its end, or cancel it.");
    }
    try {
      return work.get();
    } finally {
      use.unlock();
    }
  }

  // -- Live view --

  /**
   * Starts the live view, in place of one that runs.
   *
   * @throws SkinSpectraException if nothing is connected, or a capture uses the cameras
   */
  RigPreview startPreview() {
    return exclusively(
        () -> {
          CameraConnection current = connection();
          stopPreview();
          preview = RigPreview.start(current.source(), current.rig());
          return preview;
        });
  }

  /** Ends the live view and waits until its last frame has come. */
  private void stopPreview() {
    RigPreview running = preview;
    preview = null;
    if (running != null) {
      running.close();
      running.pause().close();
    }
  }
}

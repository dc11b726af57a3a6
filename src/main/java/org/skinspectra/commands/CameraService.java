package org.skinspectra.commands;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.scijava.plugin.Plugin;
import org.scijava.service.AbstractService;
import org.scijava.service.Service;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.camera.CameraConnection;
import org.skinspectra.camera.ReferencePrompt;
import org.skinspectra.camera.Rig;
import org.skinspectra.camera.RigPreview;
import org.skinspectra.camera.WatchedSource;

/**
 * The one connection to cameras that all commands share. A capture has the cameras for itself: the
 * live view pauses meanwhile, and another capture is refused. Cameras are asked on the threads of
 * commands, never on the event thread.
 */
@Plugin(type = Service.class)
public final class CameraService extends AbstractService {

  /** How long Fiji waits at its end for cameras to let go. */
  private static final long CLOSING_MS = 3_000;

  /** A moment for what is just ending. */
  private static final long PATIENCE_MS = 100;

  /** How long a camera has to end a frame that nobody waits for any more. */
  private static final long STOPPING_MS = 1_500;

  /**
   * What uses the cameras.
   *
   * @param source of its frames; empty while it connects
   * @param progress says whether it was canceled
   */
  private record Use(Optional<WatchedSource> source, ProgressMonitor progress) {

    boolean isCanceled() {
      return progress.isCanceled();
    }
  }

  /** Held by what uses the cameras or changes the connection. */
  private final ReentrantLock use = new ReentrantLock();

  private volatile Use current;

  private volatile CameraConnection connection;
  private volatile RigPreview preview;
  private RigPreview.Pause pause;

  // -- Connection --

  /**
   * Connects, after an earlier connection was closed.
   *
   * @throws SkinSpectraException if the cameras are in use or cannot be connected to
   */
  CameraConnection connect(ProgressMonitor progress, Supplier<CameraConnection> cameras) {
    return exclusively(
        PATIENCE_MS,
        () -> {
          current = new Use(Optional.empty(), progress);
          try {
            closeAll();
            connection = cameras.get();
            return connection;
          } finally {
            current = null;
          }
        });
  }

  /**
   * Lets go of the cameras. A frame that nobody waits for any more since its capture was canceled
   * is broken off, where the camera can be stopped.
   *
   * @return what was connected; empty where nothing was
   * @throws SkinSpectraException if they are in use, or the camera cannot be stopped
   */
  Optional<CameraConnection> disconnect() {
    Use running = current;
    boolean breakOff = running != null && running.isCanceled() && running.source().isPresent();
    if (breakOff) {
      closeInTime(running.source().get()::close, STOPPING_MS);
    }
    return exclusively(
        breakOff ? STOPPING_MS : PATIENCE_MS,
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
    closeInTime(this::closeAll, CLOSING_MS);
  }

  /** Closes on a thread of its own, on which a camera that hangs may be left alone. */
  private static void closeInTime(Runnable work, long ms) {
    Thread closing = new Thread(work, "cameras let go");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // -- Captures --

  /**
   * Uses the cameras alone; a live view pauses meanwhile.
   *
   * @param progress of the work, which says whether it was canceled
   * @throws SkinSpectraException if nothing is connected, or they are in use
   */
  <T> T use(ProgressMonitor progress, Function<CameraConnection, T> work) {
    return exclusively(
        PATIENCE_MS,
        () -> {
          CameraConnection connected = connection();
          WatchedSource watched = new WatchedSource(connected.source());
          pausePreview();
          current = new Use(Optional.of(watched), progress);
          try {
            return work.apply(connected.withSource(watched));
          } finally {
            current = null;
            resumePreview();
          }
        });
  }

  /** The frame that a capture waits for, and how long that may take; empty between frames. */
  Optional<WatchedSource.Awaited> awaited() {
    Use running = current;
    return running == null ? Optional.empty() : running.source().flatMap(WatchedSource::awaited);
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

  private <T> T exclusively(long patienceMs, Supplier<T> work) {
    boolean free;
    try {
      free = use.tryLock(patienceMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      free = false;
    }
    if (!free) {
      throw new SkinSpectraException(whyBusy(patienceMs > PATIENCE_MS));
    }
    try {
      return work.get();
    } finally {
      use.unlock();
    }
  }

  /**
   * @param triedToStop whether the camera was told to stop and did not
   */
  private String whyBusy(boolean triedToStop) {
    Use running = current;
    if (running == null || !running.isCanceled()) {
      return "The camera is in use by another command. Wait for its end, or cancel it.";
    }
    if (running.source().isEmpty()) {
      return "A connection that was canceled is still under way, until its devices answer. Wait a minute or two; where it stays so, check their cables and power, and start Fiji anew.";
    }
    String until =
        awaited()
            .map(
                frame ->
                    "camera %s of step %s has %d s more to answer"
                        .formatted(
                            frame.step().camera(), frame.step().channel(), frame.secondsLeft()))
            .orElse("it is about to end");
    return "The camera is still busy with what was canceled: %s. %s"
        .formatted(
            until,
            triedToStop
                ? "It cannot be stopped before. Check its cable and power, and try again then; where it stays busy, start Fiji anew."
                : "Wait, or free it: Plugins > Skin Spectra > Disconnect Camera.");
  }

  // -- Live view --

  /**
   * Starts the live view, in place of one that runs.
   *
   * @throws SkinSpectraException if nothing is connected, or a capture uses the cameras
   */
  RigPreview startPreview() {
    return exclusively(
        PATIENCE_MS,
        () -> {
          CameraConnection connected = connection();
          stopPreview();
          preview = RigPreview.start(connected.source(), connected.rig());
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

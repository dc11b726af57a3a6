package org.skinspectra.camera;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.skinspectra.CanceledException;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;

/**
 * A preview of all steps of a rig, one after the other, or of one step as fast as its camera
 * delivers. Runs on a thread of its own, the only one that it asks the cameras on. The newest frame
 * of each step wins: nobody who looks at it is ever waited for, and nobody who looks waits. {@link
 * #pause} frees the cameras for a capture. Thread-safe.
 */
public final class RigPreview implements AutoCloseable {

  /** Between two looks for a new frame of a single step. */
  private static final long LOOK_EVERY_MS = 5;

  /** Beyond the deadline of a step, for a camera to let go. */
  private static final double MARGIN_MS = 5_000;

  private final FrameSource source;
  private final Map<String, NewestFrame> newest = new LinkedHashMap<>();
  private final Thread thread = new Thread(this::run, "preview of the rig");

  private Rig rig;
  private Optional<String> only = Optional.empty();
  private int pauses;
  private boolean busy;
  private boolean closed;
  private SkinSpectraException failure;

  private RigPreview(FrameSource source, Rig rig) {
    this.source = source;
    this.rig = rig;
    rig.steps().forEach(step -> newest.put(step.channel(), new NewestFrame()));
    thread.setDaemon(true);
  }

  /** Starts a preview of all steps. Returns at once, also where the cameras do not answer. */
  public static RigPreview start(FrameSource source, Rig rig) {
    RigPreview preview = new RigPreview(source, rig);
    preview.thread.start();
    return preview;
  }

  /** The newest frame of a step that was not taken yet. */
  public Optional<Frame> newest(String channel) {
    return newest.containsKey(channel) ? newest.get(channel).take() : Optional.empty();
  }

  /** Frames of all steps that were delivered. */
  public long delivered() {
    return newest.values().stream().mapToLong(NewestFrame::delivered).sum();
  }

  public synchronized Rig rig() {
    return rig;
  }

  /** Goes on with other exposures of the same steps. */
  public synchronized void setRig(Rig value) {
    rig = value;
    notifyAll();
  }

  /** Shows one step only, or all where empty. */
  public synchronized void setOnly(Optional<String> channel) {
    only = channel;
    notifyAll();
  }

  /** Why no frame follows any more, where that is so. */
  public synchronized Optional<SkinSpectraException> failure() {
    return Optional.ofNullable(failure);
  }

  public synchronized boolean isPaused() {
    return pauses > 0;
  }

  public synchronized boolean isClosed() {
    return closed;
  }

  // -- Pauses --

  /** The cameras are free until this is closed. */
  public final class Pause implements AutoCloseable {

    private boolean over;

    private Pause() {}

    /** Lets the preview go on, unless there is another pause. Harmless a second time. */
    @Override
    public void close() {
      synchronized (RigPreview.this) {
        if (!over) {
          over = true;
          pauses--;
          RigPreview.this.notifyAll();
        }
      }
    }
  }

  /**
   * Frees the cameras. Waits until the frame that is under way has come.
   *
   * @throws SkinSpectraException if the camera does not let go within the step's deadline
   */
  public Pause pause() {
    EventThread.refuse();
    synchronized (this) {
      pauses++;
      notifyAll();
      Pause pause = new Pause();
      try {
        awaitIdle();
      } catch (RuntimeException e) {
        pause.close();
        throw e;
      }
      return pause;
    }
  }

  private synchronized void awaitIdle() {
    double patienceMs =
        rig.steps().stream().mapToDouble(RigPreview::deadlineMs).max().orElse(0) + MARGIN_MS;
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.round(patienceMs));
    try {
      while (busy) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw new SkinSpectraException(
              "The live view did not let go of the camera within %.0f s. Close it, check the camera's cable and power, and connect again."
                  .formatted(patienceMs / 1000));
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CanceledException("Waiting for the live view");
    }
  }

  private static double deadlineMs(RigStep step) {
    return step.settleMs() + step.exposureMs() + step.timeoutMs();
  }

  // -- Frames --

  private void run() {
    int next = 0;
    while (mayBegin()) {
      RigStep step = step(next++);
      try {
        if (isOnly(step)) {
          watch(step);
        } else {
          newest.get(step.channel()).put(source.snap(step));
        }
      } catch (SkinSpectraException e) {
        fail(e);
      } finally {
        end();
      }
    }
  }

  /** Waits during a pause; false when there is nothing left to do. */
  private synchronized boolean mayBegin() {
    try {
      while (pauses > 0 && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      return false;
    }
    busy = !closed && failure == null;
    return busy;
  }

  private synchronized void end() {
    busy = false;
    notifyAll();
  }

  private synchronized void fail(SkinSpectraException e) {
    if (!closed) {
      failure = e;
    }
  }

  private synchronized RigStep step(int next) {
    return rig.steps().stream()
        .filter(step -> only.isPresent() && only.get().equals(step.channel()))
        .findFirst()
        .orElseGet(() -> rig.steps().get(next % rig.steps().size()));
  }

  /** Shows a step by the camera's own preview, until something else is wanted. */
  private void watch(RigStep step) {
    try (LiveView live = source.live(step)) {
      while (goesOn(step)) {
        live.newest().ifPresent(newest.get(step.channel())::put);
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isOnly(RigStep step) {
    return only.isPresent() && only.get().equals(step.channel());
  }

  private synchronized boolean goesOn(RigStep step) {
    return pauses == 0 && !closed && isOnly(step) && rig.steps().contains(step);
  }

  /**
   * Ends the preview; harmless where it has ended. Returns at once, on any thread: the frame that
   * is under way still comes, for nobody. To wait for it, {@link #pause} before.
   */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}

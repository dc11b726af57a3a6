package org.skinspectra.camera;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;

/**
 * A preview by MMCore's continuous acquisition. A thread of its own looks for the newest frame and
 * keeps it until a viewer takes it or a newer one comes, so that neither waits for the other.
 */
final class MicroManagerLiveView implements LiveView {

  private static final String EMPTY = "Circular buffer is empty";
  private static final String ELAPSED = "ElapsedTime-ms";
  private static final long NANOS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final double MOST_POLL_MS = 10;

  private final MicroManagerSource source;
  private final MMCoreCalls core;
  private final MMCoreSettings settings;
  private final MMCoreFrames frames;
  private final RigStep step;
  private final String what;
  private final Thread watcher;

  private final NewestFrame newest = new NewestFrame();
  private volatile boolean closed;

  private MMCoreFrames.Format format;
  private Frame last;

  MicroManagerLiveView(
      MicroManagerSource source,
      MMCoreCalls core,
      MMCoreSettings settings,
      MMCoreFrames frames,
      RigStep step) {
    this.source = source;
    this.core = core;
    this.settings = settings;
    this.frames = frames;
    this.step = step;
    this.what = "%s shows a live view".formatted(step.camera());
    this.watcher = new Thread(this::watch, "live view of " + step.camera());
    this.watcher.setDaemon(true);
  }

  /** Makes the settings and starts the camera. */
  void start() {
    format =
        source.call(
            what,
            step.deadlineMs(),
            () -> {
              settings.make(step);
              MMCoreFrames.Format current = frames.format(step);
              core.startContinuousSequenceAcquisition();
              return current;
            });
    watcher.start();
  }

  @Override
  public Optional<Frame> newest() {
    return newest.take();
  }

  @Override
  public long delivered() {
    return newest.delivered();
  }

  private void watch() {
    double patienceMs = step.exposureMs() + step.timeoutMs();
    long pollNanos =
        Math.round(Math.min(MOST_POLL_MS, Math.max(1, step.exposureMs() / 4)) * NANOS_PER_MS);
    long arrived = System.nanoTime();
    try {
      while (!closed) {
        Frame frame = source.call(what, step.deadlineMs(), this::look);
        if (frame != null) {
          newest.put(frame, deliveredSinceLast(frame));
          last = frame;
          arrived = System.nanoTime();
        } else if (System.nanoTime() - arrived > patienceMs * NANOS_PER_MS) {
          throw new SkinSpectraException(
              ("%s has delivered no frame for %d ms. Check its cable and that it waits for no"
                      + " trigger, and start the live view again.")
                  .formatted(step.camera(), Math.round(patienceMs)));
        }
        LockSupport.parkNanos(pollNanos);
      }
    } catch (SkinSpectraException e) {
      newest.fail(e);
    }
  }

  /** A frame that is newer than the last, or null. */
  private Frame look() throws Exception {
    boolean runs = core.isSequenceRunning(step.camera());
    // Just after the start, and where the camera has just emptied it, the buffer is empty.
    if (core.remainingImageCount() == 0) {
      return nothingNew(runs);
    }
    MMCoreImage image;
    try {
      image = core.lastTaggedImage();
    } catch (SkinSpectraException e) {
      if (e.getMessage().contains(EMPTY)) {
        return null;
      }
      throw e;
    }
    Frame frame = frames.frame(step, image, format, settings.exposureMs(step));
    return last != null && isSame(last, frame) ? nothingNew(runs) : frame;
  }

  private Frame nothingNew(boolean runs) {
    if (!runs) {
      throw new SkinSpectraException(
          "%s has stopped. Check its cable and its power, and start the live view again."
              .formatted(step.camera()));
    }
    return null;
  }

  /** MMCore counts from 0 again where the buffer was full, so that the time counts as well. */
  private static boolean isSame(Frame a, Frame b) {
    long number = FrameNumbers.of(a);
    return number >= 0
        ? number == FrameNumbers.of(b) && elapsed(a).equals(elapsed(b))
        : a.bytes().equals(b.bytes());
  }

  private static String elapsed(Frame frame) {
    return frame.tags().all().getOrDefault(ELAPSED, "");
  }

  private long deliveredSinceLast(Frame frame) {
    long number = FrameNumbers.of(frame);
    long before = last == null ? -1 : FrameNumbers.of(last);
    return number > before ? number - before : 1;
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    try {
      source.stop(what, step);
    } finally {
      source.end();
    }
  }
}

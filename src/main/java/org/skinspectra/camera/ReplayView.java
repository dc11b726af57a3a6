package org.skinspectra.camera;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;

/** Shows stored frames one after the other, each for its exposure time, again and again. */
final class ReplayView implements LiveView {

  private static final double SHORTEST_MS = 1;
  private static final long STOPPING_MS = 5000;

  private final LongFunction<Frame> frames;
  private final double periodMs;
  private final NewestFrame newest = new NewestFrame();
  private final Thread thread;
  private volatile boolean stopped;

  /**
   * @param frames the frame of each number, from 0
   * @param periodMs time from frame to frame, milliseconds
   */
  ReplayView(LongFunction<Frame> frames, double periodMs) {
    this.frames = frames;
    this.periodMs = Math.max(SHORTEST_MS, periodMs);
    thread = new Thread(this::run, "replay");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!stopped) {
        Frame frame = frames.apply(newest.delivered());
        TimeUnit.MICROSECONDS.sleep((long) (1000 * periodMs));
        newest.put(frame);
      }
    } catch (InterruptedException e) {
      // It was closed.
      Thread.currentThread().interrupt();
    } catch (SkinSpectraException e) {
      newest.fail(e);
    }
  }

  @Override
  public Optional<Frame> newest() {
    return newest.take();
  }

  @Override
  public long delivered() {
    return newest.delivered();
  }

  boolean isRunning() {
    return !stopped;
  }

  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    try {
      thread.join(STOPPING_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

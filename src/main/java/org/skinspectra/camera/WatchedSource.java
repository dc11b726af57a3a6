package org.skinspectra.camera;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Frame;

/**
 * A source that tells, on any thread, which frame is waited for and how long that may still take:
 * for somebody who canceled it and wants to know when the camera is free.
 */
public final class WatchedSource implements FrameSource {

  /**
   * A frame that is waited for.
   *
   * @param secondsLeft until its step's deadline, 0 where that is over
   */
  public record Awaited(RigStep step, long secondsLeft) {}

  private record Until(RigStep step, long nanos) {

    static Until of(RigStep step) {
      return new Until(step, System.nanoTime() + Math.round(1e6 * step.deadlineMs()));
    }

    Awaited awaited() {
      long left = Math.max(0, nanos - System.nanoTime());
      // Rounded up: after that many seconds it is over.
      return new Awaited(step, TimeUnit.NANOSECONDS.toSeconds(left + 999_999_999));
    }
  }

  private final FrameSource source;
  private volatile Until until;

  public WatchedSource(FrameSource source) {
    this.source = source;
  }

  /** The frame that is waited for now; empty between frames. */
  public Optional<Awaited> awaited() {
    return Optional.ofNullable(until).map(Until::awaited);
  }

  @Override
  public SourceDescription describe() {
    return source.describe();
  }

  @Override
  public Frame snap(RigStep step) {
    until = Until.of(step);
    try {
      return source.snap(step);
    } finally {
      until = null;
    }
  }

  @Override
  public void sequence(RigStep step, int count, Consumer<Frame> sink, ProgressMonitor progress) {
    until = Until.of(step);
    try {
      source.sequence(
          step,
          count,
          frame -> {
            sink.accept(frame);
            until = Until.of(step);
          },
          progress);
    } finally {
      until = null;
    }
  }

  @Override
  public LiveView live(RigStep step) {
    return source.live(step);
  }

  @Override
  public void close() {
    source.close();
  }
}

package org.skinspectra.camera;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;

/**
 * Takes frames of one camera through MMCore's circular buffer, which holds no other camera's: two
 * pixel types in it would corrupt each other. The camera fills the buffer while the sink is busy;
 * it stops where that is full, which MMCore does not say, so that the frames are counted.
 */
final class MicroManagerSequence {

  /** Frames that the buffer should hold at least, where so many are taken. */
  private static final int BUFFERED_FRAMES = 64;

  /** Most memory that is asked for, mebibytes. */
  private static final long MOST_BUFFER_MIB = 1024;

  private static final double MIB = 1 << 20;

  /** Frames that are fetched in one turn of the core's thread. */
  private static final int BATCH = 8;

  private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  private final MicroManagerSource source;
  private final MMCoreCalls core;
  private final MMCoreSettings settings;
  private final MMCoreFrames frames;
  private final boolean ownsCore;

  /**
   * What one look into the buffer gave.
   *
   * @param over whether no more will come
   */
  private record Batch(List<Frame> frames, boolean over, boolean overflowed) {}

  /**
   * @param ownsCore whether the size of the buffer is ours to change
   */
  MicroManagerSequence(
      MicroManagerSource source,
      MMCoreCalls core,
      MMCoreSettings settings,
      MMCoreFrames frames,
      boolean ownsCore) {
    this.source = source;
    this.core = core;
    this.settings = settings;
    this.frames = frames;
    this.ownsCore = ownsCore;
  }

  void take(RigStep step, int count, Consumer<Frame> sink, ProgressMonitor progress) {
    String what = "%s takes a sequence of %d frames".formatted(step.camera(), count);
    try {
      MMCoreFrames.Format format = source.call(what, step.deadlineMs(), () -> start(step, count));
      fetch(what, step, format, count, sink, progress);
    } finally {
      source.stop(what, step);
    }
  }

  private MMCoreFrames.Format start(RigStep step, int count) throws Exception {
    settings.make(step);
    MMCoreFrames.Format format = frames.format(step);
    core.initializeCircularBuffer();
    if (ownsCore) {
      enlargeBuffer(format, count);
    }
    core.startSequenceAcquisition(step.camera(), count);
    return format;
  }

  private void enlargeBuffer(MMCoreFrames.Format format, int count) throws Exception {
    int wanted = Math.min(count, BUFFERED_FRAMES);
    if (core.bufferTotalCapacity() >= wanted) {
      return;
    }
    double bytes =
        (double) wanted
            * format.width()
            * format.height()
            * format.type().samplesPerPixel()
            * format.type().bytesPerSample();
    long footprint = Math.min(MOST_BUFFER_MIB, (long) Math.ceil(bytes / MIB) + 1);
    if (footprint > core.circularBufferMemoryFootprint()) {
      core.setCircularBufferMemoryFootprint(footprint);
      core.initializeCircularBuffer();
    }
  }

  private void fetch(
      String what,
      RigStep step,
      MMCoreFrames.Format format,
      int count,
      Consumer<Frame> sink,
      ProgressMonitor progress) {
    FrameNumbers numbers = new FrameNumbers(step.camera());
    double patienceMs = step.exposureMs() + step.timeoutMs();
    int taken = 0;
    long last = System.nanoTime();
    progress.report(step.channel(), 0, count);
    while (taken < count) {
      progress.checkCanceled(what);
      int left = count - taken;
      Batch batch =
          source.call(what, step.deadlineMs(), () -> batch(step, format, Math.min(left, BATCH)));
      for (Frame frame : batch.frames) {
        numbers.requireNext(frame);
        sink.accept(frame);
        taken++;
        progress.report(step.channel(), taken, count);
      }
      if (!batch.frames.isEmpty()) {
        last = System.nanoTime();
      } else if (batch.over) {
        throw ended(step, taken, count, batch.overflowed);
      } else if (System.nanoTime() - last > patienceMs * TimeUnit.MILLISECONDS.toNanos(1)) {
        throw late(step, taken, count, patienceMs);
      } else {
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
  }

  private Batch batch(RigStep step, MMCoreFrames.Format format, int most) throws Exception {
    // Before the count: what a camera that has stopped leaves in the buffer is still fetched.
    boolean over = !core.isSequenceRunning(step.camera());
    boolean overflowed = core.isBufferOverflowed();
    List<Frame> batch = new ArrayList<>();
    for (int left = Math.min(most, core.remainingImageCount()); left > 0; left--) {
      MMCoreImage image = core.popNextTaggedImage();
      batch.add(frames.frame(step, image, format, settings.exposureMs(step)));
    }
    return new Batch(batch, over, overflowed);
  }

  private static SkinSpectraException ended(
      RigStep step, int taken, int count, boolean overflowed) {
    int lost = count - taken;
    return new SkinSpectraException(
        overflowed
            ? ("%s was faster than its frames were stored: the buffer overflowed, and %d of %d"
                    + " frames are lost after the first %d. Take fewer frames at once, expose"
                    + " longer, read a smaller region, or store to a faster disk.")
                .formatted(step.camera(), lost, count, taken)
            : ("%s stopped after %d of %d frames; %d are lost. Check its cable and its power, and"
                    + " take the sequence again.")
                .formatted(step.camera(), taken, count, lost));
  }

  private static SkinSpectraException late(RigStep step, int taken, int count, double patienceMs) {
    return new SkinSpectraException(
        ("%s has delivered no frame for %d ms, after %d of %d; %d are lost. Check its cable and that"
                + " it waits for no trigger, or give the step %s a longer time-out.")
            .formatted(
                step.camera(),
                Math.round(patienceMs),
                taken,
                count,
                count - taken,
                step.channel()));
  }
}

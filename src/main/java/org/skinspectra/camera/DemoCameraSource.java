package org.skinspectra.camera;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.skinspectra.CanceledException;
import org.skinspectra.JsonText;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;

/**
 * A camera without hardware: a rendered person, a white reference or the lid, seen through a
 * camera's spectral response and delivered as raw counts with the errors of a sensor ({@link
 * DemoSensor}). Frame k of a camera is always the same for one seed, settings and step, but for the
 * time when it was taken.
 *
 * <p>It has three cameras: {@code RGB} and {@code N960} see the scene by lights of their own;
 * {@code Camera} is a colour camera behind a filter wheel and under switched lamps. Settings, of
 * which the first value is in force at first:
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><td>{@code Scene/Target}</td><td>scene, white, dark</td></tr>
 * <tr><td>{@code Scene/Person}</td><td>a number; each is another rendered person</td></tr>
 * <tr><td>{@code RGB/PixelType}, {@code Camera/PixelType}</td><td>64bitRGB, 32bitRGB; 16bit, 8bit,
 * 32bit for the raw mosaic</td></tr>
 * <tr><td>{@code N960/PixelType}</td><td>16bit, 8bit, 32bit</td></tr>
 * <tr><td>{@code RGB/BitDepth} and so on</td><td>8 to 16 of 16 bits, 12 at first</td></tr>
 * <tr><td>{@code RGB/Bayer}, {@code Camera/Bayer}</td><td>RGGB, BGGR, GRBG, GBRG</td></tr>
 * <tr><td>{@code N960/Mount}</td><td>splitter (shifted, turned, scaled), prism (as RGB)</td></tr>
 * <tr><td>{@code Wheel/Filter}</td><td>none, Visible, 960nm</td></tr>
 * <tr><td>{@code Lamp/Light}</td><td>both, white, 960nm, off</td></tr>
 * </table>
 *
 * <p>Presets RGB and N960 of group {@code Channel} turn wheel and lamp. The gain is that of the
 * step; no setting is needed for it. Binning takes means and does not apply to mosaics. While a
 * live view runs, every other call is refused; otherwise calls wait for their turn as long as their
 * deadline.
 */
public final class DemoCameraSource implements FrameSource {

  /** Version of the simulation: frames of one version are the same for ever. */
  private static final String VERSION = "1";

  private final DemoOptions options;
  private final DemoCameras cameras;

  /** Held by the one thread that uses the cameras. */
  private final ReentrantLock turn = new ReentrantLock(true);

  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile DemoLiveView preview;

  /** A camera. One that takes its time renders its first person now, not during an exposure. */
  public DemoCameraSource(DemoOptions options) {
    this.options = options;
    cameras = new DemoCameras(options);
    if (options.realTime()) {
      cameras.person();
    }
  }

  @Override
  public SourceDescription describe() {
    EventThread.refuse();
    requireOpen();
    Map<String, String> versions = new TreeMap<>();
    versions.put("Demo camera", VERSION);
    versions.put("Seed", Long.toString(options.seed()));
    return new SourceDescription("Demo camera", DemoSettings.cameras(), versions);
  }

  @Override
  public Frame snap(RigStep step) {
    return inTurn(
        step,
        () -> {
          cameras.prepare(step, closed);
          return cameras.take(step, closed);
        });
  }

  @Override
  public void sequence(RigStep step, int count, Consumer<Frame> sink, ProgressMonitor progress) {
    FrameNumbers.requireCount(count);
    inTurn(
        step,
        () -> {
          cameras.prepare(step, closed);
          for (int i = 0; i < count; i++) {
            progress.checkCanceled("The sequence");
            sink.accept(taken(step, i, count));
            progress.report("Frames of " + step.channel(), i + 1, count);
          }
          return null;
        });
  }

  private Frame taken(RigStep step, int index, int count) {
    try {
      return cameras.take(step, closed);
    } catch (CanceledException e) {
      throw e;
    } catch (SkinSpectraException e) {
      throw new SkinSpectraException(
          "%s The sequence ends after %d of %d frames; %d are lost."
              .formatted(e.getMessage(), index, count, count - index),
          e);
    }
  }

  @Override
  public LiveView live(RigStep step) {
    return inTurn(
        step,
        () -> {
          cameras.prepare(step, closed);
          DemoLiveView view =
              new DemoLiveView(cameras, step, turn, options.realTime(), this::ended);
          preview = view;
          view.start();
          if (closed.getCount() == 0) {
            view.close();
            throw DemoCameras.closed();
          }
          return view;
        });
  }

  @Override
  public void close() {
    EventThread.refuse();
    closed.countDown();
    DemoLiveView running = preview;
    if (running != null) {
      running.close();
    }
  }

  // -- What lies in front --

  /**
   * Puts something in front of the cameras, as the setting {@code Scene/Target} does.
   *
   * @throws SkinSpectraException if the camera is closed
   */
  public void place(DemoTarget target) {
    requireOpen();
    turn.lock();
    try {
      cameras.place(target);
    } finally {
      turn.unlock();
    }
  }

  /** Does at once what a technician is asked to do. */
  public ReferencePrompt technician() {
    return (kind, instruction) ->
        place(
            switch (kind) {
              case DARK -> DemoTarget.DARK;
              case WHITE, LINEARITY -> DemoTarget.WHITE;
              default -> DemoTarget.SCENE;
            });
  }

  /** The person who is in front now, with the truth. */
  public DemoScene scene() {
    turn.lock();
    try {
      return cameras.person();
    } finally {
      turn.unlock();
    }
  }

  // -- One call at a time --

  private interface Work<T> {
    T run();
  }

  private <T> T inTurn(RigStep step, Work<T> work) {
    EventThread.refuse();
    requireOpen();
    if (turn.isHeldByCurrentThread()) {
      throw new SkinSpectraException(
          "A frame was asked for by what takes the frames of a sequence. Ask when it has ended.");
    }
    refuseDuringPreview();
    try {
      if (!turn.tryLock((long) Math.ceil(step.deadlineMs() * 1000), TimeUnit.MICROSECONDS)) {
        throw new SkinSpectraException(
            "The demo camera was busy for %s ms, the deadline of step %s. Wait until it is free, or give the step a longer time-out."
                .formatted(JsonText.printable(step.deadlineMs()), step.channel()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CanceledException("Waiting for the demo camera");
    }
    try {
      requireOpen();
      refuseDuringPreview();
      return work.run();
    } finally {
      turn.unlock();
    }
  }

  private void ended(DemoLiveView view) {
    if (preview == view) {
      preview = null;
    }
  }

  private void refuseDuringPreview() {
    DemoLiveView running = preview;
    if (running != null) {
      throw new SkinSpectraException(
          "A live view of camera %s runs. Stop it first.".formatted(running.camera()));
    }
  }

  private void requireOpen() {
    if (closed.getCount() == 0) {
      throw DemoCameras.closed();
    }
  }
}

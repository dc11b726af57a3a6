package org.skinspectra.camera;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;

/**
 * Cameras that Micro-Manager drives: those of an installation and a configuration of the user's, or
 * those of a Micro-Manager Studio that runs in this program. One source at a time; all calls to
 * MMCore are made one after the other on one thread, and none is waited for beyond its deadline.
 */
public final class MicroManagerSource implements FrameSource {

  private final MicroManagerConnection connection;
  private final MMCoreCalls core;
  private final MMCoreSettings settings;
  private final MMCoreFrames frames;

  /** What runs, whole or empty; a live view where it is one. */
  private Running running = Running.NOTHING;

  private boolean closed;

  /** What uses the camera until it is stopped. */
  private record Running(String name, String camera, Optional<MicroManagerLiveView> live) {
    private static final Running NOTHING = new Running("", "", Optional.empty());
  }

  private MicroManagerSource(MicroManagerConnection connection) {
    this.connection = connection;
    core = connection.core();
    settings = new MMCoreSettings(core, connection.thread());
    frames = new MMCoreFrames(core);
  }

  /**
   * Connects to the cameras of a configuration. Where a Micro-Manager Studio runs in this program,
   * its cameras are taken as it has configured them, since no two cores may drive the same devices.
   *
   * @param folder that Micro-Manager is installed in
   * @param configuration file of Micro-Manager's hardware configuration ({@code .cfg})
   * @throws SkinSpectraException if there is no Micro-Manager, its parts do not fit each other, a
   *     device fails, or no camera is in the configuration; each with what to do
   */
  public static MicroManagerSource open(Path folder, Path configuration) {
    Optional<MicroManagerSource> studio = ofRunningStudio();
    return studio.isPresent()
        ? studio.get()
        : open(MMCoreRuntime.OF_THIS_PROGRAM, folder, configuration);
  }

  /**
   * Connects to the cameras of the Micro-Manager Studio that runs in this program, whose live mode
   * is suspended until the source is closed; empty where none runs.
   *
   * @throws SkinSpectraException if it cannot be used
   */
  public static Optional<MicroManagerSource> ofRunningStudio() {
    return MicroManagerStudio.running().map(studio -> open(MMCoreRuntime.OF_THIS_PROGRAM, studio));
  }

  static MicroManagerSource open(MMCoreRuntime runtime, Path folder, Path configuration) {
    return new MicroManagerSource(MicroManagerConnection.open(runtime, folder, configuration));
  }

  static MicroManagerSource open(MMCoreRuntime runtime, MicroManagerStudio studio) {
    return new MicroManagerSource(MicroManagerConnection.open(runtime, studio));
  }

  @Override
  public SourceDescription describe() {
    return connection.description();
  }

  @Override
  public Frame snap(RigStep step) {
    requireIdle();
    return call(
        "%s takes a frame".formatted(step.camera()), step.deadlineMs(), () -> snapOnThread(step));
  }

  private Frame snapOnThread(RigStep step) throws Exception {
    requireIdle();
    boolean changed = settings.make(step);
    MMCoreFrames.Format format = frames.format(step);
    MMCoreImage image = image();
    if (changed && frames.isRepeated(step, image, format)) {
      // What was in the buffer before the settings; the next one is of after them.
      image = image();
      if (frames.isRepeated(step, image, format)) {
        throw new SkinSpectraException(
            ("%s gives the same image bit for bit that it gave before the settings of the step %s:"
                    + " it is stale, or a test pattern. Switch a test pattern off; otherwise connect"
                    + " the camera anew.")
                .formatted(step.camera(), step.channel()));
      }
    }
    MMCoreFrames.Format after = frames.format(step);
    if (!after.equals(format)) {
      throw new SkinSpectraException(
          ("%s changed from %s to %s while it took a frame. Let no other program part use its"
                  + " cameras, and try again.")
              .formatted(step.camera(), format, after));
    }
    Frame frame = frames.frame(step, image, format, settings.exposureMs(step));
    frames.keep(step, image);
    return frame;
  }

  private MMCoreImage image() throws Exception {
    core.snapImage();
    return core.taggedImage();
  }

  @Override
  public void sequence(RigStep step, int count, Consumer<Frame> sink, ProgressMonitor progress) {
    FrameNumbers.requireCount(count);
    run(new Running("A sequence", step.camera(), Optional.empty()));
    try {
      new MicroManagerSequence(this, core, settings, frames, connection.ownsCore())
          .take(step, count, sink, progress);
    } finally {
      end();
    }
  }

  @Override
  public LiveView live(RigStep step) {
    MicroManagerLiveView view = new MicroManagerLiveView(this, core, settings, frames, step);
    run(new Running("A live view", step.camera(), Optional.of(view)));
    try {
      view.start();
      return view;
    } catch (RuntimeException | Error e) {
      end();
      throw e;
    }
  }

  /** Does work on the core's thread, once it is its turn. */
  <T> T call(String what, double deadlineMs, Callable<T> work) {
    return connection
        .thread()
        .call(
            what,
            deadlineMs,
            () -> {
              requireOpen();
              try {
                return work.call();
              } catch (Exception | Error e) {
                settings.forget();
                throw e;
              }
            },
            this::recover);
  }

  /** Stops the camera of a step, at once or as soon as the core's thread is free. */
  void stop(String what, RigStep step) {
    List<String> camera = List.of(step.camera());
    try {
      call(
          what,
          step.deadlineMs(),
          () -> {
            connection.stop(camera);
            return null;
          });
    } catch (SkinSpectraException e) {
      synchronized (this) {
        // A source that is closed has stopped its cameras, which may be another source's now.
        if (!closed) {
          connection.thread().later(() -> connection.stop(camera));
        }
      }
    }
  }

  /** Says that what ran has ended. */
  synchronized void end() {
    running = Running.NOTHING;
  }

  private synchronized void run(Running next) {
    requireOpen();
    requireIdle();
    running = next;
  }

  private synchronized void requireIdle() {
    requireOpen();
    if (running != Running.NOTHING) {
      throw new SkinSpectraException(
          "%s of %s runs. Close it before anything else is taken."
              .formatted(running.name(), running.camera()));
    }
  }

  private synchronized void requireOpen() {
    if (closed) {
      throw new SkinSpectraException(
          "The connection to Micro-Manager is closed. Connect again to take frames.");
    }
  }

  /** After a call that nobody waited for: whatever it left, all is set anew and nothing runs. */
  private void recover() {
    settings.forget();
    connection.stop(connection.description().cameras());
  }

  @Override
  public void close() {
    Optional<MicroManagerLiveView> view;
    synchronized (this) {
      if (closed) {
        return;
      }
      view = running.live();
    }
    view.ifPresent(MicroManagerLiveView::close);
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    connection.close();
  }
}

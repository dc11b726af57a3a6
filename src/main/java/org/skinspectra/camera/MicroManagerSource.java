package org.skinspectra.camera;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;

/**
 * Cameras that Micro-Manager drives: those of an installation and a configuration of the user's, or
 * those of a Micro-Manager Studio that runs in this program. One source at a time; all calls to
 * MMCore are made one after the other on one thread, and none is waited for beyond its deadline.
 */
public final class MicroManagerSource implements FrameSource {

  /** MMCore 10 is the first of those that were tried: 10.1, 10.4 and 12.5. */
  private static final int OLDEST_CORE = 10;

  private static final Pattern CORE_VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");

  /** MMCore counts itself among the devices. */
  private static final String CORE_LABEL = "Core";

  /** MMCore's own limit to waiting for a device. */
  private static final int CORE_TIMEOUT_MS = 5_000;

  /** Devices are switched on and sought while a configuration is loaded. */
  private static final double LOADING_MS = 120_000;

  /** Calls that ask no device. */
  private static final double SHORT_MS = 5_000;

  private final MMCoreRuntime runtime;
  private final MMCoreThread thread;
  private final MMCoreCalls core;
  private final Optional<MicroManagerStudio> studio;
  private final MMCoreSettings settings;
  private final MMCoreFrames frames;
  private final SourceDescription description;
  private final int timeoutBefore;

  /** What runs, whole or empty; a live view where it is one. */
  private Running running = Running.NOTHING;

  private boolean closed;

  /** What uses the camera until it is stopped. */
  private record Running(String name, String camera, Optional<MicroManagerLiveView> live) {
    private static final Running NOTHING = new Running("", "", Optional.empty());
  }

  private MicroManagerSource(
      MMCoreRuntime runtime,
      MMCoreCalls core,
      Optional<MicroManagerStudio> studio,
      SourceDescription description,
      int timeoutBefore) {
    this.runtime = runtime;
    this.thread = runtime.thread();
    this.core = core;
    this.studio = studio;
    this.settings = new MMCoreSettings(core, thread);
    this.frames = new MMCoreFrames(core);
    this.description = description;
    this.timeoutBefore = timeoutBefore;
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
    Path file = configuration.toAbsolutePath().normalize();
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new SkinSpectraException(
          ("There is no configuration %s that can be read. Give the .cfg file that Micro-Manager's"
                  + " hardware configuration wizard has saved.")
              .formatted(file));
    }
    MicroManagerInstallation installation = MicroManagerInstallation.find(folder);
    MMCoreCalls core = runtime.take(installation);
    return open(
        runtime,
        core,
        Optional.empty(),
        () -> {
          requireVersion(core, runtime.versions());
          core.setDeviceAdapterSearchPath(installation.adapters().toString());
          core.loadSystemConfiguration(file.toString());
          return describe(core, "Micro-Manager, " + file.getFileName(), runtime.versions());
        });
  }

  static MicroManagerSource open(MMCoreRuntime runtime, MicroManagerStudio studio) {
    MMCoreCalls core = runtime.takeRunning(studio.core());
    return open(
        runtime,
        core,
        Optional.of(studio),
        () -> {
          requireVersion(core, runtime.versions());
          studio.suspendLive(true);
          return describe(core, "Micro-Manager Studio", runtime.versions());
        });
  }

  private static MicroManagerSource open(
      MMCoreRuntime runtime,
      MMCoreCalls core,
      Optional<MicroManagerStudio> studio,
      Callable<SourceDescription> connect) {
    try {
      return runtime
          .thread()
          .call(
              "Micro-Manager connects",
              LOADING_MS,
              () -> {
                int timeout = core.timeoutMs();
                return new MicroManagerSource(runtime, core, studio, connect.call(), timeout);
              },
              () -> {});
    } catch (RuntimeException | Error e) {
      // After the connecting, should that still be under way.
      runtime.thread().later(() -> detach(core, studio, List.of(), CORE_TIMEOUT_MS));
      runtime.release();
      throw e;
    }
  }

  private static void requireVersion(MMCoreCalls core, String versions) throws Exception {
    String version = core.versionInfo();
    Matcher matcher = CORE_VERSION.matcher(version);
    if (matcher.find() && Integer.parseInt(matcher.group(1)) < OLDEST_CORE) {
      throw new SkinSpectraException(
          ("%s is too old (%s); version %d or later is needed. Install a newer Micro-Manager 2 in an"
                  + " empty folder.")
              .formatted(version, versions, OLDEST_CORE));
    }
  }

  private static SourceDescription describe(MMCoreCalls core, String name, String parts)
      throws Exception {
    List<String> cameras = core.cameras();
    if (cameras.isEmpty()) {
      throw new SkinSpectraException(
          name
              + " has no camera. Add the camera in Micro-Manager's hardware configuration wizard, or"
              + " name another configuration.");
    }
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("MMCore", core.versionInfo());
    versions.put("MMCore API", core.apiVersionInfo());
    versions.put("MMCore parts", parts);
    for (String device : core.devices()) {
      if (!device.equals(CORE_LABEL)) {
        versions.put(device, core.deviceModel(device));
      }
    }
    return new SourceDescription(name, cameras, versions);
  }

  @Override
  public SourceDescription describe() {
    return description;
  }

  @Override
  public Frame snap(RigStep step) {
    requireIdle();
    return call(
        "%s takes a frame".formatted(step.camera()), deadlineMs(step), () -> snapOnThread(step));
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
      new MicroManagerSequence(this, core, settings, frames, studio.isEmpty())
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
    return thread.call(
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

  /**
   * How long a step may take: its settings and its answer within the time-out, and its exposure.
   */
  static double deadlineMs(RigStep step) {
    return step.settleMs() + step.exposureMs() + step.timeoutMs();
  }

  /** Stops the camera of a step, at once or as soon as the core's thread is free. */
  void stop(String what, RigStep step) {
    List<String> camera = List.of(step.camera());
    try {
      call(
          what,
          deadlineMs(step),
          () -> {
            stop(core, camera);
            return null;
          });
    } catch (SkinSpectraException e) {
      synchronized (this) {
        // A source that is closed has stopped its cameras, which may be another source's now.
        if (!closed) {
          thread.later(() -> stop(core, camera));
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
    stop(core, description.cameras());
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
    try {
      thread.call(
          "Micro-Manager disconnects",
          SHORT_MS,
          () -> {
            detach(core, studio, description.cameras(), timeoutBefore);
            return null;
          },
          () -> {});
    } catch (SkinSpectraException stuck) {
      // Closing must neither hang nor fail: the devices are let go once the thread is free.
      thread.later(() -> detach(core, studio, description.cameras(), timeoutBefore));
    }
    runtime.release();
  }

  /** Stops the cameras and lets go of them. */
  private static void detach(
      MMCoreCalls core, Optional<MicroManagerStudio> studio, List<String> cameras, int timeoutMs) {
    stop(core, cameras);
    try {
      core.setTimeoutMs(timeoutMs);
      if (studio.isPresent()) {
        studio.get().suspendLive(false);
      } else {
        core.unloadAllDevices();
      }
    } catch (CancellationException abandoned) {
      throw abandoned;
    } catch (Exception e) {
      // Whatever a device says to being let go, nothing follows from it.
      return;
    }
  }

  private static void stop(MMCoreCalls core, List<String> cameras) {
    for (String camera : cameras) {
      try {
        if (core.isSequenceRunning(camera)) {
          core.stopSequenceAcquisition(camera);
        }
      } catch (CancellationException abandoned) {
        throw abandoned;
      } catch (Exception e) {
        // A camera that is gone does not run; the next call that needs it says so.
        continue;
      }
    }
  }
}

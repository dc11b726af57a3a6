package org.skinspectra.camera;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skinspectra.SkinSpectraException;

/**
 * A core of MMCore with its devices: those of a configuration, which are let go when it is closed,
 * or those of a Micro-Manager Studio, whose live mode is suspended until then.
 */
final class MicroManagerConnection {

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
  private final MMCoreCalls core;
  private final Optional<MicroManagerStudio> studio;
  private final SourceDescription description;
  private final int timeoutBefore;

  private MicroManagerConnection(
      MMCoreRuntime runtime,
      MMCoreCalls core,
      Optional<MicroManagerStudio> studio,
      SourceDescription description,
      int timeoutBefore) {
    this.runtime = runtime;
    this.core = core;
    this.studio = studio;
    this.description = description;
    this.timeoutBefore = timeoutBefore;
  }

  /** See {@link MicroManagerSource#open(Path, Path)}. */
  static MicroManagerConnection open(MMCoreRuntime runtime, Path folder, Path configuration) {
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

  /** See {@link MicroManagerSource#ofRunningStudio()}. */
  static MicroManagerConnection open(MMCoreRuntime runtime, MicroManagerStudio studio) {
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

  private static MicroManagerConnection open(
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
                return new MicroManagerConnection(runtime, core, studio, connect.call(), timeout);
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

  MMCoreCalls core() {
    return core;
  }

  /** The one that all calls to the core are made on. */
  MMCoreThread thread() {
    return runtime.thread();
  }

  /** Whether nobody else uses the core, so that its buffer is ours to change. */
  boolean ownsCore() {
    return studio.isEmpty();
  }

  SourceDescription description() {
    return description;
  }

  /** Stops cameras that run. On the core's thread. */
  void stop(List<String> cameras) {
    stop(core, cameras);
  }

  /** Stops all cameras and lets go of them. Neither hangs nor fails, whatever a device does. */
  void close() {
    try {
      thread()
          .call(
              "Micro-Manager disconnects",
              SHORT_MS,
              () -> {
                detach(core, studio, description.cameras(), timeoutBefore);
                return null;
              },
              () -> {});
    } catch (SkinSpectraException stuck) {
      // The devices are let go once the thread is free.
      thread().later(() -> detach(core, studio, description.cameras(), timeoutBefore));
    }
    runtime.release();
  }

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

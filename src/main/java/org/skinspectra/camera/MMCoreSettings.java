package org.skinspectra.camera;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skinspectra.SkinSpectraException;

/**
 * Makes the settings of a step. What the devices report as in force is not set again; after an
 * error, which may have left anything half done, all is set anew. Used on the core's thread only.
 */
final class MMCoreSettings {

  private static final String CORE = "Core";
  private static final String CORE_CAMERA = "Camera";
  private static final String BINNING = "Binning";

  /** A number first, as in 2 and in 2x2. */
  private static final Pattern BINNED = Pattern.compile("(\\d+)(?:\\s*[xX]\\s*(\\d+))?");

  /** By how much a camera may round an exposure: part of it, and in any case so many ms. */
  private static final double EXPOSURE_TOLERANCE = 0.01;

  private static final double EXPOSURE_TOLERANCE_MS = 0.1;

  private final MMCoreCalls core;
  private final MMCoreThread thread;
  private final Map<String, SensorRegion> whole = new HashMap<>();
  private final Map<String, Exposure> exposures = new HashMap<>();
  private boolean known;

  /**
   * @param asked of the camera, milliseconds
   * @param got from it, milliseconds
   */
  private record Exposure(double asked, double got) {}

  MMCoreSettings(MMCoreCalls core, MMCoreThread thread) {
    this.core = core;
    this.thread = thread;
  }

  /** Trusts in nothing that was set before. */
  void forget() {
    known = false;
    whole.clear();
    exposures.clear();
  }

  /**
   * Makes a step's settings and waits until its devices are ready and have settled.
   *
   * @return whether anything was set, so that the next image must be another one
   */
  boolean make(RigStep step) throws Exception {
    boolean trusted = known;
    if (!trusted) {
      forget();
    }
    // Until all is made, an error leaves it unknown.
    known = false;
    limitWaiting(step);
    chooseCamera(step.camera());
    List<DeviceSetting> preset = preset(step);
    boolean changed = false;
    Set<String> devices = new LinkedHashSet<>();
    if (step.preset().isPresent() && !(trusted && inForce(preset, step.settings()))) {
      core.setConfig(step.preset().get().group(), step.preset().get().preset());
      preset.forEach(this::touched);
      changed = true;
    }
    preset.forEach(setting -> devices.add(setting.device()));
    for (DeviceSetting setting : step.settings()) {
      if (!trusted || !inForce(setting)) {
        core.setProperty(setting.device(), setting.property(), setting.value());
        touched(setting);
        changed = true;
      }
      devices.add(setting.device());
    }
    devices.add(step.camera());
    // One by one: waitForConfig keeps quiet about a device that times out.
    for (String device : devices) {
      if (!device.equals(CORE)) {
        core.waitForDevice(device);
      }
    }
    chooseCamera(step.camera());
    if (changed && step.settleMs() > 0) {
      thread.pause(step.settleMs());
    }
    changed |= bin(step);
    changed |= choose(step.camera(), step.region());
    changed |= expose(step);
    known = true;
    return changed || !trusted;
  }

  /** The exposure time that the camera of the step reports, milliseconds. */
  double exposureMs(RigStep step) {
    return exposures.get(step.camera()).got();
  }

  private void limitWaiting(RigStep step) throws Exception {
    int limit = (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.ceil(step.timeoutMs())));
    if (core.timeoutMs() != limit) {
      core.setTimeoutMs(limit);
    }
  }

  private void chooseCamera(String camera) throws Exception {
    if (!camera.equals(core.cameraDevice())) {
      core.setCameraDevice(camera);
    }
  }

  private List<DeviceSetting> preset(RigStep step) throws Exception {
    if (step.preset().isEmpty()) {
      return List.of();
    }
    return core.preset(step.preset().get().group(), step.preset().get().preset());
  }

  private boolean inForce(List<DeviceSetting> preset, List<DeviceSetting> later) throws Exception {
    for (DeviceSetting setting : preset) {
      boolean replaced =
          setting.device().equals(CORE) && setting.property().equals(CORE_CAMERA)
              || later.stream().anyMatch(other -> sameProperty(setting, other));
      if (!replaced && !inForce(setting)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameProperty(DeviceSetting a, DeviceSetting b) {
    return a.device().equals(b.device()) && a.property().equals(b.property());
  }

  private boolean inForce(DeviceSetting setting) throws Exception {
    return same(setting.value(), core.property(setting.device(), setting.property()));
  }

  /** Devices report 20 as 20.0000. */
  private static boolean same(String wanted, String reported) {
    if (wanted.equals(reported)) {
      return true;
    }
    try {
      return Double.parseDouble(wanted) == Double.parseDouble(reported);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** A property of a camera may change its region and its exposure. */
  private void touched(DeviceSetting setting) {
    whole.remove(setting.device());
    exposures.remove(setting.device());
  }

  /** Before the region, which it resets. */
  private boolean bin(RigStep step) throws Exception {
    String camera = step.camera();
    if (!core.hasProperty(camera, BINNING)) {
      if (step.binning() == 1) {
        return false;
      }
      throw new SkinSpectraException(
          "%s cannot bin pixels, but the step %s asks for %d. Set its binning to 1."
              .formatted(camera, step.channel(), step.binning()));
    }
    if (binned(core.property(camera, BINNING)) == step.binning()) {
      return false;
    }
    List<String> allowed = core.allowedValues(camera, BINNING);
    String value =
        allowed.isEmpty()
            ? Integer.toString(step.binning())
            : allowed.stream()
                .filter(one -> binned(one) == step.binning())
                .findFirst()
                .orElseThrow(
                    () ->
                        new SkinSpectraException(
                            "%s bins %s pixels, but the step %s asks for %d. Choose one of those."
                                .formatted(
                                    camera,
                                    String.join(", ", allowed),
                                    step.channel(),
                                    step.binning())));
    core.setProperty(camera, BINNING, value);
    core.waitForDevice(camera);
    touched(new DeviceSetting(camera, BINNING, value));
    return true;
  }

  /** Pixels in x and y; 0 where it is no square. */
  private static int binned(String value) {
    Matcher matcher = BINNED.matcher(value.strip());
    if (!matcher.matches() || matcher.group(1).length() > 4) {
      return 0;
    }
    boolean square = matcher.group(2) == null || matcher.group(2).equals(matcher.group(1));
    return square ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private boolean choose(String camera, Optional<SensorRegion> wanted) throws Exception {
    SensorRegion now = core.region(camera);
    if (wanted.isEmpty()) {
      if (now.equals(whole.get(camera))) {
        return false;
      }
      return !cleared(camera).equals(now);
    }
    if (now.equals(wanted.get())) {
      return false;
    }
    requireInside(
        camera, whole.containsKey(camera) ? whole.get(camera) : cleared(camera), wanted.get());
    core.setRegion(camera, wanted.get());
    SensorRegion got = core.region(camera);
    if (!got.equals(wanted.get())) {
      throw new SkinSpectraException(
          ("%s reads the region %s in place of %s that was asked for. Ask for that one, or for one"
                  + " in the camera's steps and inside of its sensor.")
              .formatted(camera, text(got), text(wanted.get())));
    }
    return true;
  }

  /** The whole sensor, which is read from now on. */
  private SensorRegion cleared(String camera) throws Exception {
    core.clearRegion();
    SensorRegion all = core.region(camera);
    whole.put(camera, all);
    return all;
  }

  /** Not every adapter looks at what it is asked for. */
  private static void requireInside(String camera, SensorRegion whole, SensorRegion region) {
    if (region.x() + region.width() > whole.x() + whole.width()
        || region.y() + region.height() > whole.y() + whole.height()) {
      throw new SkinSpectraException(
          "The sensor of %s has %dx%d pixels, so it has no region %s. Ask for one inside of it."
              .formatted(camera, whole.width(), whole.height(), text(region)));
    }
  }

  private static String text(SensorRegion region) {
    return "%dx%d at (%d, %d)".formatted(region.width(), region.height(), region.x(), region.y());
  }

  private boolean expose(RigStep step) throws Exception {
    String camera = step.camera();
    double now = core.exposure(camera);
    if (new Exposure(step.exposureMs(), now).equals(exposures.get(camera))) {
      return false;
    }
    boolean changes = now != step.exposureMs();
    if (changes) {
      core.setExposure(camera, step.exposureMs());
    }
    double got = core.exposure(camera);
    double tolerance = Math.max(EXPOSURE_TOLERANCE_MS, EXPOSURE_TOLERANCE * step.exposureMs());
    if (!(got > 0 && Math.abs(got - step.exposureMs()) <= tolerance)) {
      throw new SkinSpectraException(
          ("%s exposes for %s ms in place of the %s ms that the step %s asks for. Ask for a time"
                  + " that the camera can do; its limits are in Micro-Manager's device property"
                  + " browser.")
              .formatted(camera, got, step.exposureMs(), step.channel()));
    }
    exposures.put(camera, new Exposure(step.exposureMs(), got));
    return changes;
  }
}

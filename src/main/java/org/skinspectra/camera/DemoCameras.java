package org.skinspectra.camera;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.skinspectra.CanceledException;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;

/**
 * The devices of the demo camera at work: settings that are made, exposures that take their time,
 * and the faults that befall them. Used by one thread at a time.
 */
final class DemoCameras {

  private static final double OVEREXPOSURE = 100;
  private static final double BUMPED = 0.8;
  private static final double SLOW_MS = 200;

  private final DemoOptions options;
  private final DemoLight light;
  private final Map<String, DemoChip> chips = new HashMap<>();
  private final Map<String, Long> frames = new HashMap<>();
  private DemoSettings settings;

  DemoCameras(DemoOptions options) {
    this.options = options;
    light = new DemoLight(options);
    settings = new DemoSettings(options.person());
  }

  /** Puts something in front, as the setting {@code Scene/Target} does. */
  void place(DemoTarget target) {
    settings.place(target);
  }

  /** The person who is in front now. */
  DemoScene person() {
    return light.person(settings.person());
  }

  /**
   * Makes a step's settings and waits until they have settled.
   *
   * @param stop ends the waiting
   * @throws SkinSpectraException if they are impossible; none is made then
   */
  void prepare(RigStep step, CountDownLatch stop) {
    // A step that is impossible changes nothing.
    DemoSettings next = settings.copy();
    boolean changed = next.apply(step);
    readout(next, step);
    settings = next;
    // Light is found before the exposure begins, as the lens has it.
    light.on(step.camera(), settings);
    if (changed) {
      pause(step.settleMs(), stop);
    }
  }

  /**
   * Takes a frame by the settings that were made.
   *
   * @param stop ends the exposure
   * @throws SkinSpectraException if a fault befalls it
   */
  Frame take(RigStep step, CountDownLatch stop) {
    long begin = System.nanoTime();
    String camera = step.camera();
    long number = frames.merge(camera, 1L, Long::sum) - 1;
    List<DemoFault.Kind> faults = new ArrayList<>();
    for (DemoFault fault : options.faults()) {
      if (fault.befalls(camera, number)) {
        faults.add(fault.kind());
      }
    }
    if (faults.contains(DemoFault.Kind.UNPLUGGED)) {
      throw new SkinSpectraException(
          "Camera %s is not connected any more. Plug it in and connect again.".formatted(camera));
    }
    if (faults.contains(DemoFault.Kind.TIME_OUT)) {
      pause(step.exposureMs() + step.timeoutMs(), stop);
      throw new SkinSpectraException(
          "Camera %s did not answer in step %s within %s ms, the exposure and its time-out. Check its cable and power, or give the step a longer time-out."
              .formatted(
                  camera,
                  step.channel(),
                  JsonText.printable(step.exposureMs() + step.timeoutMs())));
    }
    Frame frame = exposed(step, number, faults);
    double late =
        faults.contains(DemoFault.Kind.SLOW) ? Math.min(SLOW_MS, step.timeoutMs() / 2) : 0;
    pause(step.exposureMs() + late - (System.nanoTime() - begin) / 1e6, stop);
    if (faults.contains(DemoFault.Kind.MISSING_FRAME)) {
      throw new SkinSpectraException(
          "Camera %s delivered no frame in step %s. Check its cable and whether another program uses it, then try again."
              .formatted(camera, step.channel()));
    }
    return checked(frame, step);
  }

  private Frame exposed(RigStep step, long number, List<DemoFault.Kind> faults) {
    String camera = step.camera();
    DemoReadout asked = readout(settings, step);
    DemoReadout read = faults.contains(DemoFault.Kind.WRONG_SIZE) ? asked.halved() : asked;
    double level =
        (faults.contains(DemoFault.Kind.SATURATED) ? OVEREXPOSURE : 1)
            * (faults.contains(DemoFault.Kind.LAMP_BUMPED) ? BUMPED : 1);
    long seed = NormalNoise.mixed(NormalNoise.mixed(options.seed(), index(camera)), 1 + number);
    return chip(camera)
        .expose(
            light.on(camera, settings),
            level,
            step.exposureMs(),
            step.gain(),
            read,
            seed,
            tags(step, number, read));
  }

  private static int index(String camera) {
    return DemoSettings.cameras().indexOf(camera);
  }

  private DemoChip chip(String camera) {
    return chips.computeIfAbsent(
        camera,
        label ->
            new DemoChip(
                options.sensor(),
                options.width(),
                options.height(),
                label.equals(DemoSettings.N960) ? 1 : 3,
                NormalNoise.mixed(options.seed(), index(label))));
  }

  private DemoReadout readout(DemoSettings set, RigStep step) {
    return DemoReadout.of(set, step, options.width(), options.height());
  }

  private Frame checked(Frame frame, RigStep step) {
    SensorRegion region = readout(settings, step).region();
    if (frame.width() != region.width() || frame.height() != region.height()) {
      throw new SkinSpectraException(
          "Camera %s delivered %dx%d pixels in step %s, where %dx%d were asked for. Check its region and binning, then try again."
              .formatted(
                  step.camera(),
                  frame.width(),
                  frame.height(),
                  step.channel(),
                  region.width(),
                  region.height()));
    }
    return frame;
  }

  private FrameTags tags(RigStep step, long number, DemoReadout read) {
    String camera = step.camera();
    Map<String, String> all = settings.all();
    // Settings of other cameras say nothing about this frame.
    all.keySet()
        .removeIf(
            key ->
                DemoSettings.cameras().stream()
                    .anyMatch(other -> !other.equals(camera) && key.startsWith(other + "/")));
    SensorRegion region = read.region();
    all.put("Width", Integer.toString(region.width()));
    all.put("Height", Integer.toString(region.height()));
    all.put("PixelType", read.type().key());
    all.put("BitDepth", Integer.toString(read.bits()));
    all.put("Binning", Integer.toString(read.binning()));
    all.put("ROI", region.x() + "-" + region.y() + "-" + region.width() + "-" + region.height());
    all.put("FrameIndex", Long.toString(number));
    String mosaic = settings.mosaic(camera);
    if (!mosaic.isEmpty()) {
      all.put("BayerPattern", mosaic);
    }
    Instant taken = options.clock().instant();
    return new FrameTags(step.channel(), camera, step.exposureMs(), step.gain(), taken, all);
  }

  /** Waits, unless it is not meant to take time. */
  private void pause(double ms, CountDownLatch stop) {
    if (options.realTime() && ms > 0) {
      try {
        stop.await((long) Math.ceil(ms * 1000), TimeUnit.MICROSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CanceledException("Taking a frame");
      }
    }
    if (stop.getCount() == 0) {
      throw closed();
    }
  }

  /** What calls to a camera that was closed are told. */
  static SkinSpectraException closed() {
    return new SkinSpectraException("The demo camera was closed. Open it again.");
  }
}

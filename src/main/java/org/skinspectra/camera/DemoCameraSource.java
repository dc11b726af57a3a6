package org.skinspectra.camera;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.PixelType;

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

  private static final double OVEREXPOSURE = 100;
  private static final double BUMPED = 0.8;
  private static final double SLOW_MS = 200;

  private final DemoOptions options;
  private final Map<String, DemoChip> chips = new HashMap<>();
  private final Map<String, Long> frames = new HashMap<>();
  private final Map<String, float[][]> lights = new HashMap<>();

  /** Held by the one thread that uses the cameras. */
  private final ReentrantLock turn = new ReentrantLock(true);

  private final CountDownLatch closed = new CountDownLatch(1);
  private DemoSettings settings;

  /** Rendered when it is looked at first, null before. */
  private DemoScene scene;

  private volatile Preview preview;

  /** A camera. One that takes its time renders its first person now, not during an exposure. */
  public DemoCameraSource(DemoOptions options) {
    this.options = options;
    settings = new DemoSettings(options.person());
    if (options.realTime()) {
      person();
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
          prepare(step);
          return take(step, closed);
        });
  }

  @Override
  public void sequence(RigStep step, int count, Consumer<Frame> sink, ProgressMonitor progress) {
    FrameNumbers.requireCount(count);
    inTurn(
        step,
        () -> {
          prepare(step);
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
      return take(step, closed);
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
          prepare(step);
          preview = new Preview(step);
          preview.start();
          if (closed.getCount() == 0) {
            preview.close();
            throw closedException();
          }
          return preview;
        });
  }

  @Override
  public void close() {
    EventThread.refuse();
    closed.countDown();
    Preview running = preview;
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
      settings.place(target);
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
      return person();
    } finally {
      turn.unlock();
    }
  }

  private DemoScene person() {
    if (scene == null || scene.person() != settings.person()) {
      int margin = options.alignment().margin(options.width(), options.height()) + 4;
      scene = DemoScene.render(settings.person(), options.width(), options.height(), margin);
      lights.clear();
    }
    return scene;
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
      if (!turn.tryLock(microseconds(deadlineMs(step)), TimeUnit.MICROSECONDS)) {
        throw new SkinSpectraException(
            "The demo camera was busy for %s ms, the deadline of step %s. Wait until it is free, or give the step a longer time-out."
                .formatted(JsonText.printable(deadlineMs(step)), step.channel()));
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

  private void refuseDuringPreview() {
    Preview running = preview;
    if (running != null) {
      throw new SkinSpectraException(
          "A live view of camera %s runs. Stop it first.".formatted(running.step.camera()));
    }
  }

  private void requireOpen() {
    if (closed.getCount() == 0) {
      throw closedException();
    }
  }

  private static SkinSpectraException closedException() {
    return new SkinSpectraException("The demo camera was closed. Open it again.");
  }

  private static double deadlineMs(RigStep step) {
    return step.settleMs() + step.exposureMs() + step.timeoutMs();
  }

  /** Waits, unless it is not meant to take time. */
  private void pause(double ms, CountDownLatch stop) {
    if (options.realTime() && ms > 0) {
      try {
        stop.await(microseconds(ms), TimeUnit.MICROSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CanceledException("Taking a frame");
      }
    }
    if (stop.getCount() == 0) {
      throw closedException();
    }
  }

  private static long microseconds(double ms) {
    return (long) Math.ceil(ms * 1000);
  }

  // -- Taking a frame --

  private void prepare(RigStep step) {
    // A step that is impossible changes nothing.
    DemoSettings next = settings.copy();
    boolean changed = next.apply(step);
    readout(next, step);
    settings = next;
    // Light is found before the exposure begins, as the lens has it.
    light(step.camera());
    if (changed) {
      pause(step.settleMs(), closed);
    }
  }

  private Frame take(RigStep step, CountDownLatch stop) {
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
    DemoChip.Readout read = readout(settings, step);
    if (faults.contains(DemoFault.Kind.WRONG_SIZE)) {
      SensorRegion region = read.region();
      read =
          new DemoChip.Readout(
              read.type(),
              read.bits(),
              read.mosaic(),
              new SensorRegion(
                  region.x(), region.y(), region.width(), Math.max(1, region.height() / 2)),
              read.binning());
    }
    double level =
        (faults.contains(DemoFault.Kind.SATURATED) ? OVEREXPOSURE : 1)
            * (faults.contains(DemoFault.Kind.LAMP_BUMPED) ? BUMPED : 1);
    long seed = NormalNoise.mixed(NormalNoise.mixed(options.seed(), index(camera)), 1 + number);
    return chip(camera)
        .expose(
            light(camera),
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

  private DemoChip.Readout readout(DemoSettings set, RigStep step) {
    String camera = step.camera();
    PixelType type = set.pixelType(camera);
    String mosaic = set.mosaic(camera);
    int binning = step.binning();
    int width = options.width() / binning;
    int height = options.height() / binning;
    if (binning > 1 && !mosaic.isEmpty()) {
      throw new SkinSpectraException(
          "Step %s bins %d pixels of the mosaic of camera %s, which would mix its colours. Set binning to 1."
              .formatted(step.channel(), binning, camera));
    }
    if (width < 1 || height < 1) {
      throw new SkinSpectraException(
          "Step %s bins %d pixels of camera %s, which has %dx%d. Set a smaller binning."
              .formatted(step.channel(), binning, camera, options.width(), options.height()));
    }
    SensorRegion region = step.region().orElse(new SensorRegion(0, 0, width, height));
    if (region.x() + region.width() > width || region.y() + region.height() > height) {
      throw new SkinSpectraException(
          "Step %s reads the region %dx%d at (%d, %d), but camera %s has %dx%d pixels after binning. Correct the region."
              .formatted(
                  step.channel(),
                  region.width(),
                  region.height(),
                  region.x(),
                  region.y(),
                  camera,
                  width,
                  height));
    }
    if (!mosaic.isEmpty() && (region.x() % 2 != 0 || region.y() % 2 != 0)) {
      throw new SkinSpectraException(
          "Step %s reads a mosaic from (%d, %d), which would shift its pattern. Begin at even pixels."
              .formatted(step.channel(), region.x(), region.y()));
    }
    int[] pattern = mosaic.isEmpty() ? new int[] {0} : mosaic.chars().map("RGB"::indexOf).toArray();
    return new DemoChip.Readout(type, set.bits(camera), pattern, region, binning);
  }

  private FrameTags tags(RigStep step, long number, DemoChip.Readout read) {
    String camera = step.camera();
    Map<String, String> all = settings.all();
    // Settings of other cameras say nothing about this frame.
    all.keySet()
        .removeIf(
            key ->
                DemoSettings.cameras().stream()
                    .anyMatch(other -> !other.equals(camera) && key.startsWith(other + "/")));
    all.put("Width", Integer.toString(read.region().width()));
    all.put("Height", Integer.toString(read.region().height()));
    all.put("PixelType", read.type().key());
    all.put("BitDepth", Integer.toString(read.bits()));
    all.put("Binning", Integer.toString(read.binning()));
    SensorRegion region = read.region();
    all.put("ROI", region.x() + "-" + region.y() + "-" + region.width() + "-" + region.height());
    all.put("FrameIndex", Long.toString(number));
    String mosaic = settings.mosaic(camera);
    if (!mosaic.isEmpty()) {
      all.put("BayerPattern", mosaic);
    }
    Instant taken = options.clock().instant();
    return new FrameTags(step.channel(), camera, step.exposureMs(), step.gain(), taken, all);
  }

  // -- Light --

  /** Electrons per millisecond in every pixel of a camera, by channel; empty in the dark. */
  private Optional<float[][]> light(String camera) {
    boolean colours = settings.seesColours(camera);
    boolean infrared = settings.seesInfrared(camera);
    if (settings.target() == DemoTarget.DARK || !colours && !infrared) {
      return Optional.empty();
    }
    String key =
        "%s %s %s %s %s %d"
            .formatted(
                camera,
                settings.target(),
                colours,
                infrared,
                settings.behindPrism(),
                settings.person());
    float[][] known = lights.get(key);
    if (known == null) {
      known = newLight(camera, colours, infrared);
      lights.put(key, known);
    }
    return Optional.of(known);
  }

  private float[][] newLight(String camera, boolean colours, boolean infrared) {
    boolean white = settings.target() == DemoTarget.WHITE;
    float[][] wide = white ? null : person().channels(options.response());
    List<Double> rates = options.sensor().whiteElectronsPerMs();
    float[][] light =
        new float[camera.equals(DemoSettings.N960) ? 1 : 3][options.width() * options.height()];
    for (int c = 0; c < light.length; c++) {
      if (colours) {
        add(light[c], white ? null : scene.middle(wide[c]), rates.get(c));
      }
      if (infrared) {
        add(light[c], white ? null : infraredView(camera, wide[3]), rates.get(3));
      }
      vignette(light[c]);
    }
    return light;
  }

  private float[] infraredView(String camera, float[] wide) {
    return camera.equals(DemoSettings.N960) && !settings.behindPrism()
        ? DemoWarp.seen(
            wide,
            scene.margin(),
            options.width(),
            options.height(),
            options.alignment().toColour(options.width(), options.height()))
        : scene.middle(wide);
  }

  private void add(float[] light, float[] reflectance, double rate) {
    for (int i = 0; i < light.length; i++) {
      double factor = reflectance == null ? options.whiteReflectance() : reflectance[i];
      light[i] += (float) (rate * factor);
    }
  }

  /** The loss grows with the square of the distance from the middle. */
  private void vignette(float[] light) {
    double middleX = (options.width() - 1) / 2.0;
    double middleY = (options.height() - 1) / 2.0;
    double corner = middleX * middleX + middleY * middleY;
    for (int i = 0; i < light.length; i++) {
      double dx = i % options.width() - middleX;
      double dy = i / options.width() - middleY;
      light[i] *= (float) (1 - options.sensor().vignetting() * (dx * dx + dy * dy) / corner);
    }
  }

  // -- Preview --

  private final class Preview implements LiveView, Runnable {

    private final RigStep step;
    private final NewestFrame newest = new NewestFrame();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this, "Demo camera live");

    Preview(RigStep step) {
      this.step = step;
      thread.setDaemon(true);
    }

    void start() {
      thread.start();
    }

    @Override
    public void run() {
      while (stop.getCount() > 0) {
        try {
          turn.lock();
          try {
            newest.put(take(step, stop));
          } finally {
            turn.unlock();
          }
          if (!options.realTime()) {
            // Even then a preview leaves the processor to others.
            stop.await(1, TimeUnit.MILLISECONDS);
          }
        } catch (InterruptedException e) {
          return;
        } catch (RuntimeException e) {
          if (stop.getCount() > 0) {
            newest.fail(e);
          }
          return;
        }
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

    /** Does not wait for the thread, which holds its turn until it has ended its frame. */
    @Override
    public void close() {
      stop.countDown();
      if (preview == this) {
        preview = null;
      }
    }
  }
}

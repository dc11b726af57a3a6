package org.skinspectra.camera;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.skinspectra.JsonText;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.profile.AutoExposure;
import org.skinspectra.profile.BayerPattern;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.FrameStatistics;
import org.skinspectra.profile.SensorProfile;
import org.skinspectra.session.CapturedFrame;
import org.skinspectra.session.FrameKind;

/**
 * Takes pictures and references by a rig. Every raw frame is handed on as it was delivered, one
 * after the other on the calling thread; nothing is averaged here. Immutable.
 *
 * <p>All methods throw {@link SkinSpectraException} where the source does, or where it delivers a
 * frame of another camera, step, exposure, size or pixel type than asked for.
 */
public final class Capture {

  /** Cameras round exposures to lines or clocks of their own. */
  private static final double EXPOSURE_ROUNDING = 0.01;

  /** Exposures of a linearity series; EMVA 1288 asks for nine or more between 5 % and 95 %. */
  private static final int LINEARITY_EXPOSURES = 10;

  /**
   * By which they differ, as a share of the step's exposure, so that a white of 75 % is taken from
   * 9 % to 90 %. None is the step's own exposure, at which darks are references.
   */
  private static final double LINEARITY_SHARE = 0.12;

  /** Frames after which an exposure is given up; three or four are enough for a steady light. */
  private static final int MOST_TRIED = 12;

  private final FrameSource source;
  private final Rig rig;

  public Capture(FrameSource source, Rig rig) {
    this.source = source;
    this.rig = rig;
  }

  public Rig rig() {
    return rig;
  }

  /**
   * Takes pictures one after the other.
   *
   * @param count of pictures; each has all steps of the rig, in order
   * @param sink takes each frame; the next is taken when it returns
   * @throws org.skinspectra.CanceledException if the progress asked to stop; what the sink has, it
   *     keeps
   */
  public void pictures(int count, Consumer<CapturedFrame> sink, ProgressMonitor progress) {
    if (count < 1) {
      throw new SkinSpectraException(
          "A capture has at least one picture, not %d. Give another count.".formatted(count));
    }
    int each = rig.steps().stream().mapToInt(RigStep::average).sum();
    Tally tally = new Tally("Capturing", (long) count * each, progress);
    for (int time = 0; time < count; time++) {
      for (RigStep step : rig.steps()) {
        frames(FrameKind.IMAGE, step, time, 0, step.average(), sink, tally);
      }
    }
  }

  /** One picture. */
  public void picture(Consumer<CapturedFrame> sink, ProgressMonitor progress) {
    pictures(1, sink, progress);
  }

  /**
   * Takes the references of the pictures that follow: dark frames and white frames of every step,
   * at its exposure and gain.
   *
   * @param frames of each kind and step, whose mean is the reference; 16 keep its noise far below
   *     that of a picture
   * @param prompt asked before the dark frames, before the white ones and, at the end, before the
   *     pictures
   * @throws org.skinspectra.CanceledException if the person or the progress asked to stop
   */
  public void references(
      int frames, ReferencePrompt prompt, Consumer<CapturedFrame> sink, ProgressMonitor progress) {
    references(List.of(FrameKind.DARK, FrameKind.WHITE), frames, prompt, sink, progress);
  }

  /**
   * Takes references of these kinds, as {@link #references(int, ReferencePrompt, Consumer,
   * ProgressMonitor)} does of both.
   *
   * @param kinds dark, white or both, in the order in which they are taken
   */
  public void references(
      List<FrameKind> kinds,
      int frames,
      ReferencePrompt prompt,
      Consumer<CapturedFrame> sink,
      ProgressMonitor progress) {
    if (frames < 1 || frames > RigStep.MAX_AVERAGE) {
      throw new SkinSpectraException(
          "A reference is the mean of 1 to %d frames, not %d."
              .formatted(RigStep.MAX_AVERAGE, frames));
    }
    Tally tally =
        new Tally("References", (long) kinds.size() * frames * rig.steps().size(), progress);
    for (FrameKind kind : kinds) {
      prompt.ask(kind, instruction(kind));
      references(kind, frames, sink, tally);
    }
    prompt.ask(
        FrameKind.IMAGE,
        kinds.contains(FrameKind.WHITE)
            ? "Take the white reference away; pictures follow."
            : "Take the lid off; pictures follow.");
  }

  private static String instruction(FrameKind kind) {
    return switch (kind) {
      case DARK ->
          "Put the lid on the camera, or keep all light from it; the lamps stay as they are.";
      case WHITE ->
          "Take the lid off and put the white reference where the skin will be, filling the view.";
      default ->
          throw new IllegalArgumentException("Frames of kind " + kind + " are no references.");
    };
  }

  /**
   * Takes what the linearity of every step's sensor is found from: an even, steady light at 10
   * exposures from 0.12 to 1.2 times the step's, first in rising, then in falling order, so that a
   * lamp that drifts is not taken for a bend; and dark frames of each exposure before them.
   *
   * @param frames of each exposure in each order, and in the dark
   * @param prompt asked before the dark frames and before the light
   * @throws org.skinspectra.CanceledException if the person or the progress asked to stop
   */
  public void linearity(
      int frames, ReferencePrompt prompt, Consumer<CapturedFrame> sink, ProgressMonitor progress) {
    if (frames < 1 || frames > RigStep.MAX_AVERAGE) {
      throw new SkinSpectraException(
          "A linearity series has 1 to %d frames of each exposure, not %d."
              .formatted(RigStep.MAX_AVERAGE, frames));
    }
    List<RigStep> series = rig.steps().stream().flatMap(Capture::exposures).toList();
    Tally tally = new Tally("Linearity", 3L * frames * series.size(), progress);
    prompt.ask(
        FrameKind.DARK, "For the linearity: put the lid on the camera, or keep all light from it.");
    for (RigStep step : series) {
      frames(FrameKind.DARK, step, 0, 0, frames, sink, tally);
    }
    prompt.ask(
        FrameKind.LINEARITY,
        "Take the lid off and put the white reference where the skin will be, filling the view; the lamps must be warm and steady.");
    for (RigStep step : series) {
      frames(FrameKind.LINEARITY, step, 0, 0, frames, sink, tally);
    }
    for (int i = series.size() - 1; i >= 0; i--) {
      frames(FrameKind.LINEARITY, series.get(i), 0, frames, frames, sink, tally);
    }
  }

  private static Stream<RigStep> exposures(RigStep step) {
    return IntStream.rangeClosed(1, LINEARITY_EXPOSURES)
        .mapToDouble(i -> LINEARITY_SHARE * i * step.exposureMs())
        .filter(exposure -> exposure <= RigStep.MAX_EXPOSURE_MS)
        .mapToObj(step::withExposureMs);
  }

  private void references(FrameKind kind, int frames, Consumer<CapturedFrame> sink, Tally tally) {
    for (RigStep step : rig.steps()) {
      frames(kind, step, 0, 0, frames, sink, tally);
    }
  }

  /**
   * Finds the exposure of every step with what is in front of the camera, which should be the white
   * reference. Nothing is known of the cameras: a mosaic counts as one channel, without a black
   * level.
   *
   * @return one for each step, also where the target was not reached
   */
  public List<FoundExposure> exposures(AutoExposure rule, ProgressMonitor progress) {
    return exposures(rule, step -> Optional.empty(), progress);
  }

  /**
   * Finds the exposure of every step, as {@link #exposures(AutoExposure, ProgressMonitor)}, with
   * the Bayer pattern and the black level that the profile tells of the step's sensor.
   */
  public List<FoundExposure> exposures(
      AutoExposure rule, CameraProfile profile, ProgressMonitor progress) {
    return exposures(rule, step -> Optional.of(profile.sensor(step.channel())), progress);
  }

  private List<FoundExposure> exposures(
      AutoExposure rule,
      Function<RigStep, Optional<SensorProfile>> sensors,
      ProgressMonitor progress) {
    List<FoundExposure> found = new ArrayList<>();
    for (RigStep step : rig.steps()) {
      progress.report("Exposure of " + step.channel(), found.size(), rig.steps().size());
      found.add(exposure(step, rule, sensors.apply(step), progress));
    }
    return found;
  }

  /** The same capture with the exposures that were found. */
  public Capture withExposures(List<FoundExposure> found) {
    return new Capture(source, rig.withSteps(found.stream().map(FoundExposure::step).toList()));
  }

  private FoundExposure exposure(
      RigStep step, AutoExposure rule, Optional<SensorProfile> sensor, ProgressMonitor progress) {
    double exposure = Math.max(rule.shortestMs(), Math.min(rule.longestMs(), step.exposureMs()));
    RigStep tried = step.withExposureMs(exposure);
    for (int frame = 1; ; frame++) {
      progress.checkCanceled("The automatic exposure");
      Frame taken = checked(source.snap(tried), tried);
      AutoExposure black =
          rule.withBlackLevel(sensor.map(s -> blackLevel(s, taken)).orElse(rule.blackLevel()));
      FrameStatistics statistics =
          FrameStatistics.of(taken, sensor.flatMap(s -> mosaic(s, step, taken)));
      AutoExposure.Step next = black.next(statistics, tried.exposureMs());
      if (next.outcome() != AutoExposure.Outcome.ADJUST || frame == MOST_TRIED) {
        return new FoundExposure(tried, rule.level(statistics), next.outcome(), frame);
      }
      tried = tried.withExposureMs(next.exposureMs());
    }
  }

  /** In counts of the frame, which may have fewer bits than the sensor. */
  private static double blackLevel(SensorProfile sensor, Frame frame) {
    if (sensor.bits() == 0 || frame.bits() == 0) {
      return 0;
    }
    return sensor.blackLevelDn() * frame.fullScale() / ((1 << sensor.bits()) - 1);
  }

  /** Empty where the frame is no mosaic, though the sensor has one. */
  private static Optional<BayerPattern> mosaic(SensorProfile sensor, RigStep step, Frame frame) {
    if (frame.type().channels() != 1
        || step.binning() != 1
        || Math.min(frame.width(), frame.height()) < 2) {
      return Optional.empty();
    }
    return sensor
        .bayer()
        .map(pattern -> step.region().map(r -> pattern.startingAt(r.x(), r.y())).orElse(pattern));
  }

  private void frames(
      FrameKind kind,
      RigStep step,
      int time,
      int from,
      int count,
      Consumer<CapturedFrame> sink,
      Tally tally) {
    Frame first = null;
    for (int i = 0; i < count; i++) {
      tally.checkCanceled();
      Frame frame = checked(source.snap(step), step);
      if (first != null
          && (frame.width() != first.width()
              || frame.height() != first.height()
              || frame.type() != first.type()
              || frame.bits() != first.bits())) {
        throw new SkinSpectraException(
            "Camera %s delivered %s after %s in step %s, so they have no mean. Check whether another program changes its settings."
                .formatted(step.camera(), shape(frame), shape(first), step.channel()));
      }
      first = frame;
      sink.accept(new CapturedFrame(kind, time, from + i, frame));
      tally.count();
    }
  }

  private static String shape(Frame frame) {
    return "%dx%d pixels %s of %d bits"
        .formatted(frame.width(), frame.height(), frame.type().key(), frame.bits());
  }

  private static Frame checked(Frame frame, RigStep step) {
    if (!frame.tags().camera().equals(step.camera())
        || !frame.tags().channel().equals(step.channel())
        || Math.abs(frame.tags().exposureMs() / step.exposureMs() - 1) > EXPOSURE_ROUNDING
        || frame.tags().gain() != step.gain()) {
      throw new SkinSpectraException(
          "Step %s asked camera %s for %s ms at gain %s, but got a frame of step %s, camera %s, %s ms, gain %s. Take the picture again."
              .formatted(
                  step.channel(),
                  step.camera(),
                  JsonText.printable(step.exposureMs()),
                  JsonText.printable(step.gain()),
                  frame.tags().channel(),
                  frame.tags().camera(),
                  JsonText.printable(frame.tags().exposureMs()),
                  JsonText.printable(frame.tags().gain())));
    }
    return frame;
  }

  /** Frames that are done, of all. */
  private static final class Tally {

    private final String work;
    private final long total;
    private final ProgressMonitor progress;
    private long done;

    Tally(String work, long total, ProgressMonitor progress) {
      this.work = work;
      this.total = total;
      this.progress = progress;
    }

    void checkCanceled() {
      progress.checkCanceled(work);
    }

    void count() {
      progress.report(work, ++done, total);
    }
  }
}

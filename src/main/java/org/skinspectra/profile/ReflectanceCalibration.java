package org.skinspectra.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Masks;

/**
 * From digital numbers to reflectance factors, per pixel and channel:
 *
 * <p>R = ρ · (lin(I) − lin(D)) / (lin(W) − lin(D')) · (t_W · g_W) / (t_I · g_I)
 *
 * <p>with the picture I, the white W, the darks D and D' of the exposure and gain of each, the
 * linearity lin, the reflectance ρ of the white target, exposures t and gains g (terms of EMVA 1288
 * Release 4). Bad pixels take the median of their good neighbours of the same colour. A Bayer
 * mosaic is calibrated as it is and then demosaiced. Nothing is clipped. Immutable and thread-safe;
 * made once for a set of references and used for many pictures.
 */
public final class ReflectanceCalibration {

  private final CalibrationReferences references;
  private final SensorRadiometry sensor;
  private final CalibrationLimits limits;
  private final Demosaic demosaic;

  /** Empty where the references do not have the same pixels. */
  private final Optional<PreparedReferences> prepared;

  private ReflectanceCalibration(
      CalibrationReferences references,
      SensorRadiometry sensor,
      CalibrationLimits limits,
      Demosaic demosaic) {
    this.references = references;
    this.sensor = sensor;
    this.limits = limits;
    this.demosaic = demosaic;
    FrameMean white = references.white();
    ChannelLayout layout =
        ChannelLayout.of(
            white.type(), white.width(), white.height(), sensor.mosaic(), white.tags().channel());
    for (int c = 0; c < layout.channels(); c++) {
      sensor.whiteReflectance(c, layout.channels());
    }
    prepared =
        fits(references.dark(), white) && fits(references.whiteDark(), white)
            ? Optional.of(new PreparedReferences(references, sensor.linearity(), layout))
            : Optional.empty();
  }

  /**
   * Makes the references ready, with {@link Demosaic#DEFAULT}.
   *
   * @throws SkinSpectraException if the sensor's mosaic or white does not fit the frames; what is
   *     wrong with the frames themselves is told by {@link #check}
   */
  public static ReflectanceCalibration of(
      CalibrationReferences references, SensorRadiometry sensor, CalibrationLimits limits) {
    return of(references, sensor, limits, Demosaic.DEFAULT);
  }

  /** As above, with a way of demosaicing. */
  public static ReflectanceCalibration of(
      CalibrationReferences references,
      SensorRadiometry sensor,
      CalibrationLimits limits,
      Demosaic demosaic) {
    return new ReflectanceCalibration(references, sensor, limits, demosaic);
  }

  /** Bad pixels of the sensor; empty where the references do not have the same pixels. */
  public Optional<BadPixels> badPixels() {
    return prepared.map(PreparedReferences::bad);
  }

  /** Checks a picture in all of its pixels. */
  public List<CalibrationCheck> check(FrameMean image) {
    return check(image, Mask.all(image.width(), image.height()));
  }

  /**
   * Checks whether a picture can be calibrated.
   *
   * @param region of interest, to which the checks of pixels are confined
   * @return all checks, passed or not; those of pixels are left out where frames differ in size or
   *     pixel type
   * @throws SkinSpectraException if the region has another size than the picture or is empty
   */
  public List<CalibrationCheck> check(FrameMean image, Mask region) {
    requireRegion(image, region);
    return check(image, tally(image, region));
  }

  private List<CalibrationCheck> check(FrameMean image, Optional<RegionTally[]> tallies) {
    List<CalibrationCheck> checks =
        new ArrayList<>(CalibrationChecks.ofSettings(references, sensor, limits, image));
    tallies.ifPresent(
        t ->
            checks.addAll(
                CalibrationChecks.ofPixels(references, sensor, limits, image, names(image), t)));
    return List.copyOf(checks);
  }

  /** Calibrates a picture, checked in all of its pixels. */
  public CalibratedChannels calibrate(FrameMean image) {
    return calibrate(image, Mask.all(image.width(), image.height()));
  }

  /**
   * Calibrates a picture.
   *
   * @param region of interest, to which checks and report are confined; all pixels are calibrated
   * @throws CalibrationRefusedException if a check is not passed, telling all that are not
   * @throws SkinSpectraException if the region has another size than the picture or is empty
   */
  public CalibratedChannels calibrate(FrameMean image, Mask region) {
    requireRegion(image, region);
    Optional<RegionTally[]> tallies = tally(image, region);
    List<CalibrationCheck> checks = check(image, tallies);
    List<CalibrationCheck> failed = checks.stream().filter(check -> !check.passed()).toList();
    if (!failed.isEmpty()) {
      throw new CalibrationRefusedException(image.tags().channel(), failed);
    }
    PreparedReferences ready = prepared.orElseThrow();
    int width = image.width();
    int height = image.height();
    ChannelLayout layout = ready.layout();
    float[][] calibrated = new float[layout.planes()][];
    for (int p = 0; p < calibrated.length; p++) {
      calibrated[p] = reflectance(ready, image, p);
    }
    List<OptionalDouble> noise = noise(ready, image, region, calibrated);
    float[][] planes =
        layout.mosaic().isPresent()
            ? demosaic.apply(calibrated[0], width, height, layout.mosaic().get())
            : calibrated;
    CalibrationReport report =
        report(ready, image, region, checks, tallies.orElseThrow(), planes, noise);
    return new CalibratedChannels(
        width, height, names(image), planes, saturated(ready, image), report);
  }

  // -- Reflectance --

  private float[] reflectance(PreparedReferences ready, FrameMean image, int plane) {
    int width = image.width();
    float[] seen = sensor.linearity().apply(image.mean(plane), width, image.height());
    float[] dark = ready.dark(plane);
    float[] signal = ready.signal(plane);
    float[] reflectance = new float[seen.length];
    ChannelLayout layout = ready.layout();
    RowBands.forEach(
        image.height(),
        (from, to) -> {
          for (int y = from; y < to; y++) {
            double even = scale(image, layout.channel(plane, 0, y));
            double odd = scale(image, layout.channel(plane, 1, y));
            for (int x = 0; x < width; x++) {
              int i = y * width + x;
              double scale = (x & 1) == 0 ? even : odd;
              reflectance[i] = (float) (scale * ((double) seen[i] - dark[i]) / signal[i]);
            }
          }
        });
    ready.bad().replace(reflectance, plane, width, image.height(), layout);
    return reflectance;
  }

  /** ρ · (t_W · g_W) / (t_I · g_I). */
  private double scale(FrameMean image, int channel) {
    FrameSettings white = references.white().settings();
    FrameSettings own = image.settings();
    return sensor.whiteReflectance(channel, channels())
        * (white.exposureMs() * white.gain())
        / (own.exposureMs() * own.gain());
  }

  private List<OptionalDouble> noise(
      PreparedReferences ready, FrameMean image, Mask region, float[][] calibrated) {
    List<OptionalDouble> noise = new ArrayList<>();
    ChannelLayout layout = ready.layout();
    for (int c = 0; c < layout.channels(); c++) {
      int plane = layout.planes() == 1 ? 0 : c;
      int[] pixels = layout.pixels(plane, c, image.width(), image.height());
      noise.add(
          new TemporalNoise(ready, image, region, pixels, plane)
              .rms(calibrated[plane], scale(image, c)));
    }
    return noise;
  }

  // -- Quality --

  private CalibrationReport report(
      PreparedReferences ready,
      FrameMean image,
      Mask region,
      List<CalibrationCheck> checks,
      RegionTally[] tallies,
      float[][] planes,
      List<OptionalDouble> noise) {
    int inside = region.count();
    List<CalibrationReport.Channel> channels = new ArrayList<>();
    for (int c = 0; c < planes.length; c++) {
      int negative = negative(planes[c], region);
      int good = tallies[c].good();
      channels.add(
          new CalibrationReport.Channel(
              names(image).get(c),
              negative,
              (double) negative / inside,
              tallies[c].saturated,
              good == 0 ? 0 : (double) tallies[c].saturated / good,
              noise.get(c)));
    }
    BadPixels bad = ready.bad();
    return new CalibrationReport(
        checks, channels, bad.dead(), bad.hot(), bad.unstable(), bad.count(), bad.nonUniformity());
  }

  private static int negative(float[] plane, Mask region) {
    int count = 0;
    for (int i = 0; i < plane.length; i++) {
      if (plane[i] < 0 && region.contains(i)) {
        count++;
      }
    }
    return count;
  }

  /** Where a picture's or the white's saturated pixels are, and what demosaicing makes of them. */
  private Mask saturated(PreparedReferences ready, FrameMean image) {
    int width = image.width();
    int height = image.height();
    int reach = ready.layout().mosaic().isPresent() ? demosaic.reach() : 0;
    float[] weights = new float[width * height];
    for (int p = 0; p < ready.layout().planes(); p++) {
      for (int i = 0; i < weights.length; i++) {
        if (!ready.bad().contains(p, i)
            && (isSaturated(image, p, i) || isSaturated(references.white(), p, i))) {
          mark(weights, width, height, i, reach);
        }
      }
    }
    return new Mask(width, height, weights);
  }

  private boolean isSaturated(FrameMean frames, int plane, int pixel) {
    return frames.isSaturated(plane, pixel)
        || frames.mean(plane)[pixel] >= sensor.saturationOf(frames);
  }

  private static void mark(float[] weights, int width, int height, int pixel, int reach) {
    int x = pixel % width;
    int y = pixel / width;
    for (int v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v++) {
      for (int u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u++) {
        weights[v * width + u] = 1;
      }
    }
  }

  // -- Helpers --

  /** Empty where the frames do not have the same pixels. */
  private Optional<RegionTally[]> tally(FrameMean image, Mask region) {
    return prepared
        .filter(ready -> fits(image, references.white()))
        .map(ready -> RegionTally.of(ready, image, region, sensor, limits));
  }

  private int channels() {
    return prepared.orElseThrow().layout().channels();
  }

  private List<String> names(FrameMean image) {
    List<String> names = prepared.orElseThrow().layout().names();
    return names.size() == 1 ? List.of(image.tags().channel()) : names;
  }

  private static boolean fits(FrameMean frames, FrameMean others) {
    return frames.settings().hasSizeAndTypeOf(others.settings());
  }

  private static void requireRegion(FrameMean image, Mask region) {
    Masks.requireSize(region, image.width(), image.height());
    if (region.count() == 0) {
      throw new SkinSpectraException(
          "The region of interest holds no pixel of the picture; draw it on the picture.");
    }
  }
}

package org.skinspectra.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.profile.BayerPattern;
import org.skinspectra.profile.CalibratedChannels;
import org.skinspectra.profile.CalibrationCheck;
import org.skinspectra.profile.CalibrationLimits;
import org.skinspectra.profile.CalibrationReferences;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.FrameMean;
import org.skinspectra.profile.LinearityCurve;
import org.skinspectra.profile.ReflectanceCalibration;
import org.skinspectra.profile.SensorProfile;
import org.skinspectra.profile.SensorRadiometry;

/** The references of one channel of a rig, read and ready for its pictures. */
final class ChannelCalibration {

  static final String N960 = "N960";

  /** As Micro-Manager and the demo camera tag a frame: x-y-width-height. */
  private static final Pattern REGION = Pattern.compile("(\\d{1,7})-(\\d{1,7})-\\d{1,7}-\\d{1,7}");

  private final String channel;
  private final FrameMean white;
  private final FrameMean whiteDark;
  private final Optional<BayerPattern> mosaic;
  private final ReflectanceCalibration calibration;
  private final List<CalibrationCheck> warnings;

  private ChannelCalibration(
      String channel,
      CalibrationReferences references,
      Optional<BayerPattern> mosaic,
      ReflectanceCalibration calibration,
      List<CalibrationCheck> warnings) {
    this.channel = channel;
    this.white = references.white();
    this.whiteDark = references.whiteDark();
    this.mosaic = mosaic;
    this.calibration = calibration;
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Reads and averages the references of a channel.
   *
   * @param frames that have a white and both darks
   * @param sharesSensor whether the sensor of RGB takes this channel too
   */
  static ChannelCalibration of(
      CaptureSession session,
      ChannelFrames frames,
      CameraProfile profile,
      boolean sharesSensor,
      CalibrationLimits limits) {
    FrameMean white = mean(session, frames.white());
    FrameMean dark = mean(session, frames.dark());
    FrameMean whiteDark =
        frames.whiteDark().equals(frames.dark()) ? dark : mean(session, frames.whiteDark());
    CalibrationReferences references = new CalibrationReferences(white, whiteDark, dark);
    String channel = frames.channel();
    Optional<BayerPattern> mosaic = mosaic(channel, white, profile, sharesSensor);
    List<CalibrationCheck> warnings = new ArrayList<>();
    SensorRadiometry sensor =
        sensor(channel, white, profile, mosaic.isPresent() || white.planes() == 3, warnings);
    sensor = mosaic.map(sensor::withMosaic).orElse(sensor);
    return new ChannelCalibration(
        channel,
        references,
        mosaic,
        ReflectanceCalibration.of(references, sensor, limits),
        warnings);
  }

  /** The mean of frames that are read one after the other. */
  static FrameMean mean(CaptureSession session, List<StoredFrame> frames) {
    Iterable<Frame> read = () -> frames.stream().map(session::read).iterator();
    return FrameMean.of(read);
  }

  /** All checks of a picture, named with the channel. */
  List<CalibrationCheck> check(FrameMean image) {
    return calibration.check(image).stream().map(check -> named(channel, check)).toList();
  }

  /** Checks that do not prevent a calibration. */
  List<CalibrationCheck> warnings() {
    return warnings;
  }

  /** The channels of a picture whose checks were passed. */
  CalibratedChannels calibrate(FrameMean image) {
    return calibration.calibrate(image);
  }

  /**
   * One plane of what several channels saw of the same light, their mean weighted by the signal
   * that each has from the white.
   */
  float[] merged(CalibratedChannels channels) {
    if (channels.planes().length == 1) {
      return channels.planes()[0];
    }
    double[] signal = signal(channels.planes().length);
    double sum = Arrays.stream(signal).sum();
    float[] merged = new float[channels.width() * channels.height()];
    for (int c = 0; c < signal.length; c++) {
      float weight = (float) (signal[c] / sum);
      float[] plane = channels.planes()[c];
      for (int i = 0; i < merged.length; i++) {
        merged[i] += weight * plane[i];
      }
    }
    return merged;
  }

  /** Mean of the white above its dark in each channel, counts. */
  private double[] signal(int channels) {
    double[] sum = new double[channels];
    long[] count = new long[channels];
    for (int p = 0; p < white.planes(); p++) {
      float[] lit = white.mean(p);
      float[] unlit = whiteDark.mean(p);
      for (int i = 0; i < lit.length; i++) {
        int c = p;
        if (mosaic.isPresent()) {
          c = mosaic.get().channel(i % white.width(), i / white.width());
        }
        sum[c] += lit[i] - unlit[i];
        count[c]++;
      }
    }
    for (int c = 0; c < channels; c++) {
      sum[c] = Math.max(0, sum[c] / Math.max(1, count[c]));
    }
    return sum;
  }

  static CalibrationCheck named(String channel, CalibrationCheck check) {
    return new CalibrationCheck(
        channel + " " + check.name(),
        check.passed(),
        channel + ": " + check.finding(),
        check.value(),
        check.limit(),
        check.remedy());
  }

  // -- Sensor --

  private static SensorRadiometry sensor(
      String channel,
      FrameMean white,
      CameraProfile profile,
      boolean colour,
      List<CalibrationCheck> warnings) {
    SensorProfile sensor = profile.sensor(channel);
    double[] reflects = profile.whiteReflectance();
    int index = CameraProfile.CHANNEL_NAMES.indexOf(channel);
    SensorRadiometry radiometry =
        SensorRadiometry.LINEAR.withWhiteReflectance(
            colour && !channel.equals(N960)
                ? new Double[] {reflects[0], reflects[1], reflects[2]}
                : new Double[] {reflects[index]});
    boolean sameBits = white.bits() == sensor.bits();
    warnings.add(
        new CalibrationCheck(
            channel + " sensor.bits",
            sameBits,
            "%s: the frames have %s, the profile's sensor has %s."
                .formatted(channel, bits(white.bits()), bits(sensor.bits())),
            Math.abs(white.bits() - sensor.bits()),
            0,
            "Set the camera's bit depth to that of the profile, or state it there; until then black level and saturation of the profile are not used."));
    if (!sameBits) {
      if (sensor.linearity().isPresent()) {
        throw new SkinSpectraException(
            "The frames of %s have %s, but the linearity of the profile '%s' is for %s. Set the camera's bit depth to that, or measure the linearity again."
                .formatted(channel, bits(white.bits()), profile, bits(sensor.bits())));
      }
      return radiometry;
    }
    return radiometry
        .withLinearity(sensor.linearity().orElse(LinearityCurve.identity()))
        .withBlackLevel(sensor.blackLevelDn())
        .withSaturation(sensor.saturationDn().orElse(Double.NaN));
  }

  private static String bits(int bits) {
    return bits == 0 ? "floating point" : bits + " bits";
  }

  /**
   * Grey frames of RGB are a mosaic. Those of 960 nm are one where the sensor of RGB takes them
   * too, or the profile says so of their own.
   */
  static Optional<BayerPattern> mosaic(
      String channel, FrameMean frames, CameraProfile profile, boolean sharesSensor) {
    if (frames.planes() == 3) {
      return Optional.empty();
    }
    Optional<BayerPattern> pattern = Optional.empty();
    if (channel.equals("RGB") || channel.equals(N960) && sharesSensor) {
      pattern = profile.sensor("RGB").bayer();
    } else if (channel.equals(N960)) {
      pattern = profile.n960().flatMap(SensorProfile::bayer);
    }
    if (channel.equals("RGB") && pattern.isEmpty()) {
      throw new SkinSpectraException(
          "The frames of RGB are grey, but the profile '%s' names no Bayer pattern. Add 'bayer' to its sensor, or let the camera deliver colours."
              .formatted(profile));
    }
    String binning = frames.tags().all().getOrDefault("Binning", "1");
    if (pattern.isPresent() && !binning.matches("1(x1)?")) {
      throw new SkinSpectraException(
          "The mosaic of %s was binned (%s), which mixes its colours. Take it with binning 1."
              .formatted(channel, binning));
    }
    Matcher region = REGION.matcher(frames.tags().all().getOrDefault("ROI", ""));
    return region.matches()
        ? pattern.map(
            p -> p.startingAt(Integer.parseInt(region.group(1)), Integer.parseInt(region.group(2))))
        : pattern;
  }
}

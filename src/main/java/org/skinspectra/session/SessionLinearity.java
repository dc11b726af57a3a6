package org.skinspectra.session;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.profile.BayerPattern;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.FrameMean;
import org.skinspectra.profile.LinearityFit;
import org.skinspectra.profile.SensorProfile;

/**
 * The linearity of a rig's sensors, from the last series of exposures of an even light that a
 * session holds, in the middle of the frames (half of each side).
 *
 * @param fits by sensor: {@code RGB} and, where 960 nm has one of its own, {@code N960}
 */
public record SessionLinearity(Map<String, LinearityFit> fits) {

  private static final String RGB = "RGB";

  /** Of the colour sensor, or of one behind colour filters that are changed. */
  private static final List<String> CHANNELS_OF_RGB = List.of(RGB, "G", "R", "B");

  /**
   * Fits the series of every sensor.
   *
   * @param profile of the cameras
   * @throws SkinSpectraException if the session has no such series, or one that has no fit
   */
  public static SessionLinearity of(CaptureSession session, CameraProfile profile) {
    Map<String, LinearityFit> fits = new LinkedHashMap<>();
    CHANNELS_OF_RGB.stream()
        .filter(channel -> isIn(session, channel))
        .findFirst()
        .ifPresent(channel -> fits.put(RGB, fit(session, channel, profile.rgb(), profile)));
    String infrared = ChannelCalibration.N960;
    if (profile.n960().isPresent() && isIn(session, infrared)) {
      fits.put(infrared, fit(session, infrared, profile.n960().get(), profile));
    }
    if (fits.isEmpty()) {
      throw new SkinSpectraException(
          "The session %s has no series of exposures. Take one with 'capture --linearity'."
              .formatted(session.folder()));
    }
    return new SessionLinearity(fits);
  }

  public SessionLinearity {
    fits = Collections.unmodifiableMap(new LinkedHashMap<>(fits));
  }

  /** Whether a session has a series of any channel. */
  public static boolean isIn(CaptureSession session) {
    return session.frames().stream().anyMatch(frame -> frame.kind() == FrameKind.LINEARITY);
  }

  /**
   * The profile with the curves that were found.
   *
   * @param day on which they were measured
   */
  public CameraProfile in(CameraProfile profile, LocalDate day) {
    return profile.withSensors(
        in(profile.rgb(), RGB),
        profile.n960().map(sensor -> in(sensor, ChannelCalibration.N960)),
        day);
  }

  private SensorProfile in(SensorProfile sensor, String name) {
    return fits.containsKey(name) ? sensor.withLinearity(fits.get(name).curve()) : sensor;
  }

  private static boolean isIn(CaptureSession session, String channel) {
    return !session.frames(FrameKind.LINEARITY, channel).isEmpty();
  }

  private static LinearityFit fit(
      CaptureSession session, String channel, SensorProfile sensor, CameraProfile profile) {
    List<StoredFrame> series = session.frames(FrameKind.LINEARITY, channel);
    StoredFrame last = series.get(series.size() - 1);
    List<List<StoredFrame>> lit = byExposure(series, last.timePoint());
    List<List<StoredFrame>> dark =
        byExposure(session.frames(FrameKind.DARK, channel), last.timePoint());
    if (dark.isEmpty()) {
      throw new SkinSpectraException(
          "The exposures of %s in the session %s have no dark frames. Take the series again with 'capture --linearity'."
              .formatted(channel, session.folder()));
    }
    if (last.bits() != sensor.bits()) {
      throw new SkinSpectraException(
          "The frames of %s have %d bits, but the sensor of the profile '%s' has %d. Set the camera's bit depth to that, or correct 'bits' in the profile."
              .formatted(channel, last.bits(), profile, sensor.bits()));
    }
    boolean sharesSensor =
        session.frames(FrameKind.LINEARITY, RGB).stream()
            .anyMatch(frame -> frame.camera().equals(last.camera()));
    FrameMean first = ChannelCalibration.mean(session, lit.get(0));
    Optional<BayerPattern> mosaic =
        first.planes() == 1 && sensor.bayer().isPresent()
            ? ChannelCalibration.mosaic(channel, first, profile, sharesSensor)
            : Optional.empty();
    try {
      return LinearityFit.of(
          means(session, lit),
          means(session, dark),
          mosaic,
          middle(first.width(), first.height()),
          sensor.saturationDn());
    } catch (SkinSpectraException e) {
      throw new SkinSpectraException("Linearity of %s: %s".formatted(channel, e.getMessage()), e);
    }
  }

  private static List<List<StoredFrame>> byExposure(List<StoredFrame> frames, int set) {
    Map<Double, List<StoredFrame>> exposures = new TreeMap<>();
    for (StoredFrame frame : frames) {
      if (frame.timePoint() == set) {
        exposures.computeIfAbsent(frame.exposureMs(), none -> new ArrayList<>()).add(frame);
      }
    }
    return List.copyOf(exposures.values());
  }

  /** One after the other, so that not all are in memory. */
  private static Iterable<FrameMean> means(
      CaptureSession session, List<List<StoredFrame>> exposures) {
    return () ->
        exposures.stream().map(frames -> ChannelCalibration.mean(session, frames)).iterator();
  }

  private static Mask middle(int width, int height) {
    float[] weights = new float[width * height];
    for (int y = height / 4; y < height - height / 4; y++) {
      for (int x = width / 4; x < width - width / 4; x++) {
        weights[y * width + x] = 1;
      }
    }
    return new Mask(width, height, weights);
  }
}

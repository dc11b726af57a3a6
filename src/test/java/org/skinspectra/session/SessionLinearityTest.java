package org.skinspectra.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.PixelType;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.CameraProfiles;
import org.skinspectra.profile.Homography;
import org.skinspectra.profile.ProfileRegistration;
import org.skinspectra.profile.SensorProfile;

/** Flat frames of a sensor that loses a tenth of its light at full scale. */
class SessionLinearityTest {

  private static final int BLACK = 64;
  private static final double BEND = 0.1;

  /** Counts of the light at 10 ms before white. */
  private static final double WHITE = 3000;

  private static final CameraProfile PROFILE = profile();

  @TempDir private Path temporary;

  private final List<CapturedFrame> frames = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-25T09:00:00Z");

  private static CameraProfile profile() {
    CameraProfile shipped = CameraProfiles.named("demo-camera");
    SensorProfile sensor = SensorProfile.linear(12, BLACK);
    return shipped.withSensors(sensor, Optional.of(sensor), LocalDate.of(2026, 11, 25));
  }

  private static int bent(double light) {
    return (int) Math.round(BLACK + light * (1 - BEND * light / 4000));
  }

  private void take(FrameKind kind, int set, int repetition, String channel, double ms, double r) {
    take(kind, set, repetition, channel, ms, r, 12, channel + "Cam");
  }

  private void take(
      FrameKind kind,
      int set,
      int repetition,
      String channel,
      double ms,
      double reflectance,
      int bits,
      String camera) {
    now = now.plusMillis(50);
    PixelType type = channel.equals("RGB") ? PixelType.BGRA64 : PixelType.GRAY16;
    short[] samples = new short[12 * 10 * type.samplesPerPixel()];
    for (int i = 0; i < samples.length; i++) {
      // Blue and red get half as much light as green.
      double light =
          WHITE * reflectance * ms / 10 * (i % 4 == 1 || type == PixelType.GRAY16 ? 1 : 0.5);
      samples[i] = (short) (type == PixelType.BGRA64 && i % 4 == 3 ? 0 : bent(light));
    }
    FrameTags tags = new FrameTags(channel, camera, ms, 1, now, Map.of());
    frames.add(
        new CapturedFrame(kind, set, repetition, Frame.of(12, 10, type, bits, samples, tags)));
  }

  private void series(int set, String channel, double lamp) {
    for (int i = 1; i <= 10; i++) {
      take(FrameKind.DARK, set, 0, channel, 1.2 * i, 0);
    }
    for (int i = 1; i <= 10; i++) {
      take(FrameKind.LINEARITY, set, 0, channel, 1.2 * i, lamp);
    }
    for (int i = 10; i >= 1; i--) {
      take(FrameKind.LINEARITY, set, 1, channel, 1.2 * i, lamp);
    }
  }

  private void picture(double reflectance) {
    for (String channel : List.of("RGB", "N960")) {
      take(FrameKind.DARK, 1, 0, channel, 10, 0);
      take(FrameKind.WHITE, 1, 0, channel, 10, 1);
      take(FrameKind.IMAGE, 0, 0, channel, 10, reflectance);
    }
  }

  private CaptureSession session() {
    Path folder = temporary.resolve("session");
    SessionSetup setup =
        new SessionSetup(Optional.empty(), Optional.of(PROFILE.json()), Map.of(), Map.of());
    try (SessionWriter writer =
        SessionWriter.create(folder, setup, DiskStandIn.UNFORCED, 1 << 20)) {
      writer.write(frames);
    }
    return CaptureSession.open(folder);
  }

  private static double green(CaptureSession session, CameraProfile profile) {
    CalibrationOptions options =
        CalibrationOptions.DEFAULT.withProfile(
            profile.withRegistration(
                new ProfileRegistration(Homography.IDENTITY, 0, LocalDate.of(2026, 11, 25))));
    return SessionCalibration.of(session, options)
        .calibrate(0, ProgressMonitor.NONE)
        .picture()
        .msi()
        .pixels()[1];
  }

  @Test
  void theProfileThatWasMeasuredMakesTheReflectanceOfABentSensorRight() {
    series(0, "RGB", 1);
    series(0, "N960", 1);
    picture(0.4);
    CaptureSession session = session();
    SessionLinearity found = SessionLinearity.of(session, PROFILE);
    assertEquals(Set.of("RGB", "N960"), found.fits().keySet());
    assertEquals(10, found.fits().get("RGB").points());
    assertTrue(found.fits().get("N960").error() > 0.01, found.toString());
    LocalDate day = LocalDate.of(2026, 12, 1);
    CameraProfile measured = found.in(PROFILE, day);
    assertEquals(day, measured.origin().updated());
    double white = PROFILE.whiteReflectance()[1];
    assertEquals(0.4 * white, green(session, measured), 1e-3);
    assertTrue(Math.abs(green(session, PROFILE) - 0.4 * white) > 5e-3);
  }

  @Test
  void theLastSeriesCounts() {
    series(0, "RGB", 0.2);
    series(1, "RGB", 1);
    double[] dn =
        SessionLinearity.of(session(), PROFILE).fits().get("RGB").curve().digitalNumbers();
    assertEquals(bent(1.2 * WHITE), dn[dn.length - 1], 1);
  }

  @Test
  void aSensorWithoutASeriesKeepsItsCurve() {
    series(0, "N960", 1);
    SessionLinearity found = SessionLinearity.of(session(), PROFILE);
    CameraProfile measured = found.in(PROFILE, LocalDate.of(2026, 12, 1));
    assertEquals(PROFILE.rgb(), measured.rgb());
    assertTrue(measured.n960().orElseThrow().linearity().isPresent());
  }

  @Test
  void aSessionWithoutASeriesSaysHowToTakeOne() {
    picture(0.4);
    CaptureSession session = session();
    assertFalse(SessionLinearity.isIn(session));
    refused(session, "capture --linearity");
  }

  @Test
  void aSeriesWithoutDarksIsRefused() {
    take(FrameKind.LINEARITY, 0, 0, "RGB", 5, 1);
    refused(session(), "have no dark frames");
  }

  @Test
  void aSeriesInTheDarkIsRefusedWithItsChannel() {
    series(0, "RGB", 0.01);
    refused(session(), "Linearity of RGB: 0 of 10 exposures are between 5 % and 95 %");
  }

  @Test
  void framesOfOtherBitsThanTheProfilesSensorAreRefused() {
    take(FrameKind.DARK, 0, 0, "RGB", 5, 0, 14, "RGBCam");
    take(FrameKind.LINEARITY, 0, 0, "RGB", 5, 1, 14, "RGBCam");
    refused(session(), "have 14 bits");
  }

  private static void refused(CaptureSession session, String part) {
    String message =
        assertThrows(SkinSpectraException.class, () -> SessionLinearity.of(session, PROFILE))
            .getMessage();
    assertTrue(message.contains(part), message);
  }
}

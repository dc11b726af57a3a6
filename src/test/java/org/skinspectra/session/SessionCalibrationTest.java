package org.skinspectra.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.PixelType;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.profile.CalibrationCheck;
import org.skinspectra.profile.CalibrationRefusedException;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.CameraProfiles;
import org.skinspectra.profile.Homography;
import org.skinspectra.profile.ProfileRegistration;

/** Sessions of flat frames, whose reflectance can be told in the head. */
class SessionCalibrationTest {

  private static final CameraProfile PROFILE = CameraProfiles.named("demo-camera");
  private static final int BLACK = 64;
  private static final double WHITE = 0.99;

  @TempDir private Path temporary;

  private final List<CapturedFrame> frames = new ArrayList<>();
  private int width = 12;
  private int height = 10;
  private Instant now = Instant.parse("2026-11-25T09:00:00Z");

  // -- A session --

  private void take(
      FrameKind kind, int time, String channel, String camera, double ms, int... signal) {
    take(kind, time, 0, channel, camera, ms, signal);
  }

  /** A flat frame of so many counts above black: one, or red, green, blue. */
  private void take(
      FrameKind kind,
      int time,
      int repetition,
      String channel,
      String camera,
      double ms,
      int... signal) {
    now = now.plusSeconds(1);
    FrameTags tags = new FrameTags(channel, camera, ms, 1, now, Map.of());
    PixelType type = signal.length == 3 ? PixelType.BGRA64 : PixelType.GRAY16;
    short[] samples = new short[width * height * type.samplesPerPixel()];
    for (int i = 0; i < samples.length; i++) {
      int c = i % type.samplesPerPixel();
      samples[i] = (short) (c == 3 ? 0 : BLACK + signal[signal.length - 1 - c]);
    }
    Frame frame = Frame.of(width, height, type, 12, samples, tags);
    frames.add(new CapturedFrame(kind, time, repetition, frame));
  }

  private void references(int set, String camera960) {
    take(FrameKind.DARK, set, "RGB", "Cam", 10, 0, 0, 0);
    take(FrameKind.DARK, set, "N960", camera960, 20, 0);
    take(FrameKind.WHITE, set, "RGB", "Cam", 10, 2000, 3000, 2500);
    take(FrameKind.WHITE, set, "N960", camera960, 20, 2400);
  }

  private void picture(int time, String camera960, double reflectance) {
    take(
        FrameKind.IMAGE,
        time,
        "RGB",
        "Cam",
        10,
        (int) (2000 * reflectance),
        (int) (3000 * reflectance),
        (int) (2500 * reflectance));
    take(FrameKind.IMAGE, time, "N960", camera960, 20, (int) (2400 * reflectance));
  }

  private CaptureSession session() {
    return session(Optional.of(PROFILE.json()));
  }

  private CaptureSession session(Optional<String> profile) {
    Path folder = temporary.resolve("session");
    SessionSetup setup = new SessionSetup(Optional.empty(), profile, Map.of(), Map.of());
    try (SessionWriter writer =
        SessionWriter.create(folder, setup, DiskStandIn.UNFORCED, 1 << 20)) {
      writer.write(frames);
    }
    return CaptureSession.open(folder);
  }

  private CalibrationOutcome calibrated(int time) {
    return calibrated(session(), CalibrationOptions.DEFAULT, time);
  }

  private static CalibrationOutcome calibrated(
      CaptureSession session, CalibrationOptions options, int time) {
    return SessionCalibration.of(session, options).calibrate(time, ProgressMonitor.NONE);
  }

  private static List<String> names(List<CalibrationCheck> checks) {
    return checks.stream().map(CalibrationCheck::name).toList();
  }

  private static List<Integer> numbers(CalibratedPicture picture) {
    return picture.inputs().stream().map(StoredFrame::number).toList();
  }

  private static void assertFlat(double expected, Msi msi) {
    for (float value : msi.pixels()) {
      assertEquals(expected, value, 1e-5);
    }
  }

  // -- Reflectance --

  @ParameterizedTest
  @ValueSource(strings = {"linear", "root-polynomial"})
  void aGreyPictureHasTheReflectanceOfItsCounts(String map) {
    references(0, "Cam");
    picture(0, "Cam", 0.4);
    CalibrationOutcome outcome =
        calibrated(session(), CalibrationOptions.DEFAULT.withMapKind(map), 0);
    assertEquals(List.of(), outcome.failed());
    CalibratedPicture picture = outcome.picture();
    assertFlat(0.4 * WHITE, picture.msi());
    assertEquals(new CoveredRegion(0, 0, width, height), picture.region());
    assertEquals(PictureRegistration.Origin.SAME_SENSOR, picture.registration().origin());
    assertEquals(map, picture.map().kind());
  }

  @Test
  void repetitionsAreAveraged() {
    references(0, "Cam");
    picture(0, "Cam", 0.2);
    take(FrameKind.IMAGE, 0, 1, "RGB", "Cam", 10, 1200, 1800, 1500);
    take(FrameKind.IMAGE, 0, 1, "N960", "Cam", 20, 1440);
    assertFlat(0.4 * WHITE, calibrated(0).picture().msi());
  }

  @Test
  void infraredOfAColourSensorIsTheMeanWeightedByTheWhite() {
    take(FrameKind.DARK, 0, "RGB", "Cam", 10, 0, 0, 0);
    take(FrameKind.DARK, 0, "N960", "Cam", 20, 0, 0, 0);
    take(FrameKind.WHITE, 0, "RGB", "Cam", 10, 2000, 3000, 2500);
    take(FrameKind.WHITE, 0, "N960", "Cam", 20, 3000, 2000, 1500);
    take(FrameKind.IMAGE, 0, "RGB", "Cam", 10, 1000, 1500, 1250);
    take(FrameKind.IMAGE, 0, "N960", "Cam", 20, 1500, 500, 600);
    CalibratedPicture picture = calibrated(0).picture();
    double infrared = (1500 + 500 + 600) / 6500.0 * WHITE;
    double[] expected =
        picture.map().apply(new double[] {0.5 * WHITE, 0.5 * WHITE, 0.5 * WHITE, infrared});
    for (int c = 0; c < 4; c++) {
      assertEquals(expected[c], picture.msi().get(5, 4, c), 1e-5);
    }
  }

  @Test
  void aMonochromeCameraBehindFiltersTakesRgbInThreeSteps() {
    int[] white = {2000, 3000, 2500, 2400};
    for (FrameKind kind : List.of(FrameKind.DARK, FrameKind.WHITE, FrameKind.IMAGE)) {
      for (int c = 0; c < 4; c++) {
        int signal = kind == FrameKind.DARK ? 0 : kind == FrameKind.WHITE ? white[c] : white[c] / 4;
        take(kind, 0, CameraProfile.CHANNEL_NAMES.get(c), "Cam", 10, signal);
      }
    }
    assertFlat(0.25 * WHITE, calibrated(0).picture().msi());
  }

  @Test
  void everyPictureOfASequenceIsCalibrated() {
    references(0, "Cam");
    picture(0, "Cam", 0.2);
    picture(1, "Cam", 0.6);
    SessionCalibration calibration = SessionCalibration.of(session(), CalibrationOptions.DEFAULT);
    assertEquals(List.of(0, 1), calibration.timePoints());
    assertFlat(0.2 * WHITE, calibration.calibrate(0, ProgressMonitor.NONE).picture().msi());
    assertFlat(0.6 * WHITE, calibration.calibrate(1, ProgressMonitor.NONE).picture().msi());
  }

  // -- References --

  @Test
  void theLastReferencesBeforeAPictureAreTaken() {
    references(0, "Cam");
    picture(0, "Cam", 0.4);
    references(1, "Cam");
    picture(1, "Cam", 0.4);
    CaptureSession session = session();
    CalibratedPicture first = calibrated(session, CalibrationOptions.DEFAULT, 0).picture();
    CalibratedPicture second = calibrated(session, CalibrationOptions.DEFAULT, 1).picture();
    assertEquals(List.of(1, 3, 5, 2, 4, 6), numbers(first));
    assertEquals(List.of(7, 9, 11, 8, 10, 12), numbers(second));
  }

  @Test
  void referencesAfterThePictureServeWhereThereAreNoneBefore() {
    picture(0, "Cam", 0.4);
    references(0, "Cam");
    assertFlat(0.4 * WHITE, calibrated(0).picture().msi());
  }

  @Test
  void aDarkOfTheRightExposureIsPreferredToALaterOne() {
    references(0, "Cam");
    take(FrameKind.DARK, 1, "RGB", "Cam", 99, 500, 500, 500);
    picture(0, "Cam", 0.4);
    assertFlat(0.4 * WHITE, calibrated(0).picture().msi());
  }

  @Test
  void aWhiteOfAnotherExposureNeedsItsOwnDark() {
    take(FrameKind.DARK, 0, "RGB", "Cam", 5, 0, 0, 0);
    take(FrameKind.DARK, 1, "RGB", "Cam", 10, 0, 0, 0);
    take(FrameKind.DARK, 0, "N960", "Cam", 20, 0);
    take(FrameKind.WHITE, 0, "RGB", "Cam", 5, 2000, 3000, 2500);
    take(FrameKind.WHITE, 0, "N960", "Cam", 20, 2400);
    picture(0, "Cam", 0.4);
    CalibrationOutcome outcome = calibrated(0);
    // Twice the exposure of the white: the same counts are half the reflectance.
    double[] expected =
        outcome
            .picture()
            .map()
            .apply(new double[] {0.2 * WHITE, 0.2 * WHITE, 0.2 * WHITE, 0.4 * WHITE});
    assertEquals(expected[1], outcome.picture().msi().get(3, 3, 1), 1e-5);
    assertTrue(numbers(outcome.picture()).containsAll(List.of(1, 2)));
  }

  // -- Refusals --

  @Test
  void everyMissingReferenceIsTold() {
    picture(0, "Cam", 0.4);
    CalibrationOutcome outcome = calibrated(0);
    assertEquals(
        List.of("RGB white.there", "RGB dark.there", "N960 white.there", "N960 dark.there"),
        names(outcome.failed()));
    CalibrationRefusedException refused =
        assertThrows(CalibrationRefusedException.class, outcome::picture);
    assertEquals(4, refused.failed().size());
    assertTrue(refused.getMessage().contains("N960: The session holds no dark reference."));
    assertTrue(refused.getMessage().contains("capture --references"));
  }

  @Test
  void theRefusalsOfAllChannelsAreToldTogether() {
    references(0, "Infrared");
    take(FrameKind.IMAGE, 0, "RGB", "Cam", 11, 900, 900, 4095 - BLACK);
    take(FrameKind.IMAGE, 0, "N960", "Infrared", 20, 4095 - BLACK);
    CalibrationOutcome outcome = calibrated(0);
    List<String> failed = names(outcome.failed());
    assertEquals(
        List.of("RGB dark.exposure", "RGB image.saturated.B", "N960 image.saturated.N960"), failed);
    assertTrue(outcome.calibrated().isEmpty());
    OffsetDateTime day = OffsetDateTime.parse("2026-11-25T10:00:00Z");
    List<SessionCheck> stored = outcome.sessionChecks(day);
    assertEquals(outcome.all().size(), stored.size());
    assertTrue(
        stored.stream()
            .anyMatch(
                check ->
                    !check.check().passed()
                        && check.check().name().equals("time 0 RGB dark.exposure")));
  }

  @Test
  void aTimePointOrChannelThatIsNotThereIsNamed() {
    references(0, "Cam");
    picture(0, "Cam", 0.4);
    take(FrameKind.IMAGE, 1, "RGB", "Cam", 10, 900, 900, 900);
    SessionCalibration calibration = SessionCalibration.of(session(), CalibrationOptions.DEFAULT);
    String none = message(() -> calibration.calibrate(7, ProgressMonitor.NONE));
    assertTrue(none.contains("no picture of time point 7; it has [0, 1]"), none);
    String half = message(() -> calibration.calibrate(1, ProgressMonitor.NONE));
    assertTrue(half.contains("N960 are needed, there are [RGB]"), half);
  }

  @Test
  void aSessionWithoutAProfileAsksForOne() {
    references(0, "Cam");
    picture(0, "Cam", 0.4);
    CaptureSession session = session(Optional.empty());
    String message = message(() -> SessionCalibration.of(session, CalibrationOptions.DEFAULT));
    assertTrue(message.contains("holds no camera profile. Give one with --profile"), message);
    CalibrationOptions given = CalibrationOptions.DEFAULT.withProfile(PROFILE);
    assertFlat(0.4 * WHITE, calibrated(session, given, 0).picture().msi());
  }

  @Test
  void greyFramesOfRgbNeedABayerPattern() {
    CameraProfile noMosaic = CameraProfiles.named("cie-1931-960-ideal");
    for (FrameKind kind : List.of(FrameKind.DARK, FrameKind.WHITE, FrameKind.IMAGE)) {
      take(kind, 0, "RGB", "Cam", 10, kind == FrameKind.DARK ? 0 : 2000);
      take(kind, 0, "N960", "Cam", 20, kind == FrameKind.DARK ? 0 : 2000);
    }
    CaptureSession session = session(Optional.of(noMosaic.json()));
    String message = message(() -> calibrated(session, CalibrationOptions.DEFAULT, 0));
    assertTrue(message.contains("names no Bayer pattern"), message);
  }

  @Test
  void aDamagedFrameIsNamed() throws IOException {
    references(0, "Cam");
    picture(0, "Cam", 0.4);
    CaptureSession session = session();
    Path file = session.folder().resolve(session.frames().get(0).file().path());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    String message = message(() -> calibrated(session, CalibrationOptions.DEFAULT, 0));
    assertTrue(message.contains(file.getFileName().toString()), message);
  }

  @Test
  void aCalibrationCanBeCanceled() {
    references(0, "Cam");
    picture(0, "Cam", 0.4);
    SessionCalibration calibration = SessionCalibration.of(session(), CalibrationOptions.DEFAULT);
    ProgressMonitor canceled =
        new ProgressMonitor() {
          @Override
          public void report(String step, long done, long total) {}

          @Override
          public boolean isCanceled() {
            return true;
          }
        };
    assertThrows(CanceledException.class, () -> calibration.calibrate(0, canceled));
  }

  // -- Registration --

  @Test
  void whatTheInfraredCameraDidNotSeeIsCutAway() {
    references(0, "Infrared");
    picture(0, "Infrared", 0.4);
    CameraProfile shifted = registered(Homography.of(3, -2, 0, 1, 0, 0), 0.1);
    CalibrationOutcome outcome =
        calibrated(session(), CalibrationOptions.DEFAULT.withProfile(shifted), 0);
    CalibratedPicture picture = outcome.picture();
    assertEquals(new CoveredRegion(3, 0, width - 3, height - 2), picture.region());
    assertFlat(0.4 * WHITE, picture.msi());
    assertEquals(PictureRegistration.Origin.PROFILE, picture.registration().origin());
    assertTrue(outcome.warnings().stream().allMatch(CalibrationCheck::passed));
  }

  @Test
  void aPoorRegistrationIsWarnedOf() {
    references(0, "Infrared");
    picture(0, "Infrared", 0.4);
    CameraProfile poor = registered(Homography.IDENTITY, 0.5);
    CalibrationOutcome outcome =
        calibrated(session(), CalibrationOptions.DEFAULT.withProfile(poor), 0);
    assertTrue(outcome.calibrated().isPresent());
    assertEquals(List.of("registration.residual"), notPassed(outcome.warnings()));
  }

  @Test
  void camerasThatSeeNothingInCommonAreRefused() {
    references(0, "Infrared");
    picture(0, "Infrared", 0.4);
    CameraProfile apart = registered(Homography.of(8, 0, 0, 1, 0, 0), 0.1);
    CaptureSession session = session();
    String message =
        message(() -> calibrated(session, CalibrationOptions.DEFAULT.withProfile(apart), 0));
    assertTrue(message.contains("only 4x10 pixels in common"), message);
  }

  @Test
  void imagesThatCannotBeRegisteredLieEdgeToEdgeWithAWarning() {
    width = 64;
    height = 64;
    references(0, "Infrared");
    picture(0, "Infrared", 0.4);
    CalibrationOutcome outcome = calibrated(0);
    assertEquals(List.of("registration.found"), notPassed(outcome.warnings()));
    assertEquals(
        PictureRegistration.Origin.EDGE_TO_EDGE, outcome.picture().registration().origin());
    assertFlat(0.4 * WHITE, outcome.picture().msi());
  }

  private static CameraProfile registered(Homography homography, double residual) {
    return PROFILE.withRegistration(
        new ProfileRegistration(homography, residual, LocalDate.of(2026, 11, 25)));
  }

  private static List<String> notPassed(List<CalibrationCheck> checks) {
    return names(checks.stream().filter(check -> !check.passed()).toList());
  }

  // -- Results --

  @Test
  void resultsAreAddedWithWhatDecidedThem() throws IOException {
    references(0, "Cam");
    picture(0, "Cam", 0.4);
    CaptureSession session = session();
    CalibratedPicture picture = calibrated(session, CalibrationOptions.DEFAULT, 0).picture();
    try (SessionWriter writer = SessionWriter.append(session.folder(), Map.of())) {
      SessionCalibration.store(writer, picture, inner -> {});
      SessionCalibration.store(
          writer, picture, inner -> Files.writeString(inner.resolve("note.txt"), "again"));
    }
    CaptureSession again = CaptureSession.open(session.folder());
    assertEquals(
        List.of("derived/001-msi", "derived/002-msi"),
        again.derived().stream().map(DerivedResult::folder).toList());
    Path result = again.folder().resolve("derived/001-msi");
    Msi read = CubeFiles.readMsi(result.resolve(SessionCalibration.RESULT_FILE));
    assertArrayEquals(picture.msi().pixels(), read.pixels());
    assertFalse(Files.exists(result.resolve("note.txt")));
    assertTrue(Files.exists(again.folder().resolve("derived/002-msi/note.txt")));
    assertTrue(again.verify(ProgressMonitor.NONE).problems().isEmpty());
    JsonObject provenance =
        JsonParser.parseString(Files.readString(result.resolve("provenance.json")))
            .getAsJsonObject()
            .getAsJsonObject("parameters");
    assertEquals(PROFILE.id(), provenance.get("profileSha256").getAsString());
    assertEquals(
        "3",
        provenance
            .getAsJsonObject("frames")
            .getAsJsonObject("RGB")
            .get("white, 10.0 ms, gain 1.0")
            .getAsString());
    assertEquals(0, provenance.getAsJsonObject("registration").get("residualPx").getAsDouble(), 0);
    assertEquals(
        picture.map().conditionNumber(),
        provenance.getAsJsonObject("map").get("conditionNumber").getAsDouble(),
        1e-9);
  }

  private static String message(Runnable failing) {
    return assertThrows(SkinSpectraException.class, failing::run).getMessage();
  }
}

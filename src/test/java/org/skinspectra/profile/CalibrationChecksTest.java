package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.PixelType;

/** Each thing that a calibration is refused for, alone and with its numbers. */
class CalibrationChecksTest {

  private static final int SIDE = 20;
  private static final FrameTags TAGS = Frames.tags(10, 1);
  private static final FrameTags LONG = Frames.tags(40, 1);
  private static final FrameMean WHITE = gray(TAGS, (c, x, y) -> 3000);
  private static final FrameMean DARK = gray(TAGS, (c, x, y) -> 64);
  private static final FrameMean PICTURE = gray(TAGS, (c, x, y) -> 1000);

  @Test
  void whatIsRightPassesEveryCheck() {
    List<CalibrationCheck> checks = of(WHITE, DARK, DARK).check(PICTURE);
    assertTrue(checks.stream().allMatch(CalibrationCheck::passed), checks.toString());
    Set<String> names = checks.stream().map(CalibrationCheck::name).collect(Collectors.toSet());
    assertEquals(checks.size(), names.size());
    for (CalibrationCheck check : checks) {
      assertTrue(Double.isFinite(check.value()) && Double.isFinite(check.limit()), check.name());
    }
  }

  @Test
  void saturatedPixelsAreRefusedInsideTheRegionOnly() {
    FrameMean gloss = gray(TAGS, (c, x, y) -> y == 0 && x < 5 ? 4095 : 1000);
    fails(
        of(WHITE, DARK, DARK),
        gloss,
        "image.saturated.RGB",
        5 / 400.0,
        "The picture, channel RGB: 1.25 % of the pixels (5 of 400) are saturated (4095); the limit is 0.1 %.");
    Mask below = ReflectanceCalibrationTest.region(SIDE, SIDE, (x, y) -> y > 0);
    assertEquals(5, of(WHITE, DARK, DARK).calibrate(gloss, below).saturated().count());
  }

  @Test
  void saturationOfOneFrameIsSeenInTheMeanOfMany() {
    Frame clipped = Frames.gray16(SIDE, SIDE, 12, TAGS, (c, x, y) -> 4095);
    Frame dark = Frames.gray16(SIDE, SIDE, 12, TAGS, (c, x, y) -> 100);
    fails(
        of(WHITE, DARK, DARK),
        FrameMean.of(List.of(clipped, dark, dark)),
        "image.saturated.RGB",
        1,
        "100 %");
  }

  @Test
  void aSensorMaySaturateBelowFullScale() {
    ReflectanceCalibration calibration =
        ReflectanceCalibration.of(
            CalibrationReferences.of(WHITE, DARK),
            SensorRadiometry.LINEAR.withSaturation(3500),
            CalibrationLimits.DEFAULT);
    fails(calibration, gray(TAGS, (c, x, y) -> 3600), "image.saturated.RGB", 1, "(3500)");
  }

  @Test
  void aWhiteThatIsTooBrightIsRefused() {
    FrameMean bright = gray(TAGS, (c, x, y) -> x == 0 ? 3891 : 3800);
    fails(
        of(bright, DARK, DARK),
        PICTURE,
        "white.bright.RGB",
        0.05,
        "The white, channel RGB: 5 % of the pixels (20 of 400) are above 3890.25 (95 % of full scale); the limit is 1 %.");
  }

  @Test
  void aWhiteThatIsTooDimIsRefused() {
    fails(
        of(gray(TAGS, (c, x, y) -> 1228), DARK, DARK),
        gray(TAGS, (c, x, y) -> 500),
        "white.dim.RGB",
        1,
        "100 % of the pixels (400 of 400) are below 1228.5 (30 % of full scale)");
    assertTrue(
        of(gray(TAGS, (c, x, y) -> 1229), DARK, DARK).check(PICTURE).stream()
            .allMatch(CalibrationCheck::passed));
  }

  @Test
  void theDimChannelOfAColourCameraIsNamed() {
    FrameMean white = colours((c, x, y) -> c == 2 ? 200 : 700);
    ReflectanceCalibration calibration =
        of(white, colours((c, x, y) -> 4), colours((c, x, y) -> 4));
    fails(calibration, colours((c, x, y) -> 100), "white.dim.B", 1, "channel B");
  }

  @Test
  void aDarkOfAnotherExposureOrGainIsRefusedForThePictureAndForTheWhite() {
    FrameMean longPicture = gray(LONG, (c, x, y) -> 1000);
    fails(
        of(WHITE, DARK, DARK),
        longPicture,
        "dark.exposure",
        0.75,
        "The dark was exposed for 10.0 ms at gain 1.0, the picture for 40.0 ms at gain 1.0. Take a dark for 40.0 ms at gain 1.0.");
    FrameMean longDark = gray(LONG, (c, x, y) -> 64);
    assertEquals(
        (1000 - 64) / 2936.0 / 4,
        of(WHITE, DARK, longDark).calibrate(longPicture).planes()[0][0],
        1e-6);
    fails(
        of(WHITE, longDark, longDark),
        longPicture,
        "whiteDark.exposure",
        3,
        "The dark of the white was exposed for 40.0 ms at gain 1.0, the white for 10.0 ms");
    fails(
        of(WHITE, DARK, gray(Frames.tags(10, 2), (c, x, y) -> 64)),
        PICTURE,
        "dark.exposure",
        1,
        "The dark of the picture was exposed for 10.0 ms at gain 2.0");
  }

  @Test
  void referencesThatAreTooOldAreRefused() {
    FrameMean old = aged(3000, Duration.ofHours(13));
    fails(
        of(old, DARK, DARK),
        PICTURE,
        "white.age",
        13,
        "The white was taken 13.0 h before the picture; the limit is 12.0 h. Take a new white");
    ReflectanceCalibration patient =
        ReflectanceCalibration.of(
            CalibrationReferences.of(old, DARK),
            SensorRadiometry.LINEAR,
            CalibrationLimits.DEFAULT.withAge(Duration.ofDays(1)));
    assertFalse(patient.calibrate(PICTURE).report().checks().isEmpty());
    fails(
        of(WHITE, DARK, aged(64, Duration.ofHours(-20))),
        PICTURE,
        "dark.age",
        20,
        "20.0 h after the picture");
    FrameMean undated =
        gray(new FrameTags("RGB", "Camera", 10, 1, null, Map.of()), (c, x, y) -> 3000);
    fails(of(undated, DARK, DARK), PICTURE, "white.age", Double.MAX_VALUE, "is not known");
  }

  @Test
  void referencesOfOtherSettingsAreRefusedWithEachDifference() {
    FrameTags other =
        new FrameTags("RGB", "Other", 10, 1, Frames.NOW, Map.of("Binning", "2", "ROI", "0-0-9-9"));
    FrameMean dark = FrameMean.of(Frames.of(4, 5, PixelType.GRAY8, 8, other, (c, x, y) -> 4));
    ReflectanceCalibration calibration = of(WHITE, DARK, dark);
    assertTrue(calibration.badPixels().isEmpty());
    fails(
        calibration,
        PICTURE,
        "dark.settings",
        5,
        "The dark of the picture differs from the picture: 4x5 pixels, not 20x20 pixels; pixel type 8bit, not 16bit; bits 8, not 12; camera Other, not Camera; binning 2, not 1.");
  }

  @Test
  void aPictureOfAnotherSizeIsRefusedWithoutAPixelBeingRead() {
    FrameMean small = FrameMean.of(Frames.gray16(3, 3, 12, TAGS, (c, x, y) -> 1000));
    CalibrationRefusedException error = refusal(of(WHITE, DARK, DARK), small);
    assertEquals(
        List.of("white.settings", "dark.settings"),
        error.failed().stream().map(CalibrationCheck::name).toList());
  }

  @Test
  void theWhiteOfAnotherStepIsRefused() {
    FrameTags tags = new FrameTags("N960", "Camera", 10, 1, Frames.NOW, Map.of());
    fails(
        of(WHITE, DARK, DARK),
        gray(tags, (c, x, y) -> 1000),
        "white.channel",
        1,
        "The white was taken in the step 'RGB', the picture in 'N960'.");
  }

  @Test
  void anUnevenWhiteIsRefused() {
    FrameMean shadow = gray(TAGS, (c, x, y) -> 64 + (x < 10 ? 3600 : 1300));
    fails(of(shadow, DARK, DARK), PICTURE, "white.even.RGB", 0.64, 0.005, "its darkest part is 63");
  }

  @Test
  void aDarkThatSawLightIsRefusedWhereTheBlackLevelIsKnown() {
    ReflectanceCalibration calibration =
        ReflectanceCalibration.of(
            CalibrationReferences.of(WHITE, gray(TAGS, (c, x, y) -> 64 + 410)),
            SensorRadiometry.LINEAR.withBlackLevel(64),
            CalibrationLimits.DEFAULT);
    fails(
        calibration,
        PICTURE,
        "dark.black.RGB",
        410 / 4095.0,
        "its mean 474 is 10.01 % of full scale above the black level 64; the limit is 5 %. Cover the lens");
  }

  @Test
  void aSensorWithManyBadPixelsIsRefused() {
    FrameMean spotted = gray(TAGS, (c, x, y) -> x % 4 == 0 && y % 4 == 0 ? 900 : 64);
    FrameMean white = gray(TAGS, (c, x, y) -> x % 4 == 0 && y % 4 == 0 ? 3836 : 3000);
    fails(of(white, spotted, spotted), PICTURE, "sensor.bad.RGB", 25 / 400.0, "25 of 400");
  }

  @Test
  void pixelsThatAreNoNumbersAreRefused() {
    FrameMean white = floats(3000);
    FrameMean picture =
        FrameMean.of(
            Frames.of(
                SIDE, SIDE, PixelType.GRAY32, 0, TAGS, (c, x, y) -> x == y ? Double.NaN : 1000));
    fails(
        of(white, floats(64), floats(64)),
        picture,
        "image.numbers.RGB",
        0.05,
        "5 % of the pixels (20 of 400) are no finite numbers");
  }

  @Test
  void withoutFullScaleTheLevelsAreSaidNotToBeChecked() {
    CalibrationCheck check =
        of(floats(3000), floats(64), floats(64)).check(floats(500)).stream()
            .filter(c -> c.name().equals("white.bright.RGB"))
            .findFirst()
            .orElseThrow();
    assertTrue(check.passed());
    assertTrue(check.finding().contains("not checked"), check.finding());
  }

  @Test
  void everyProblemIsToldAtOnceWithItsRemedy() {
    FrameMean clipped = gray(LONG, (c, x, y) -> 4095);
    CalibrationRefusedException error =
        refusal(of(DARK, aged(3000, Duration.ofHours(30)), DARK), clipped);
    Set<String> names =
        error.failed().stream().map(CalibrationCheck::name).collect(Collectors.toSet());
    Set<String> expected =
        new HashSet<>(
            List.of(
                "whiteDark.age",
                "dark.exposure",
                "white.dim.RGB",
                "white.aboveDark.RGB",
                "sensor.bad.RGB"));
    expected.removeAll(names);
    assertEquals(Set.of(), expected, "not told");
    for (CalibrationCheck check : error.failed()) {
      assertTrue(error.getMessage().contains(check.finding()), check.finding());
      assertTrue(error.getMessage().contains(check.remedy()), check.remedy());
    }
  }

  @Test
  void refusesLimitsThatAreNone() {
    assertThrows(SkinSpectraException.class, () -> CalibrationLimits.DEFAULT.withSaturated(-0.1));
    assertThrows(
        SkinSpectraException.class, () -> CalibrationLimits.DEFAULT.withSaturated(Double.NaN));
    assertThrows(
        SkinSpectraException.class, () -> CalibrationLimits.DEFAULT.withAge(Duration.ofHours(-1)));
    var error =
        assertThrows(
            SkinSpectraException.class,
            () -> new CalibrationLimits(0, 0.3, 0.9, 0, 0.5, 0.1, 0, 0, Duration.ofHours(1)));
    assertTrue(error.getMessage().contains("reach 0.9"), error.getMessage());
  }

  private static void fails(
      ReflectanceCalibration calibration,
      FrameMean picture,
      String name,
      double value,
      String message) {
    fails(calibration, picture, name, value, 1e-9, message);
  }

  /** Nothing else fails. */
  private static void fails(
      ReflectanceCalibration calibration,
      FrameMean picture,
      String name,
      double value,
      double tolerance,
      String message) {
    CalibrationRefusedException error = refusal(calibration, picture);
    assertEquals(List.of(name), error.failed().stream().map(CalibrationCheck::name).toList());
    assertEquals(value, error.failed().get(0).value(), tolerance);
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  private static CalibrationRefusedException refusal(
      ReflectanceCalibration calibration, FrameMean picture) {
    return assertThrows(CalibrationRefusedException.class, () -> calibration.calibrate(picture));
  }

  private static ReflectanceCalibration of(FrameMean white, FrameMean whiteDark, FrameMean dark) {
    return ReflectanceCalibration.of(
        new CalibrationReferences(white, whiteDark, dark),
        SensorRadiometry.LINEAR,
        CalibrationLimits.DEFAULT);
  }

  private static FrameMean gray(FrameTags tags, Frames.Count count) {
    return FrameMean.of(Frames.gray16(SIDE, SIDE, 12, tags, count));
  }

  private static FrameMean colours(Frames.Count count) {
    return FrameMean.of(Frames.of(SIDE, SIDE, PixelType.BGRA64, 10, TAGS, count));
  }

  private static FrameMean floats(double value) {
    return FrameMean.of(Frames.of(SIDE, SIDE, PixelType.GRAY32, 0, TAGS, (c, x, y) -> value));
  }

  private static FrameMean aged(double value, Duration age) {
    FrameTags tags =
        new FrameTags("RGB", "Camera", 10, 1, Frames.NOW.minus(age), Map.of("Binning", "1"));
    return gray(tags, (c, x, y) -> value);
  }
}

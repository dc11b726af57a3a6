package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.PixelType;

/**
 * A camera whose counts follow from a formula: white signal and darks differ from pixel to pixel,
 * the picture has four times the exposure of the white, and every count is a whole number.
 */
class ReflectanceCalibrationTest {

  private static final FrameTags WHITE = Frames.tags(10, 1);
  private static final FrameTags PICTURE = Frames.tags(20, 2);

  static Stream<Arguments> cameras() {
    List<Arguments> cameras = new ArrayList<>();
    for (int[] size : new int[][] {{1, 1}, {7, 5}, {33, 70}}) {
      cameras.add(Arguments.of(PixelType.GRAY8, 8, size[0], size[1]));
      cameras.add(Arguments.of(PixelType.BGRA32, 8, size[0], size[1]));
      cameras.add(Arguments.of(PixelType.GRAY32, 0, size[0], size[1]));
      for (int bits : new int[] {8, 10, 12, 14, 16}) {
        cameras.add(Arguments.of(PixelType.GRAY16, bits, size[0], size[1]));
        cameras.add(Arguments.of(PixelType.BGRA64, bits, size[0], size[1]));
      }
    }
    return cameras.stream();
  }

  @ParameterizedTest
  @MethodSource("cameras")
  void givesBackTheExactReflectance(PixelType type, int bits, int width, int height) {
    double unit = unit(bits);
    ReflectanceCalibration calibration =
        calibration(type, bits, width, height, SensorRadiometry.LINEAR);
    FrameMean picture =
        mean(
            type,
            bits,
            width,
            height,
            PICTURE,
            (c, x, y) -> unit * (dark(x, y) + 4 * white(x, y) * reflectance(c, x, y)));
    CalibratedChannels result = calibration.calibrate(picture);
    assertEquals(type.channels() == 3 ? List.of("R", "G", "B") : List.of("RGB"), result.names());
    for (int c = 0; c < type.channels(); c++) {
      for (int i = 0; i < width * height; i++) {
        assertEquals(reflectance(c, i % width, i / width), result.planes()[c][i], 1e-6);
      }
    }
    assertEquals(0, result.saturated().count());
    assertEquals(0, result.report().replaced());
    assertTrue(result.report().checks().stream().allMatch(CalibrationCheck::passed));
  }

  @ParameterizedTest
  @EnumSource
  void aMosaicIsCalibratedBeforeItIsDemosaiced(BayerPattern pattern) {
    double[] colour = {0.25, 0.125, 0.0625};
    SensorRadiometry sensor = SensorRadiometry.LINEAR.withMosaic(pattern);
    for (int bits : new int[] {8, 10, 12, 14, 16}) {
      for (int[] size : new int[][] {{2, 2}, {9, 5}, {34, 66}}) {
        PixelType type = bits == 8 ? PixelType.GRAY8 : PixelType.GRAY16;
        FrameMean picture =
            mean(
                type,
                bits,
                size[0],
                size[1],
                PICTURE,
                (c, x, y) ->
                    unit(bits) * (dark(x, y) + 4 * white(x, y) * colour[pattern.channel(x, y)]));
        for (Demosaic demosaic : Demosaic.values()) {
          CalibratedChannels result =
              ReflectanceCalibration.of(
                      references(type, bits, size[0], size[1]),
                      sensor,
                      CalibrationLimits.DEFAULT,
                      demosaic)
                  .calibrate(picture);
          assertEquals(List.of("R", "G", "B"), result.names());
          for (int c = 0; c < 3; c++) {
            for (float value : result.planes()[c]) {
              assertEquals(colour[c], value, 1e-6);
            }
          }
        }
      }
    }
  }

  @Test
  void theReflectanceOfTheTargetScalesEachChannel() {
    FrameMean picture = picture(PixelType.BGRA64, (c, x, y) -> 0.25);
    CalibratedChannels one =
        calibration(PixelType.BGRA64, 12, 6, 6, SensorRadiometry.LINEAR.withWhiteReflectance(0.98))
            .calibrate(picture);
    assertEquals(0.245f, one.plane("B")[7], 1e-6f);
    CalibratedChannels each =
        calibration(
                PixelType.BGRA64,
                12,
                6,
                6,
                SensorRadiometry.LINEAR.withWhiteReflectance(0.9, 0.8, 0.6))
            .calibrate(picture);
    assertEquals(0.225f, each.plane("R")[7], 1e-6f);
    assertEquals(0.2f, each.plane("G")[7], 1e-6f);
    assertEquals(0.15f, each.plane("B")[7], 1e-6f);
    assertThrows(IllegalArgumentException.class, () -> each.plane("N960"));
  }

  /** The counts are the square roots of what a linear camera would have. */
  @Test
  void theLinearityCurveIsAppliedToPictureWhiteAndDarks() {
    double[] dn = new double[4096];
    double[] linear = new double[4096];
    for (int i = 0; i < 4096; i++) {
      dn[i] = i;
      linear[i] = (double) i * i;
    }
    SensorRadiometry bent = SensorRadiometry.LINEAR.withLinearity(LinearityCurve.of(dn, linear));
    FrameMean dark = mean(PixelType.GRAY16, 12, 6, 6, WHITE, (c, x, y) -> 30);
    FrameMean white = mean(PixelType.GRAY16, 12, 6, 6, WHITE, (c, x, y) -> 3000);
    FrameMean picture = mean(PixelType.GRAY16, 12, 6, 6, WHITE, (c, x, y) -> 1500);
    CalibratedChannels result =
        ReflectanceCalibration.of(
                CalibrationReferences.of(white, dark), bent, CalibrationLimits.DEFAULT)
            .calibrate(picture);
    assertEquals((1500.0 * 1500 - 900) / (3000.0 * 3000 - 900), result.planes()[0][0], 1e-7);
  }

  @Test
  void negativeValuesAreKeptAndCounted() {
    FrameMean picture =
        mean(
            PixelType.GRAY16,
            12,
            6,
            6,
            PICTURE,
            (c, x, y) -> 16 * (dark(x, y) + (x == 2 ? -1 : 4 * white(x, y) * 0.125)));
    CalibratedChannels result =
        calibration(PixelType.GRAY16, 12, 6, 6, SensorRadiometry.LINEAR).calibrate(picture);
    assertEquals(-1 / (4.0 * white(2, 3)), result.planes()[0][3 * 6 + 2], 1e-6);
    CalibrationReport.Channel channel = result.report().channels().get(0);
    assertEquals(6, channel.negative());
    assertEquals(1 / 6.0, channel.negativeFraction(), 1e-12);
  }

  @Test
  void badPixelsTakeTheMedianOfTheirGoodNeighbours() {
    FrameMean dark =
        mean(PixelType.GRAY16, 12, 20, 20, WHITE, (c, x, y) -> x == 5 && y == 6 ? 900 : 64);
    FrameMean white =
        mean(
            PixelType.GRAY16,
            12,
            20,
            20,
            WHITE,
            (c, x, y) -> x != 5 || y < 6 || y > 7 ? 3000 : y == 6 ? 3836 : 64);
    FrameMean picture =
        mean(PixelType.GRAY16, 12, 20, 20, WHITE, (c, x, y) -> x == 5 ? 4095 : 64 + 100 * y);
    Mask beside = region(20, 20, (x, y) -> x > 7);
    CalibratedChannels result =
        ReflectanceCalibration.of(
                CalibrationReferences.of(white, dark),
                SensorRadiometry.LINEAR,
                CalibrationLimits.DEFAULT)
            .calibrate(picture, beside);
    assertEquals(2, result.report().replaced());
    assertEquals(1, result.report().hot());
    assertEquals(1, result.report().dead());
    // Neighbours of (5, 6): rows 5, 6 and 7 without the bad (5, 7), and the bright (5, 5).
    assertEquals(600 / 2936.0, result.planes()[0][6 * 20 + 5], 1e-6);
    assertEquals(700 / 2936.0, result.planes()[0][7 * 20 + 5], 1e-6);
    assertEquals(1, result.saturated().weights()[2 * 20 + 5]);
    assertEquals(0, result.saturated().weights()[6 * 20 + 5], "replaced");
  }

  @Test
  void inAMosaicOnlyNeighboursOfTheColourReplaceABadPixel() {
    BayerPattern pattern = BayerPattern.GBRG;
    double[] colour = {3000, 2000, 1000};
    FrameMean dark = mean(PixelType.GRAY16, 12, 12, 12, WHITE, (c, x, y) -> 64);
    FrameMean white =
        mean(PixelType.GRAY16, 12, 12, 12, WHITE, (c, x, y) -> 64 + (x == y ? 10 : 3000));
    FrameMean badRow =
        mean(
            PixelType.GRAY16,
            12,
            12,
            12,
            WHITE,
            (c, x, y) -> 64 + (x == 4 && (y == 4 || y == 5) ? 10 : 3000));
    FrameMean picture =
        mean(PixelType.GRAY16, 12, 12, 12, WHITE, (c, x, y) -> 64 + colour[pattern.channel(x, y)]);
    CalibrationLimits lenient =
        new CalibrationLimits(0.001, 0.95, 0.3, 0.1, 0.6, 0.05, 0.1, 0.001, Duration.ofHours(12));
    CalibratedChannels result =
        ReflectanceCalibration.of(
                CalibrationReferences.of(badRow, dark),
                SensorRadiometry.LINEAR.withMosaic(pattern),
                lenient)
            .calibrate(picture);
    assertEquals(2, result.report().replaced());
    for (int c = 0; c < 3; c++) {
      for (float value : result.planes()[c]) {
        assertEquals(colour[c] / 3000, value, 1e-6);
      }
    }
    // A whole diagonal is too much of it.
    ReflectanceCalibration broken =
        ReflectanceCalibration.of(
            CalibrationReferences.of(white, dark),
            SensorRadiometry.LINEAR.withMosaic(pattern),
            CalibrationLimits.DEFAULT);
    assertThrows(CalibrationRefusedException.class, () -> broken.calibrate(picture));
  }

  @Test
  void saturationSpreadsAsFarAsDemosaicingReaches() {
    FrameMean dark = mean(PixelType.GRAY16, 12, 40, 40, WHITE, (c, x, y) -> 64);
    FrameMean white = mean(PixelType.GRAY16, 12, 40, 40, WHITE, (c, x, y) -> 3000);
    FrameMean picture =
        mean(PixelType.GRAY16, 12, 40, 40, WHITE, (c, x, y) -> x == 9 && y == 9 ? 4095 : 900);
    for (Demosaic demosaic : Demosaic.values()) {
      CalibratedChannels result =
          ReflectanceCalibration.of(
                  CalibrationReferences.of(white, dark),
                  SensorRadiometry.LINEAR.withMosaic(BayerPattern.RGGB),
                  CalibrationLimits.DEFAULT.withSaturated(0.01),
                  demosaic)
              .calibrate(picture);
      int side = demosaic == Demosaic.BILINEAR ? 3 : 5;
      assertEquals(side * side, result.saturated().count());
      CalibrationReport.Channel blue = result.report().channels().get(2);
      assertEquals(1, blue.saturated());
      assertEquals(1 / 400.0, blue.saturatedFraction(), 1e-12);
      assertEquals(0, result.report().channels().get(0).saturated());
    }
  }

  /** Poisson-like noise of K = 0.5 counts a count over a read noise of 3 counts. */
  @Test
  void theNoiseEstimateIsThatOfRepeatedPictures() {
    RandomGenerator random = new Well19937c(4);
    FrameMean white = noisy(random, WHITE, 3000, 16);
    FrameMean dark = noisy(random, WHITE, 0, 16);
    ReflectanceCalibration calibration =
        ReflectanceCalibration.of(
            CalibrationReferences.of(white, dark),
            SensorRadiometry.LINEAR,
            CalibrationLimits.DEFAULT);
    double own = 0.5 * 1000 + 9;
    double references = 9 / 16.0 + (0.5 * 3000 + 18) / 16 / 9;
    double expected = Math.sqrt(own + references) / 3000;
    assertEquals(expected, noise(calibration, noisy(random, WHITE, 1000, 1)), 0.03 * expected);
    double averaged = Math.sqrt(own / 8 + references) / 3000;
    assertEquals(averaged, noise(calibration, noisy(random, WHITE, 1000, 8)), 0.03 * averaged);
  }

  @Test
  void withoutAveragesTheNoiseIsNotKnown() {
    CalibratedChannels result =
        calibration(PixelType.GRAY16, 12, 6, 6, SensorRadiometry.LINEAR)
            .calibrate(picture(PixelType.GRAY16, (c, x, y) -> 0.25));
    assertTrue(result.report().channels().get(0).noise().isEmpty());
  }

  @Test
  void theSameFramesGiveTheSameBits() {
    CalibratedChannels first =
        calibration(PixelType.BGRA64, 12, 6, 6, SensorRadiometry.LINEAR)
            .calibrate(picture(PixelType.BGRA64, ReflectanceCalibrationTest::reflectance));
    CalibratedChannels again =
        calibration(PixelType.BGRA64, 12, 6, 6, SensorRadiometry.LINEAR)
            .calibrate(picture(PixelType.BGRA64, ReflectanceCalibrationTest::reflectance));
    for (int c = 0; c < 3; c++) {
      assertArrayEquals(first.planes()[c], again.planes()[c]);
    }
    assertEquals(first.report(), again.report());
  }

  @Test
  void refusesAMosaicOfColourFramesAndAnotherNumberOfWhites() {
    refuses(PixelType.BGRA64, SensorRadiometry.LINEAR.withMosaic(BayerPattern.RGGB), "64bitRGB");
    refuses(PixelType.BGRA64, SensorRadiometry.LINEAR.withWhiteReflectance(1.0, 1.0), "2 refl");
  }

  @Test
  void refusesRegionsThatDoNotFit() {
    ReflectanceCalibration calibration =
        calibration(PixelType.GRAY16, 12, 6, 6, SensorRadiometry.LINEAR);
    FrameMean picture = picture(PixelType.GRAY16, (c, x, y) -> 0.25);
    var size =
        assertThrows(
            SkinSpectraException.class, () -> calibration.calibrate(picture, Mask.all(5, 6)));
    assertTrue(size.getMessage().contains("5x6"), size.getMessage());
    assertThrows(
        SkinSpectraException.class,
        () -> calibration.calibrate(picture, new Mask(6, 6, new float[36])));
  }

  @Test
  void refusesSensorsThatCannotBe() {
    refusesSensor(() -> SensorRadiometry.LINEAR.withWhiteReflectance(), "no reflectance");
    refusesSensor(() -> SensorRadiometry.LINEAR.withWhiteReflectance(0.0), "reflects 0.0");
    refusesSensor(() -> SensorRadiometry.LINEAR.withWhiteReflectance(99.0), "reflects 99.0");
    refusesSensor(() -> SensorRadiometry.LINEAR.withWhiteReflectance(Double.NaN), "NaN");
    refusesSensor(
        () -> SensorRadiometry.LINEAR.withSaturation(50).withBlackLevel(64), "black level 64.0");
    assertFalse(SensorRadiometry.LINEAR.withMosaic(BayerPattern.RGGB).mosaic().isEmpty());
    assertEquals(Optional.empty(), SensorRadiometry.LINEAR.mosaic());
  }

  // -- The camera --

  private static double white(int x, int y) {
    return 160 + 4 * ((3 * x + 5 * y) % 8);
  }

  private static double whiteDark(int x, int y) {
    return 4 + (x * y) % 3;
  }

  private static double dark(int x, int y) {
    return 6 + (x + y) % 2;
  }

  private static double reflectance(int c, int x, int y) {
    return (x + 2 * y + c) % 5 / 16.0;
  }

  /** Counts of the smallest step, so that white is at about 70 % of full scale. */
  private static double unit(int bits) {
    return bits == 0 ? 1 / 256.0 : 1 << (bits - 8);
  }

  private static CalibrationReferences references(PixelType type, int bits, int width, int height) {
    double unit = unit(bits);
    return new CalibrationReferences(
        mean(type, bits, width, height, WHITE, (c, x, y) -> unit * (white(x, y) + whiteDark(x, y))),
        mean(type, bits, width, height, WHITE, (c, x, y) -> unit * whiteDark(x, y)),
        mean(type, bits, width, height, PICTURE, (c, x, y) -> unit * dark(x, y)));
  }

  private static ReflectanceCalibration calibration(
      PixelType type, int bits, int width, int height, SensorRadiometry sensor) {
    return ReflectanceCalibration.of(
        references(type, bits, width, height), sensor, CalibrationLimits.DEFAULT);
  }

  private static FrameMean picture(PixelType type, Frames.Count reflectance) {
    return mean(
        type,
        12,
        6,
        6,
        PICTURE,
        (c, x, y) -> 16 * (dark(x, y) + 4 * white(x, y) * reflectance.at(c, x, y)));
  }

  private static FrameMean mean(
      PixelType type, int bits, int width, int height, FrameTags tags, Frames.Count count) {
    return FrameMean.of(Frames.of(width, height, type, bits, tags, count));
  }

  private static FrameMean noisy(RandomGenerator random, FrameTags tags, double light, int frames) {
    FrameAverager averager = new FrameAverager();
    double deviation = Math.sqrt(9 + 0.5 * light);
    for (int i = 0; i < frames; i++) {
      Frame frame =
          Frames.of(
              50,
              60,
              PixelType.GRAY32,
              0,
              tags,
              (c, x, y) -> 64 + light + deviation * random.nextGaussian());
      averager.add(frame);
    }
    return averager.mean();
  }

  private static double noise(ReflectanceCalibration calibration, FrameMean picture) {
    return calibration.calibrate(picture).report().channels().get(0).noise().orElseThrow();
  }

  interface Inside {
    boolean at(int x, int y);
  }

  static Mask region(int width, int height, Inside inside) {
    float[] weights = new float[width * height];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = inside.at(i % width, i / width) ? 1 : 0;
    }
    return new Mask(width, height, weights);
  }

  private static void refuses(PixelType type, SensorRadiometry sensor, String reason) {
    var error = assertThrows(SkinSpectraException.class, () -> calibration(type, 12, 6, 6, sensor));
    assertTrue(error.getMessage().contains(reason), error.getMessage());
  }

  private static void refusesSensor(Runnable sensor, String reason) {
    var error = assertThrows(SkinSpectraException.class, sensor::run);
    assertTrue(error.getMessage().contains(reason), error.getMessage());
  }
}

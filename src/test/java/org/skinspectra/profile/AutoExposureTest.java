package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.PixelType;

class AutoExposureTest {

  private static final AutoExposure RULE = AutoExposure.to(0.8, 0.01, 1000).withBlackLevel(64);

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.3, 5, 11, 13, 80, 1000})
  void bringsTheBrightestChannelToItsTargetFromAnyExposure(double start) {
    AutoExposure.Step step = new AutoExposure.Step(start, AutoExposure.Outcome.ADJUST);
    int frames = 0;
    FrameStatistics last = null;
    while (step.outcome() == AutoExposure.Outcome.ADJUST) {
      assertTrue(++frames <= 8, "still looking after 8 frames, at " + step.exposureMs());
      last = statistics(step.exposureMs(), 0);
      step = RULE.next(last, step.exposureMs());
    }
    assertEquals(AutoExposure.Outcome.DONE, step.outcome());
    assertEquals(0, last.saturated());
    double level = last.channels().get(1).histogram().quantile(0.99);
    assertEquals(0.8 * 4095, level, 0.06 * 4095);
  }

  /** Two in a hundred pixels shine four times as bright: they set the exposure, not the rest. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 3, 40})
  void aGlossThatWouldClipHoldsTheExposureDown(double start) {
    AutoExposure rule = new AutoExposure(0.8, 0.95, 0.001, 0.05, 0.01, 1000, 64);
    AutoExposure.Step step = new AutoExposure.Step(start, AutoExposure.Outcome.ADJUST);
    FrameStatistics last = null;
    for (int i = 0; i < 8 && step.outcome() == AutoExposure.Outcome.ADJUST; i++) {
      last = statistics(step.exposureMs(), 0.02);
      step = rule.next(last, step.exposureMs());
    }
    assertEquals(AutoExposure.Outcome.DONE, step.outcome());
    assertTrue(last.saturated() <= 0.001, "clipped " + last.saturated());
    assertTrue(last.channels().get(1).histogram().quantile(1) > 0.85 * 4095);
  }

  @Test
  void saysWhenNoExposureIsLongEnoughOrShortEnough() {
    AutoExposure low = AutoExposure.to(0.8, 0.01, 1).withBlackLevel(64);
    assertEquals(
        new AutoExposure.Step(1, AutoExposure.Outcome.TOO_DARK), low.next(statistics(1, 0), 1));
    AutoExposure high = AutoExposure.to(0.8, 100, 1000).withBlackLevel(64);
    assertEquals(
        new AutoExposure.Step(100, AutoExposure.Outcome.TOO_BRIGHT),
        high.next(statistics(100, 0), 100));
  }

  @Test
  void neverAsksForAnExposureBeyondItsLimits() {
    AutoExposure narrow = AutoExposure.to(0.8, 4, 6).withBlackLevel(64);
    assertEquals(6, narrow.next(statistics(5, 0), 5).exposureMs());
    assertEquals(4, narrow.next(statistics(20, 0), 20).exposureMs());
  }

  @Test
  void theDarkGrowsByAFixedFactor() {
    FrameStatistics dark =
        FrameStatistics.of(
            Frames.gray16(4, 4, 12, Frames.tags(1, 1), (c, x, y) -> 64), Optional.empty());
    assertEquals(16, RULE.next(dark, 2).exposureMs());
  }

  @Test
  void refusesFramesWithoutFullScaleAndRegionsWithoutPixels() {
    Frame floats = Frames.of(2, 2, PixelType.GRAY32, 0, Frames.tags(1, 1), (c, x, y) -> 100);
    var error =
        assertThrows(
            SkinSpectraException.class,
            () -> RULE.next(FrameStatistics.of(floats, Optional.empty()), 1));
    assertTrue(error.getMessage().contains("without a full scale"), error.getMessage());
    FrameStatistics nothing =
        FrameStatistics.of(
            Frames.gray16(1, 1, 12, Frames.tags(1, 1), (c, x, y) -> 64),
            Optional.empty(),
            new Mask(1, 1, new float[1]),
            0);
    assertThrows(SkinSpectraException.class, () -> RULE.next(nothing, 1));
    FrameStatistics eightBit =
        FrameStatistics.of(
            Frames.gray16(1, 1, 6, Frames.tags(1, 1), (c, x, y) -> 1), Optional.empty());
    assertThrows(SkinSpectraException.class, () -> RULE.next(eightBit, 1));
  }

  @Test
  void aFewGlossyPixelsDoNotCountButAClippedPlaceOfTheMosaicDoes() {
    AutoExposure rule = new AutoExposure(0.75, 0.98, 0.02, 0.03, 0.01, 1000, 0);
    Frame glossy =
        Frames.gray16(20, 20, 8, Frames.tags(10, 1), (c, x, y) -> x + y == 0 ? 255 : 191);
    Frame clipped =
        Frames.gray16(
            20, 20, 8, Frames.tags(10, 1), (c, x, y) -> y % 2 == 1 && x % 2 == 0 ? 255 : 191);
    for (Optional<BayerPattern> mosaic :
        List.of(Optional.<BayerPattern>empty(), Optional.of(BayerPattern.BGGR))) {
      assertEquals(
          new AutoExposure.Step(10, AutoExposure.Outcome.DONE),
          rule.next(FrameStatistics.of(glossy, mosaic), 10));
      FrameStatistics statistics = FrameStatistics.of(clipped, mosaic);
      assertEquals(
          new AutoExposure.Step(5, AutoExposure.Outcome.ADJUST), rule.next(statistics, 10));
      assertEquals(1, rule.level(statistics));
    }
  }

  @Test
  void aSinglePixelIsEnoughForALevel() {
    Frame one = Frames.gray16(1, 1, 8, Frames.tags(1, 1), (c, x, y) -> 128);
    Frame two = Frames.gray16(1, 2, 8, Frames.tags(1, 1), (c, x, y) -> y == 0 ? 1 : 128);
    for (Frame frame : List.of(one, two)) {
      FrameStatistics statistics = FrameStatistics.of(frame, Optional.empty());
      assertEquals(0.5, AutoExposure.WHITE.level(statistics), 0.01);
    }
  }

  @Test
  void refusesRulesThatCannotBeMet() {
    refuses(() -> AutoExposure.to(1.2, 1, 10), "target 1.2");
    refuses(() -> AutoExposure.to(Double.NaN, 1, 10), "target NaN");
    refuses(() -> AutoExposure.to(0.8, 0, 10), "0.0 ms");
    refuses(() -> AutoExposure.to(0.8, 10, 1), "10.0 ms to 1.0 ms");
    refuses(() -> RULE.withBlackLevel(-1), "-1.0");
    refuses(() -> new AutoExposure(0.8, 0.2, 0, 0.05, 1, 10, 0), "quantile 0.2");
    refuses(() -> new AutoExposure(0.8, 0.9, 0.7, 0.05, 1, 10, 0), "clipped 0.7");
    refuses(() -> new AutoExposure(0.8, 0.9, 0, 0, 1, 10, 0), "tolerance 0.0");
  }

  private static void refuses(Runnable rule, String reason) {
    var error = assertThrows(SkinSpectraException.class, rule::run);
    assertTrue(error.getMessage().contains(reason), error.getMessage());
  }

  /** A 12-bit camera with three channels, of which green has 300 counts a millisecond and noise. */
  private static FrameStatistics statistics(double exposureMs, double gloss) {
    RandomGenerator random = new Well19937c(3);
    double[] light = {120, 300, 60};
    return FrameStatistics.of(
        Frames.of(
            40,
            50,
            PixelType.BGRA64,
            12,
            Frames.tags(exposureMs, 1),
            (c, x, y) -> {
              double shine = y * 40 + x < gloss * 2000 ? 4 : 0.8 + 0.2 * random.nextDouble();
              double dn = 64 + light[c] * shine * exposureMs + 3 * random.nextGaussian();
              return Math.max(0, Math.min(4095, dn));
            }),
        Optional.empty());
  }
}

package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skinspectra.skin.CaptureSampler.TRAINING;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

class CaptureSamplerTest {

  private static final int DRAWS = 4000;

  @Test
  void drawsFromTheWholeRanges() {
    List<CaptureConditions> drawn = draws(TRAINING, 1);
    assertRange(30, 60, drawn.stream().map(CaptureConditions::whiteSnrDb));
    assertRange(0.25, 1, drawn.stream().map(CaptureConditions::exposure));
    assertRange(0, 0.002, drawn.stream().map(CaptureConditions::readNoise));
    assertRange(0, 0.3, drawn.stream().map(CaptureConditions::vignetting));
    assertRange(0, 0.7, drawn.stream().flatMap(c -> c.blur().stream()));
    assertRange(-0.5, 0.5, drawn.stream().map(CaptureConditions::shiftX));
    assertRange(-0.5, 0.5, drawn.stream().map(CaptureConditions::shiftY));
    assertEquals(
        Set.of(0, 8, 10, 12, 16),
        drawn.stream().map(CaptureConditions::bits).collect(Collectors.toSet()));
  }

  @Test
  void mostImagesAreNeitherBlurredNorShiftedNorOf8Bits() {
    List<CaptureConditions> drawn = draws(TRAINING, 2);
    assertEquals(0.25, share(drawn, c -> c.blur().get(0) > 0), 0.03);
    assertEquals(0.25, share(drawn, c -> c.shiftX() != 0), 0.03);
    assertEquals(1 / 12., share(drawn, c -> c.bits() == 8), 0.02);
  }

  @Test
  void drawsFollowTheSeed() {
    assertEquals(draws(TRAINING, 3), draws(TRAINING, 3));
    assertTrue(Collections.disjoint(draws(TRAINING, 3), draws(TRAINING, 4)));
  }

  @Test
  void narrowRangesGiveTheOneConditionTheyHold() {
    CaptureSampler sampler = with(45, 45, 1, 1, 0, 0, 0, 0, 0, 0, List.of(12));
    assertEquals(
        Set.of(CaptureConditions.noise(45).withBits(12, 1.25)), Set.copyOf(draws(sampler, 5)));
  }

  @Test
  void refusesRangesThatHoldNothing() {
    refuses("50.0 to 40.0", () -> with(50, 40, 1, 1, 0, 0, 0, 0, 0, 0, List.of(12)));
    refuses("NaN", () -> with(Double.NaN, 40, 1, 1, 0, 0, 0, 0, 0, 0, List.of(12)));
    refuses(
        "Infinity", () -> with(40, Double.POSITIVE_INFINITY, 1, 1, 0, 0, 0, 0, 0, 0, List.of(12)));
    refuses("exposure 0.0", () -> with(40, 50, 0, 1, 0, 0, 0, 0, 0, 0, List.of(12)));
    refuses("read noise -1.0", () -> with(40, 50, 1, 1, -1, 0, 0, 0, 0, 0, List.of(12)));
    refuses("vignetting 1.0", () -> with(40, 50, 1, 1, 0, 1, 0, 0, 0, 0, List.of(12)));
    refuses("1.5", () -> with(40, 50, 1, 1, 0, 0, 1.5, 0, 0, 0, List.of(12)));
    refuses("blur 11.0", () -> with(40, 50, 1, 1, 0, 0, 0, 11, 0, 0, List.of(12)));
    refuses("NaN", () -> with(40, 50, 1, 1, 0, 0, 0, 0, Double.NaN, 0, List.of(12)));
    refuses("-1.0", () -> with(40, 50, 1, 1, 0, 0, 0, 0, 0, -1, List.of(12)));
    refuses("bit depth 32", () -> with(40, 50, 1, 1, 0, 0, 0, 0, 0, 0, List.of(12, 32)));
    refuses("[]", () -> with(40, 50, 1, 1, 0, 0, 0, 0, 0, 0, List.of()));
    refuses("[null]", () -> with(40, 50, 1, 1, 0, 0, 0, 0, 0, 0, Arrays.asList((Integer) null)));
  }

  private static void refuses(String reason, Runnable sampler) {
    var error = assertThrows(IllegalArgumentException.class, sampler::run);
    assertTrue(error.getMessage().contains(reason), error.getMessage());
  }

  private static CaptureSampler with(
      double minSnrDb,
      double maxSnrDb,
      double minExposure,
      double maxExposure,
      double readNoise,
      double vignetting,
      double blurChance,
      double blur,
      double shiftChance,
      double shift,
      List<Integer> bits) {
    return new CaptureSampler(
        minSnrDb,
        maxSnrDb,
        minExposure,
        maxExposure,
        readNoise,
        vignetting,
        blurChance,
        blur,
        shiftChance,
        shift,
        bits,
        1.25);
  }

  private static List<CaptureConditions> draws(CaptureSampler sampler, long seed) {
    Well19937c random = new Well19937c(seed);
    return IntStream.range(0, DRAWS).mapToObj(i -> sampler.draw(random)).toList();
  }

  private static double share(List<CaptureConditions> drawn, Predicate<CaptureConditions> what) {
    return drawn.stream().filter(what).count() / (double) drawn.size();
  }

  private static void assertRange(double low, double high, Stream<Double> values) {
    var statistics = values.mapToDouble(v -> v).summaryStatistics();
    double room = (high - low) / 100;
    assertTrue(statistics.getMin() >= low && statistics.getMin() < low + room, "" + statistics);
    assertTrue(statistics.getMax() <= high && statistics.getMax() > high - room, "" + statistics);
  }
}

package org.skinspectra.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.imglib2.parallel.Parallelization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

class SpectralAngleTest {

  private static final float[] ZERO = {0, 0};

  @Test
  void challengeScoreEqualsTheGoldenScore() {
    GoldenAngles golden = GoldenAngles.read();
    AngleMap map = challenge(golden.prediction(), golden.target(), golden.mask());
    assertEquals(golden.score(), map.mean(), 2e-8);
  }

  @Test
  void challengeAnglesEqualTheGoldenMapAtEveryPixel() {
    GoldenAngles golden = GoldenAngles.read();
    float[] radians = challenge(golden.prediction(), golden.target(), golden.mask()).radians();
    for (int i = 0; i < radians.length; i++) {
      float expected = golden.map()[i] == 0 ? Float.NaN : golden.map()[i];
      assertEquals(expected, radians[i], 1e-8f, "pixel " + i);
    }
  }

  @Test
  void challengeSaysWhyGoldenPixelsHaveNoAngle() {
    GoldenAngles golden = GoldenAngles.read();
    AngleMap map = challenge(golden.prediction(), golden.target(), golden.mask());
    assertEquals(new AngleMap.Excluded(440, 2, 0), map.excluded());
    assertEquals(326, map.counted());
  }

  @Test
  void challengeCountsEveryWeightAboveZeroFully() {
    var mask = new Mask(3, 1, new float[] {1, 0.01f, 0});
    var map =
        challenge(
            Cubes.ofSpectra(new float[] {1, 0}, new float[] {1, 0}, new float[] {1, 0}),
            Cubes.ofSpectra(new float[] {1, 0}, new float[] {0, 1}, new float[] {0, 1}),
            mask);
    assertArrayEquals(new float[] {0, (float) (Math.PI / 2), Float.NaN}, map.radians(), 1e-7f);
    assertEquals(Math.PI / 4, map.mean(), 1e-7);
  }

  @Test
  void challengeLeavesOutEqualSpectraWhoseCosineRoundsAboveOne() {
    // ‖(1, 1)‖² = 2, but the float32 root of 2 squared is 1.9999999: the cosine is 1.0000001.
    var cube = Cubes.ofSpectra(new float[] {1, 1}, new float[] {1, 0});
    AngleMap map = challenge(cube, cube, Mask.all(2, 1));
    assertArrayEquals(new float[] {Float.NaN, 0}, map.radians());
    assertEquals(new AngleMap.Excluded(0, 0, 1), map.excluded());
  }

  @Test
  void clampedGivesEqualAndScaledSpectraAnAngleOfZero() {
    var prediction = Cubes.ofSpectra(new float[] {1, 1}, new float[] {0.3f, 0.6f});
    var reference = Cubes.ofSpectra(new float[] {1, 1}, new float[] {0.6f, 1.2f});
    AngleMap map = clamped(prediction, reference, Mask.all(2, 1));
    assertEquals(2, map.counted());
    assertEquals(0, map.mean(), 1e-7);
  }

  @Test
  void clampedCountsOnlyWeightsAboveOneHalf() {
    var cube = Cubes.ofSpectra(new float[] {1, 0}, new float[] {1, 0}, new float[] {1, 0});
    AngleMap map = clamped(cube, cube, new Mask(3, 1, new float[] {0.5f, 0.51f, 1}));
    assertArrayEquals(new float[] {Float.NaN, 0, 0}, map.radians());
    assertEquals(new AngleMap.Excluded(1, 0, 0), map.excluded());
  }

  @Test
  void clampedAgreesWithTheChallengeWhereRoundingDoesNotMatter() {
    GoldenAngles golden = GoldenAngles.read();
    float[] challenge = challenge(golden.prediction(), golden.target(), golden.mask()).radians();
    float[] clamped = clamped(golden.prediction(), golden.target(), golden.mask()).radians();
    int compared = 0;
    for (int i = 0; i < clamped.length; i++) {
      if (golden.mask().contains(i) && !Float.isNaN(challenge[i])) {
        assertEquals(challenge[i], clamped[i], 1e-5f);
        compared++;
      }
    }
    assertEquals(325, compared);
  }

  @ParameterizedTest
  @EnumSource
  void oppositeSpectraAreAtPi(AngleDefinition definition) {
    AngleMap map =
        SpectralAngle.measure(
            Cubes.ofSpectra(new float[] {1, 0}),
            Cubes.ofSpectra(new float[] {-1, 0}),
            Mask.all(1, 1),
            definition);
    assertEquals(Math.PI, map.mean(), 1e-6);
    assertEquals(180, map.meanDegrees(), 1e-4);
    assertArrayEquals(new float[] {180}, map.toDegrees(), 1e-4f);
  }

  @ParameterizedTest
  @EnumSource
  void zeroSpectraAreLeftOutAndCounted(AngleDefinition definition) {
    var prediction = Cubes.ofSpectra(ZERO, new float[] {1, 0}, new float[] {1, 0});
    var reference = Cubes.ofSpectra(new float[] {1, 0}, ZERO, new float[] {1, 0});
    AngleMap map = SpectralAngle.measure(prediction, reference, Mask.all(3, 1), definition);
    assertEquals(new AngleMap.Excluded(0, 2, 0), map.excluded());
    assertEquals(0, map.mean());
  }

  @ParameterizedTest
  @EnumSource
  void anyNumberOfBandsAndPixelsAgreesWithThePlainFormula(AngleDefinition definition) {
    for (int bands : new int[] {1, 2, 3, 16, 31, 33, 61}) {
      SpectralCube prediction = random(97, 91, bands, 1);
      SpectralCube reference = random(97, 91, bands, 2);
      AngleMap map = SpectralAngle.measure(prediction, reference, Mask.all(97, 91), definition);
      for (int i = 0; i < map.radians().length; i += 509) {
        float[] p = prediction.spectrum(i % 97, i / 97);
        float[] t = reference.spectrum(i % 97, i / 97);
        if (bands > 1) {
          assertEquals(plainAngle(p, t), map.radians()[i], 1e-5, bands + " bands, pixel " + i);
        }
      }
      assertEquals(97 * 91, map.counted() + map.excluded().cosineOutOfRange());
    }
  }

  @ParameterizedTest
  @EnumSource
  void theNumberOfThreadsDoesNotChangeTheScore(AngleDefinition definition) {
    SpectralCube prediction = random(400, 101, 5, 3);
    SpectralCube reference = random(400, 101, 5, 4);
    Mask mask = Mask.all(400, 101);
    double one =
        Parallelization.runSingleThreaded(
            () -> SpectralAngle.measure(prediction, reference, mask, definition).mean());
    double three =
        Parallelization.runWithNumThreads(
            3, () -> SpectralAngle.measure(prediction, reference, mask, definition).mean());
    assertEquals(one, three);
  }

  @ParameterizedTest
  @EnumSource
  void theScoreIsShownWithItsDefinition(AngleDefinition definition) {
    var cube = Cubes.ofSpectra(new float[] {1, 0});
    AngleMap map = SpectralAngle.measure(cube, cube, Mask.all(1, 1), definition);
    assertEquals("0.0000 rad (" + definition.key() + ")", map.toString());
  }

  @ParameterizedTest
  @EnumSource
  void aValueThatIsNotFiniteInsideTheMaskIsNamed(AngleDefinition definition) {
    var good = random(4, 3, 3, 5);
    var bad = random(4, 3, 3, 6);
    bad.plane(1)[6] = Float.NaN;
    bad.plane(2)[9] = Float.POSITIVE_INFINITY;
    String message = messageOf(good, bad, Mask.all(4, 3), definition);
    assertTrue(message.contains("reference is NaN at 410 nm, pixel (2, 1)"), message);
    assertTrue(message.contains("1 more"), message);
  }

  @ParameterizedTest
  @EnumSource
  void aValueThatIsNotFiniteOutsideTheMaskDoesNotMatter(AngleDefinition definition) {
    var good = random(2, 1, 3, 5);
    var bad = random(2, 1, 3, 6);
    bad.plane(1)[1] = Float.NaN;
    Mask mask = new Mask(2, 1, new float[] {1, 0});
    AngleMap map = SpectralAngle.measure(bad, good, mask, definition);
    assertEquals(new AngleMap.Excluded(1, 0, 0), map.excluded());
  }

  @Test
  void challengeRefusesValuesWhoseSquaresOverflow() {
    var huge = Cubes.ofSpectra(new float[] {1e30f, 1});
    String message = messageOf(huge, huge, Mask.all(1, 1), AngleDefinition.CHALLENGE);
    assertTrue(message.contains("pixel (0, 0)") && message.contains("too large"), message);
  }

  @ParameterizedTest
  @EnumSource
  void cubesOfDifferentSizesAreRefused(AngleDefinition definition) {
    String message = messageOf(random(4, 3, 2, 1), random(3, 4, 2, 1), Mask.all(4, 3), definition);
    assertTrue(message.contains("4x3") && message.contains("3x4"), message);
  }

  @ParameterizedTest
  @EnumSource
  void cubesOfDifferentWavelengthsAreRefusedNamingBothGrids(AngleDefinition definition) {
    var vis = SpectralCube.zeros(2, 2, Wavelengths.VIS);
    var nir = SpectralCube.zeros(2, 2, Wavelengths.NIR);
    String message = messageOf(vis, nir, Mask.all(2, 2), definition);
    assertTrue(message.contains("400:10:700") && message.contains("700:10:1000"), message);
  }

  @ParameterizedTest
  @EnumSource
  void aMaskOfAnotherSizeIsRefused(AngleDefinition definition) {
    var cube = random(4, 3, 2, 1);
    String message = messageOf(cube, cube, Mask.all(3, 4), definition);
    assertTrue(message.contains("mask is 3x4") && message.contains("4x3"), message);
  }

  @ParameterizedTest
  @EnumSource
  void anAllZeroMaskIsRefused(AngleDefinition definition) {
    var cube = random(4, 3, 2, 1);
    String message = messageOf(cube, cube, new Mask(4, 3, new float[12]), definition);
    assertTrue(message.contains("leaves out every pixel"), message);
  }

  @ParameterizedTest
  @EnumSource
  void cubesWithoutAnySpectrumAreRefused(AngleDefinition definition) {
    var cube = Cubes.ofSpectra(ZERO, ZERO);
    String message = messageOf(cube, cube, Mask.all(2, 1), definition);
    assertTrue(message.contains("2 all-zero spectra"), message);
  }

  @Test
  void progressReachesItsTotal() {
    long[] last = new long[2];
    ProgressMonitor progress =
        (step, done, total) -> {
          last[0] = Math.max(last[0], done);
          last[1] = total;
        };
    var cube = random(400, 101, 2, 1);
    SpectralAngle.measure(cube, cube, Mask.all(400, 101), AngleDefinition.CLAMPED, progress);
    assertTrue(last[1] > 1);
    assertEquals(last[1], last[0]);
  }

  @Test
  void cancelStopsTheWork() {
    ProgressMonitor canceled =
        new ProgressMonitor() {
          @Override
          public void report(String step, long done, long total) {}

          @Override
          public boolean isCanceled() {
            return true;
          }
        };
    var cube = random(4, 3, 2, 1);
    assertThrows(
        CanceledException.class,
        () ->
            SpectralAngle.measure(cube, cube, Mask.all(4, 3), AngleDefinition.CHALLENGE, canceled));
  }

  private static AngleMap challenge(SpectralCube prediction, SpectralCube reference, Mask mask) {
    return SpectralAngle.measure(prediction, reference, mask, AngleDefinition.CHALLENGE);
  }

  private static AngleMap clamped(SpectralCube prediction, SpectralCube reference, Mask mask) {
    return SpectralAngle.measure(prediction, reference, mask, AngleDefinition.CLAMPED);
  }

  private static String messageOf(
      SpectralCube prediction, SpectralCube reference, Mask mask, AngleDefinition definition) {
    return assertThrows(
            SkinSpectraException.class,
            () -> SpectralAngle.measure(prediction, reference, mask, definition))
        .getMessage();
  }

  private static double plainAngle(float[] p, float[] t) {
    double dot = 0;
    double pp = 0;
    double tt = 0;
    for (int i = 0; i < p.length; i++) {
      dot += (double) p[i] * t[i];
      pp += (double) p[i] * p[i];
      tt += (double) t[i] * t[i];
    }
    return Math.acos(dot / Math.sqrt(pp * tt));
  }

  private static SpectralCube random(int width, int height, int bands, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SpectralCube cube = SpectralCube.zeros(width, height, Cubes.grid(bands));
    for (float[] plane : cube.planes()) {
      for (int i = 0; i < plane.length; i++) {
        plane[i] = (float) random.nextDouble(0.05, 1);
      }
    }
    return cube;
  }
}

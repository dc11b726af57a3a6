package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.imglib2.parallel.Parallelization;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;

class RegistrationFitTest {

  private static final int SIDE = 128;
  private static final double NOISE = 0.005;
  private static final Homography TRUTH = about(9, -6, 0.7, 1.015);
  private static final TwoViews VIEWS = new TwoViews(1, 60, SIDE);
  private static final float[] RED = VIEWS.draw(0, Homography.IDENTITY, SIDE, SIDE, NOISE, 1);

  private static Homography about(double dx, double dy, double degrees, double scale) {
    return Homography.of(dx, dy, degrees, scale, (SIDE - 1) / 2.0, (SIDE - 1) / 2.0);
  }

  private static Registration register(float[] red, float[] infrared) {
    return RegistrationFit.ofImages(red, SIDE, SIDE, infrared, SIDE, SIDE);
  }

  // -- Images --

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 1",
    "3.3, -3.3, 0.5, 0.98",
    "-12, 5.5, 1, 1.02",
    "20, 20, 1, 1.02",
    "-20, 20, -1, 0.98"
  })
  void findsShiftTurnAndScaleThoughTheContrastsDiffer(
      double dx, double dy, double degrees, double scale) {
    Homography truth = about(dx, dy, degrees, scale);
    Registration found = register(RED, VIEWS.draw(1, truth, SIDE, SIDE, NOISE, 2));
    double error = found.homography().cornerDistance(truth.inverse(), SIDE, SIDE);
    assertTrue(error < 0.3, "error " + error);
    assertTrue(found.residual() < 0.3, "residual " + found.residual());
    assertEquals(Registration.Method.IMAGES, found.method());
  }

  @Test
  void findsAKeystone() {
    Homography truth = Homography.of(1.02, 0.03, 4, -0.01, 0.99, -3, 2e-4, -1e-4, 1);
    Registration found = register(RED, VIEWS.draw(1, truth, SIDE, SIDE, NOISE, 2));
    double error = found.homography().cornerDistance(truth.inverse(), SIDE, SIDE);
    assertTrue(error < 0.6, "error " + error);
  }

  @Test
  void theReportedResidualIsThatOfTheMap() {
    double told = 0;
    double truth = 0;
    for (int seed = 10; seed < 18; seed++) {
      TwoViews views = new TwoViews(seed, 60, SIDE);
      Registration found =
          register(
              views.draw(0, Homography.IDENTITY, SIDE, SIDE, NOISE, 1),
              views.draw(1, TRUTH, SIDE, SIDE, NOISE, 2));
      told += found.residual() * found.residual();
      Homography error = found.homography().after(TRUTH);
      for (int i = 0; i < 81; i++) {
        double x = (i % 9 + 0.5) * SIDE / 9;
        double y = (i / 9 + 0.5) * SIDE / 9;
        double[] moved = error.apply(x, y);
        truth += (Math.pow(moved[0] - x, 2) + Math.pow(moved[1] - y, 2)) / 81;
      }
    }
    double ratio = Math.sqrt(truth / told);
    assertTrue(ratio > 0.4 && ratio < 2, "true over reported residual: " + ratio);
  }

  @Test
  void aPartThatMovedByItselfHasNoSay() {
    float[] infrared = VIEWS.draw(1, TRUTH, SIDE, SIDE, NOISE, 2);
    float[] elsewhere = VIEWS.draw(1, about(13, -6, 0.7, 1.015), SIDE, SIDE, NOISE, 3);
    for (int y = 70; y < 110; y++) {
      System.arraycopy(elsewhere, y * SIDE + 20, infrared, y * SIDE + 20, 40);
    }
    double error = register(RED, infrared).homography().cornerDistance(TRUTH.inverse(), SIDE, SIDE);
    assertTrue(error < 0.5, "error " + error);
  }

  @Test
  void imagesOfTwoSizesAreLaidOverEachOther() {
    Homography binned = Homography.ofSizes(SIDE, SIDE, 96, 80).after(TRUTH);
    Registration found =
        RegistrationFit.ofImages(RED, SIDE, SIDE, VIEWS.draw(1, binned, 96, 80, NOISE, 2), 96, 80);
    double error = found.homography().after(binned).cornerDistance(about(0, 0, 0, 1), SIDE, SIDE);
    assertTrue(error < 0.5, "error " + error);
    assertEquals(96, found.fromWidth());
    assertEquals(80, found.fromHeight());
    assertEquals(SIDE * SIDE, found.warp().apply(new float[96 * 80]).length);
  }

  @Test
  void aMirroredCameraIsRegisteredFromARoughStart() {
    Homography mirror = Homography.of(-1, 0, SIDE - 1, 0, 1, 0, 0, 0, 1);
    Homography truth = mirror.after(TRUTH);
    Registration found =
        RegistrationFit.ofImages(
            RED, SIDE, SIDE, VIEWS.draw(1, truth, SIDE, SIDE, NOISE, 2), SIDE, SIDE, mirror);
    double error = found.homography().cornerDistance(truth.inverse(), SIDE, SIDE);
    assertTrue(error < 0.3, "error " + error);
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    float[] infrared = VIEWS.draw(1, TRUTH, SIDE, SIDE, NOISE, 2);
    Registration many = register(RED, infrared);
    assertEquals(many, Parallelization.runSingleThreaded(() -> register(RED, infrared)));
  }

  @Test
  void unrelatedImagesAreRefused() {
    for (int seed = 2; seed < 6; seed++) {
      float[] other =
          new TwoViews(seed, 60, SIDE).draw(1, Homography.IDENTITY, SIDE, SIDE, NOISE, 2);
      assertRefused("do not match", RED, other);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.5, 0", "0.5, 0.005", "0, 0.02"})
  void imagesOfNothingAreRefusedByName(double value, double noise) {
    float[] flat = TwoViews.flat(SIDE, SIDE, value, noise, 3);
    assertRefused("The 960 nm image shows hardly an edge", RED, flat);
    assertRefused("The RGB image shows hardly an edge", flat, RED);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void aValueThatIsNotFiniteIsNamedWithItsPlace(float bad) {
    float[] plane = RED.clone();
    plane[5 * SIDE + 7] = bad;
    assertRefused("960 nm image is " + bad + " at (7, 5)", RED, plane);
  }

  @Test
  void imagesThatAreTooSmallOrDoNotFitTheirSizeAreRefused() {
    var small =
        assertThrows(
            SkinSpectraException.class,
            () -> RegistrationFit.ofImages(new float[63 * 64], 63, 64, new float[64 * 64], 64, 64));
    assertTrue(small.getMessage().contains("63x64"), small.getMessage());
    assertThrows(
        SkinSpectraException.class,
        () -> RegistrationFit.ofImages(RED, SIDE, SIDE + 1, RED, SIDE, SIDE));
    assertThrows(
        SkinSpectraException.class,
        () -> RegistrationFit.ofImages(RED, SIDE, SIDE, RED, -SIDE, -SIDE));
  }

  private static void assertRefused(String message, float[] red, float[] infrared) {
    var error = assertThrows(SkinSpectraException.class, () -> register(red, infrared));
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  // -- Points --

  private static final Homography TILTED =
      Homography.of(1.01, 0.02, 12.5, -0.015, 0.98, -7.25, 2e-5, -3e-5, 1);

  private static List<PointPair> corners(int columns, int rows, double noise) {
    RandomGenerator random = new Well19937c(4);
    List<PointPair> pairs = new ArrayList<>();
    for (int i = 0; i < columns * rows; i++) {
      double x = 60.0 + 50 * (i % columns);
      double y = 40.0 + 50 * (i / columns);
      double[] to = TILTED.apply(x, y);
      pairs.add(
          new PointPair(
              x, y, to[0] + noise * random.nextGaussian(), to[1] + noise * random.nextGaussian()));
    }
    return pairs;
  }

  private static Registration register(List<PointPair> pairs) {
    return RegistrationFit.ofPoints(pairs, 640, 480, 640, 480);
  }

  @ParameterizedTest
  @CsvSource({"3, 2", "3, 3", "11, 8"})
  void exactPointsGiveTheExactHomography(int columns, int rows) {
    Registration found = register(corners(columns, rows, 0));
    double error = found.homography().cornerDistance(TILTED, 640, 480);
    assertTrue(error < 1e-6, "error " + error);
    assertEquals(columns * rows, found.matches());
    assertEquals(1, found.agreement());
    assertEquals(0, found.residual(), 1e-6);
  }

  @Test
  void theResidualOfPointsIsTheirNoise() {
    Registration found = register(corners(11, 8, 0.1));
    assertEquals(0.1 * Math.sqrt(2), found.residual(), 0.03);
    assertTrue(found.homography().cornerDistance(TILTED, 640, 480) < 0.2);
  }

  @Test
  void mistakenPairsHaveNoSay() {
    List<PointPair> pairs = corners(11, 8, 0.1);
    for (int i = 0; i < pairs.size(); i += 4) {
      PointPair pair = pairs.get(i);
      pairs.set(i, new PointPair(pair.fromX(), pair.fromY(), pair.toX() + 20 + i, pair.toY() - i));
    }
    Registration found = register(pairs);
    assertTrue(found.homography().cornerDistance(TILTED, 640, 480) < 0.25);
    assertEquals(0.75, found.agreement());
  }

  @Test
  void pointsThatDetermineNothingAreRefused() {
    assertPointsRefused("5 pairs", corners(5, 1, 0));
    assertPointsRefused("lie on a line", corners(11, 1, 0));
    List<PointPair> shuffled = new ArrayList<>();
    List<PointPair> pairs = corners(6, 5, 0);
    for (int i = 0; i < pairs.size(); i++) {
      PointPair other = pairs.get((7 * i + 3) % pairs.size());
      shuffled.add(
          new PointPair(pairs.get(i).fromX(), pairs.get(i).fromY(), other.toX(), other.toY()));
    }
    assertPointsRefused("agree on a homography", shuffled);
    assertThrows(SkinSpectraException.class, () -> new PointPair(0, Double.NaN, 0, 0));
    assertThrows(SkinSpectraException.class, () -> new PointPair(0, 0, 1e9, 0));
  }

  private static void assertPointsRefused(String message, List<PointPair> pairs) {
    var error = assertThrows(SkinSpectraException.class, () -> register(pairs));
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  @Test
  void aRegistrationOutOfRangeIsRefused() {
    for (double residual : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(
          SkinSpectraException.class,
          () ->
              new Registration(
                  TILTED, residual, Registration.Method.POINTS, 9, 1, 640, 480, 640, 480));
    }
    assertThrows(
        SkinSpectraException.class,
        () -> new Registration(TILTED, 0, Registration.Method.POINTS, 9, 1, 0, 480, 640, 480));
  }
}

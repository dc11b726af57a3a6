package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;

class HomographyTest {

  private static final Homography TILTED =
      Homography.of(1.01, 0.02, 12.5, -0.015, 0.98, -7.25, 2e-5, -3e-5, 1);

  @Test
  void dividesByTheThirdCoordinate() {
    Homography homography = Homography.of(2, 0, 0, 0, 3, 0, 0.5, 0, 1);
    assertArrayEquals(new double[] {4 / 2.0, 12 / 2.0}, homography.apply(2, 4), 1e-15);
  }

  @Test
  void theInverseLeadsBack() {
    double[] there = TILTED.apply(311, 77);
    assertArrayEquals(new double[] {311, 77}, TILTED.inverse().apply(there[0], there[1]), 1e-9);
    assertTrue(TILTED.after(TILTED.inverse()).cornerDistance(Homography.IDENTITY, 999, 999) < 1e-9);
  }

  @Test
  void composesFromTheRight() {
    Homography shift = Homography.of(5, 0, 0, 1, 0, 0);
    Homography twice = Homography.of(0, 0, 0, 2, 0, 0);
    assertArrayEquals(new double[] {12, 2}, twice.after(shift).apply(1, 1), 1e-12);
    assertArrayEquals(new double[] {7, 2}, shift.after(twice).apply(1, 1), 1e-12);
  }

  @Test
  void turnsClockwiseAboutTheCentreThenShifts() {
    Homography quarter = Homography.of(3, -1, 90, 2, 10, 20);
    assertArrayEquals(new double[] {13, 19}, quarter.apply(10, 20), 1e-12);
    assertArrayEquals(new double[] {13, 21}, quarter.apply(11, 20), 1e-12);
  }

  @Test
  void imagesOfTwoSizesLieEdgeToEdge() {
    Homography binned = Homography.ofSizes(640, 480, 1280, 960);
    assertArrayEquals(new double[] {-0.5, -0.5}, binned.inverse().apply(-0.5, -0.5), 1e-12);
    assertArrayEquals(new double[] {1279.5, 959.5}, binned.apply(639.5, 479.5), 1e-12);
  }

  @Test
  void onACoarserGridItIsTheSameMap() {
    double[] fine = TILTED.apply(64, 32);
    double[] coarse = TILTED.coarser(4).apply(16, 8);
    assertArrayEquals(new double[] {fine[0] / 4, fine[1] / 4}, coarse, 1e-12);
  }

  @Test
  void itsNineNumbersMakeTheSameAgain() {
    assertEquals(TILTED, Homography.of(TILTED.toArray()));
    assertEquals(TILTED.hashCode(), Homography.of(TILTED.toArray()).hashCode());
    assertFalse(TILTED.equals(Homography.IDENTITY));
  }

  @Test
  void aFactorOfAllNineChangesNothing() {
    double[] numbers = Homography.of(3, 0, 1, 0, 3, 2, 0, 0, 3).toArray();
    assertArrayEquals(new double[] {1, 0, 1 / 3.0, 0, 1, 2 / 3.0, 0, 0, 1}, numbers, 1e-15);
  }

  @Test
  void cannotBeChangedThroughItsArray() {
    TILTED.toArray()[0] = 99;
    assertEquals(1.01, TILTED.toArray()[0]);
  }

  @Test
  void findsTheFarthestCorner() {
    Homography larger = Homography.of(0, 0, 0, 1.02, 0, 0);
    assertEquals(
        0.02 * Math.hypot(100, 50), larger.cornerDistance(Homography.IDENTITY, 101, 51), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e300, -1e7})
  void refusesNumbersOutOfRange(double bad) {
    for (int i = 0; i < 8; i++) {
      double[] numbers = {1, 0, 0, 0, 1, 0, 0, 0, 1};
      numbers[i] = bad;
      var error = assertThrows(SkinSpectraException.class, () -> Homography.of(numbers));
      assertTrue(error.getMessage().contains(String.valueOf(bad)), error.getMessage());
    }
  }

  @Test
  void refusesWhatCannotBeReversed() {
    assertThrows(SkinSpectraException.class, () -> Homography.of(1, 2, 0, 2, 4, 0, 0, 0, 1));
    assertThrows(SkinSpectraException.class, () -> Homography.of(1, 0, 0, 0, 1, 0, 0, 0, 0));
    assertThrows(SkinSpectraException.class, () -> Homography.of(0, 0, 0, 0, 0, 0, 0, 0, 0));
    assertThrows(SkinSpectraException.class, () -> Homography.of(1, 0, 0, 0, 1, 0, 0, 0));
    assertThrows(SkinSpectraException.class, () -> Homography.of(0, 0, 0, 0, 0, 0));
    assertThrows(SkinSpectraException.class, () -> Homography.ofSizes(0, 1, 1, 1));
  }
}

package org.skinspectra.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.skinspectra.spectra.Wavelengths;

class BandWindowTest {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  @Test
  void holdsTheBandsFromEndToEnd() {
    assertArrayEquals(new int[] {24, 25}, new BandWindow(640, 650).in(GRID).orElseThrow());
    assertArrayEquals(new int[] {56, 57, 58}, new BandWindow(955, 980).in(GRID).orElseThrow());
  }

  @Test
  void aSingleWavelengthTakesTheNearestBandWithin5Nm() {
    assertArrayEquals(new int[] {11}, BandWindow.at(514).in(GRID).orElseThrow());
    assertTrue(BandWindow.at(514).in(Wavelengths.of(508.9, 520)).isEmpty());
    assertArrayEquals(new int[] {0}, BandWindow.at(514).in(Wavelengths.of(509, 520)).orElseThrow());
  }

  @Test
  void aWindowWithAGapOrWithoutItsEndsIsNotThere() {
    assertTrue(new BandWindow(640, 680).in(Wavelengths.of(640, 650, 670, 680)).isEmpty());
    assertTrue(new BandWindow(640, 680).in(Wavelengths.of(660, 670, 680)).isEmpty());
    assertTrue(new BandWindow(640, 680).in(Wavelengths.of(640, 650, 660)).isEmpty());
    assertTrue(new BandWindow(640, 645).in(Wavelengths.of(600, 700)).isEmpty());
  }

  @Test
  void readsAsPeopleWriteIt() {
    assertEquals("510 nm", BandWindow.at(510).toString());
    assertEquals("640–650 nm", new BandWindow(640, 650).toString());
  }
}

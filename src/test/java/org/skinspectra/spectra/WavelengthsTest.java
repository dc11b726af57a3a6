package org.skinspectra.spectra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WavelengthsTest {

  @Test
  void theChallengesGridHas61BandsWith960NmAt56() {
    assertEquals(61, Wavelengths.VIS_NIR.size());
    assertEquals(960, Wavelengths.VIS_NIR.get(56));
    assertEquals(1000, Wavelengths.VIS_NIR.last());
    assertEquals(Wavelengths.VIS_NIR, Wavelengths.parse("400:10:1000"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "400:10:1000",
        "400:2.5:405",
        "450,550.5,960",
        "960",
        "400.0001,400.0002",
        "1:1:3"
      })
  void whatAGridSaysOfItselfIsReadAsTheSameGrid(String text) {
    Wavelengths grid = Wavelengths.parse(text);
    assertEquals(text, grid.toString());
    assertEquals(grid, Wavelengths.parse(grid.toString()));
  }

  /** No text of four decimals holds a step of a seventh, so the wavelengths are listed. */
  @Test
  void unevenStepsAreListed() {
    Wavelengths grid = Wavelengths.range(400, 100.0 / 7, 500);
    assertTrue(Wavelengths.parse(grid.toString()).matches(grid), grid.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "red",
        "400:10",
        "400:10:1000:2",
        "400:0:1000",
        "400:-10:300",
        "400:10:1005",
        "500,400",
        "400,400",
        "0,10",
        "-5",
        "NaN",
        "400:NaN:500",
        "1:1e-9:1000",
        "1e9",
        "400;500"
      })
  void whatIsNoGridIsRefusedWithTheTextOrTheValue(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Wavelengths.parse(text)).getMessage();
    assertFalse(message.contains("For input string"), message);
  }

  @Test
  void theNearestBandIsFoundInsideAndBeyondTheGrid() {
    Wavelengths grid = Wavelengths.of(400, 500, 700);
    assertEquals(0, grid.nearestIndex(1));
    assertEquals(0, grid.nearestIndex(449));
    assertEquals(1, grid.nearestIndex(451));
    assertEquals(1, grid.nearestIndex(500));
    assertEquals(2, grid.nearestIndex(601));
    assertEquals(2, grid.nearestIndex(9000));
    assertEquals(1, grid.indexOf(500.005));
    assertThrows(IllegalArgumentException.class, () -> grid.indexOf(500.02));
  }

  @Test
  void gridsMatchWithinTheToleranceOfABand() {
    Wavelengths grid = Wavelengths.of(400, 500);
    assertTrue(grid.matches(Wavelengths.of(400.005, 499.995)));
    assertFalse(grid.matches(Wavelengths.of(400, 500.02)));
    assertFalse(grid.matches(Wavelengths.of(400, 500, 600)));
    assertTrue(grid.covers(Wavelengths.of(399.995, 450)));
    assertFalse(grid.covers(Wavelengths.of(399, 450)));
  }
}

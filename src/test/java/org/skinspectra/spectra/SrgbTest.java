package org.skinspectra.spectra;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;

class SrgbTest {

  @ParameterizedTest
  @ValueSource(strings = {"D65", "A", "E", "3200K"})
  void whiteIsWhiteAndGreyIsNeutralUnderAnyLight(String light) {
    Illuminant illuminant = Illuminant.named(light);
    for (Wavelengths grid :
        List.of(
            Wavelengths.VIS,
            Wavelengths.VIS_NIR,
            Wavelengths.of(390, 430, 450, 490, 530, 580, 610, 660, 705))) {
      assertArrayEquals(new int[] {255, 255, 255}, Srgb.rgb(grid, flat(grid, 1), illuminant));
      // 0.2140 is the linear value of 8-bit 127.5 (IEC 61966-2-1).
      assertArrayEquals(new int[] {127, 127, 127}, Srgb.rgb(grid, flat(grid, 0.2120), illuminant));
    }
  }

  @Test
  void namesTheColourOfCoarseBands() {
    Wavelengths grid = Wavelengths.VIS_NIR;
    double[] red = new double[grid.size()];
    Arrays.setAll(red, i -> grid.get(i) >= 610 ? 0.8 : 0.02);
    int[] rgb = Srgb.rgb(grid, red, Illuminant.d65());
    assertTrue(rgb[0] > 200 && rgb[1] < 80 && rgb[2] < 60, Arrays.toString(rgb));
  }

  @Test
  void encodesAsTheStandardSays() {
    assertEquals(0, Srgb.encode(-0.1));
    assertEquals(0, Srgb.encode(Double.NaN));
    assertEquals(255, Srgb.encode(7));
    assertEquals(188, Srgb.encode(0.5));
    assertEquals(3, Srgb.encode(0.001));
    assertEquals(0xffff00bc, Srgb.pack(1, 0, 0.5));
  }

  @Test
  void tristimulusValuesHardlyDependOnTheStep() {
    Wavelengths fine = Wavelengths.range(380, 1, 780);
    Wavelengths coarse = Wavelengths.range(380, 10, 780);
    assertArrayEquals(
        Tristimulus.of(fine, slope(fine), Illuminant.d65()),
        Tristimulus.of(coarse, slope(coarse), Illuminant.d65()),
        1e-12);
  }

  @Test
  void refusesBandsThatMissPartOfTheVisibleRange() {
    for (Wavelengths grid :
        List.of(Wavelengths.NIR, Wavelengths.range(410, 10, 700), Wavelengths.of(400, 550, 700))) {
      String message =
          assertThrows(SkinSpectraException.class, () -> Srgb.linearMatrix(grid, Illuminant.d65()))
              .getMessage();
      assertTrue(message.contains("bands from 400 to 700 nm"), message);
    }
  }

  @Test
  void refusesASpectrumOfAnotherLength() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Srgb.rgb(Wavelengths.VIS, new double[61], Illuminant.d65()));
  }

  @Test
  void labOfWhiteGreyAndBlack() {
    Wavelengths grid = Wavelengths.VIS_NIR;
    CieLab white = CieLab.of(grid, flat(grid, 1), Illuminant.d65());
    assertEquals(100, white.lightness(), 1e-9);
    assertEquals(0, white.a(), 1e-9);
    // CIE: Y = 0.18418651851244416 is L* = 50.
    CieLab grey = CieLab.of(grid, flat(grid, 0.18418651851244416), Illuminant.d65());
    assertEquals(50, grey.lightness(), 1e-9);
    assertEquals(0, grey.b(), 1e-9);
    assertEquals(0, CieLab.of(grid, flat(grid, 0), Illuminant.d65()).lightness(), 1e-9);
  }

  private static double[] flat(Wavelengths grid, double value) {
    double[] values = new double[grid.size()];
    Arrays.fill(values, value);
    return values;
  }

  private static double[] slope(Wavelengths grid) {
    return Arrays.stream(grid.toArray()).map(nm -> nm / 1000).toArray();
  }
}

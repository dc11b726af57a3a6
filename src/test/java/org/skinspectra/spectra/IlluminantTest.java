package org.skinspectra.spectra;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;

class IlluminantTest {

  /** White points as the CIE gives them (CIE 15:2018). */
  @ParameterizedTest
  @CsvSource({"D65, 0.31272, 0.32903", "A, 0.44758, 0.40745", "E, 0.33333, 0.33333"})
  void hasThePublishedWhitePoint(String name, double x, double y) {
    double[] white = Tristimulus.white(Illuminant.named(name));
    double sum = white[0] + white[1] + white[2];
    assertEquals(x, white[0] / sum, 2e-5);
    assertEquals(y, white[1] / sum, 2e-5);
    assertEquals(1, white[1], 1e-12);
  }

  @Test
  void followsTheFormulas() {
    Wavelengths grid = Wavelengths.of(400, 560, 700);
    // CIE 15:2018, table of illuminant A.
    assertArrayEquals(new double[] {14.7080, 100, 198.261}, Illuminant.a().on(grid), 2e-3);
    // Illuminant A is a black body of 2848 K × 1.4388/1.435, about 2856 K.
    assertArrayEquals(Illuminant.a().on(grid), Illuminant.planck(2855.5).on(grid), 0.02);
    assertArrayEquals(new double[] {100, 100, 100}, Illuminant.e().on(grid), 0);
  }

  @Test
  void d65IsRefusedBeyondItsTable() {
    assertEquals(60.3125, Illuminant.d65().on(Wavelengths.of(830))[0]);
    String message =
        assertThrows(SkinSpectraException.class, () -> Illuminant.d65().on(Wavelengths.VIS_NIR))
            .getMessage();
    assertTrue(message.contains("D65 is known from 300 to 830 nm, but 400 to 1000"), message);
  }

  @Test
  void isFoundByNameInAnyCase() {
    assertEquals("D65", Illuminant.named(" d65 ").name());
    assertEquals("3200K", Illuminant.named("3200 k").name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "F11", "K", "10K", "9999999K", "-3200K", "3200"})
  void refusesUnknownNames(String name) {
    assertThrows(SkinSpectraException.class, () -> Illuminant.named(name));
  }

  @Test
  void refusesAMeasuredLightThatIsNone() {
    Wavelengths grid = Wavelengths.of(400, 500);
    for (double[] bad : new double[][] {{1, -1}, {Double.NaN, 1}, {0, 0}}) {
      SpectralTable table = SpectralTable.of(grid, "relative", "lamp", bad);
      assertThrows(SkinSpectraException.class, () -> Illuminant.measured("lamp", table, "lamp"));
    }
  }
}

package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

class ChromophoresTest {

  private final SpectralTable table = Chromophores.on(Wavelengths.VIS_NIR);

  @Test
  void holdsEveryChromophoreInInverseCentimetres() {
    assertEquals("1/cm", table.unit());
    assertEquals(
        List.of("oxyhaemoglobin", "deoxyhaemoglobin", "water", "fat", "melanosome"), table.names());
  }

  @Test
  void haemoglobinsCrossNearTheirIsosbesticPoints() {
    // Prahl: isosbestic at 500, 569 and 797 nm.
    double[] difference = table.column(Chromophores.OXYHAEMOGLOBIN);
    double[] deoxy = table.column(Chromophores.DEOXYHAEMOGLOBIN);
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= deoxy[i];
    }
    for (double crossing : new double[] {500, 570, 800}) {
      int band = Wavelengths.VIS_NIR.indexOf(crossing);
      assertTrue(
          difference[band - 1] * difference[band + 1] < 0, "no crossing near " + crossing + " nm");
    }
  }

  @Test
  void waterPeaksAt970AndFatAt930() {
    assertEquals(970, peak(table.column(Chromophores.WATER)));
    assertEquals(930, peak(java.util.Arrays.copyOfRange(table.column(Chromophores.FAT), 0, 58)));
  }

  @Test
  void fatIsClearWhereItWasNotMeasured() {
    double[] fat = table.column(Chromophores.FAT);
    assertArrayEquals(new double[] {0, 0, 0, 0.08216}, java.util.Arrays.copyOf(fat, 4));
  }

  @Test
  void melanosomeFollowsThePowerLawOfJacques() {
    assertEquals(6.6e11 * Math.pow(550, -3.33), Chromophores.melanosome(550), 1e-9);
    assertEquals(
        Chromophores.melanosome(700),
        table.column(Chromophores.MELANOSOME)[Wavelengths.VIS_NIR.indexOf(700)]);
  }

  @Test
  void interpolatesBetweenTheStepsOfTheTable() {
    SpectralTable between = Chromophores.on(Wavelengths.of(545, 965));
    assertArrayEquals(
        new double[] {(285.1 + 230.4) / 2, (6.352 + 6.223) / 2},
        between.column(Chromophores.OXYHAEMOGLOBIN),
        1e-9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"390:10:1000", "400:10:1010", "380", "1100"})
  void refusesGridsOutsideTheMeasuredRange(String grid) {
    var error =
        assertThrows(SkinSpectraException.class, () -> Chromophores.on(Wavelengths.parse(grid)));
    assertTrue(error.getMessage().contains("400 to 1000 nm"), error.getMessage());
    assertTrue(error.getMessage().contains(grid), error.getMessage());
  }

  private static double peak(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return Wavelengths.VIS_NIR.get(best);
  }
}

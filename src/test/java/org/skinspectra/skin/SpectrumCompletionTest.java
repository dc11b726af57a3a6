package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.util.MathArrays;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Resampling;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

class SpectrumCompletionTest {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;
  private static final SpectrumCompletion COMPLETION = new SpectrumCompletion(1, 300);

  private static SpectralTable table(Wavelengths grid, double... values) {
    return SpectralTable.of(grid, "reflectance factor", "arm", values);
  }

  private static double[] skin(long seed) {
    return new SkinSampler(seed).spectra(1, new SkinReflectance(GRID))[0];
  }

  /** A skin on part of the grid, times 0.8 and a ramp that no simulated skin has. */
  private static double[] measured(Wavelengths part) {
    double[] values = Resampling.linear(GRID, skin(7), part);
    for (int i = 0; i < values.length; i++) {
      values[i] *= 0.8 + 0.002 * i;
    }
    return values;
  }

  @Test
  void measuredBandsKeepTheirValuesToTheLastBit() {
    Wavelengths part = Wavelengths.range(410, 10, 960);
    double[] values = measured(part);
    SpectrumCompletion.Completion completed = COMPLETION.completion(table(part, values));
    assertEquals(GRID, completed.table().wavelengths());
    assertEquals(Wavelengths.range(420, 10, 950), completed.measured());
    assertEquals("reflectance factor", completed.table().unit());
    double[] all = completed.table().column("arm");
    assertArrayEquals(Arrays.copyOfRange(values, 1, 55), Arrays.copyOfRange(all, 2, 56));
  }

  @Test
  void whatIsSaidAtTheVeryEndOfAMeasuredRangeIsNotLearned() {
    Wavelengths part = Wavelengths.range(415, 5, 950);
    double[] values = measured(part);
    double[] fallen = values.clone();
    fallen[fallen.length - 1] *= 0.5;
    assertArrayEquals(
        COMPLETION.complete(table(part, values)).column("arm"),
        COMPLETION.complete(table(part, fallen)).column("arm"));
  }

  @Test
  void theEndsOfTheWholeRangeAreMeasuredWhereASpectrumReachesThem() {
    double[] values = measured(GRID);
    SpectrumCompletion.Completion completed = COMPLETION.completion(table(GRID, values));
    assertEquals(GRID, completed.measured());
    assertArrayEquals(values, completed.table().column("arm"));
  }

  @Test
  void spectraBetweenTheBandsAreResampledAndStayWithinTheMeasuredRange() {
    Wavelengths odd = Wavelengths.range(415, 5, 747.5 + 2.5);
    double[] values = measured(odd);
    SpectrumCompletion.Completion completed = COMPLETION.completion(table(odd, values));
    assertEquals(Wavelengths.range(420, 10, 740), completed.measured());
    assertEquals(values[1], completed.table().column("arm")[2]);
  }

  @Test
  void aSkinOfTheLibraryIsCompletedByItself() {
    double[] skin = MathArrays.scale(0.6, skin(1));
    SpectrumCompletion.Completion completed =
        COMPLETION.completion(table(Wavelengths.range(400, 10, 740), Arrays.copyOf(skin, 35)));
    assertArrayEquals(skin, completed.table().column("arm"), 1e-12);
    assertEquals(0, completed.angles().get(0), 1e-7);
  }

  @Test
  void aDeviationAtTheEdgeIsCarriedOnAndFades() {
    double[] skin = skin(1);
    double[] dipped = Arrays.copyOf(skin, 35);
    for (int i = 32; i < dipped.length; i++) {
      dipped[i] *= 0.95;
    }
    double[] all =
        COMPLETION.complete(table(Wavelengths.range(400, 10, 740), dipped)).column("arm");
    double previous = 0.95;
    for (int i = 34; i < all.length; i++) {
      double factor = all[i] / skin[i];
      assertTrue(factor > previous && factor < previous + 0.005, GRID.label(i) + ": " + factor);
      previous = factor;
    }
    assertTrue(previous > 0.97, "at 1000 nm: " + previous);
  }

  @Test
  void oddSpectraGiveFiniteReflectances() {
    Wavelengths part = Wavelengths.range(400, 10, 660);
    double[] edge = new double[part.size()];
    edge[part.size() - 2] = 1.5;
    double[] white = new double[part.size()];
    Arrays.fill(white, 1.5);
    double[] falling = new double[part.size()];
    falling[0] = 1e-6;
    for (double[] odd : List.of(edge, white, falling)) {
      for (double value : COMPLETION.complete(table(part, odd)).column("arm")) {
        assertTrue(value >= 0 && value <= 1.5, value + " of " + Arrays.toString(odd));
      }
    }
  }

  @Test
  void completeTablesAreResampledOnly() {
    Wavelengths wide = Wavelengths.range(350, 5, 1050);
    double[] values = new double[wide.size()];
    Arrays.setAll(values, i -> 0.2 + 0.001 * i);
    double[] all = COMPLETION.complete(table(wide, values)).column("arm");
    assertArrayEquals(Resampling.linear(wide, values, GRID), all);
  }

  @Test
  void columnsKeepTheirOrderAndEqualSeedsTheirValues() {
    Wavelengths part = Wavelengths.range(400, 10, 740);
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("z", measured(part));
    columns.put("a", Arrays.copyOf(skin(9), part.size()));
    SpectralTable table = SpectralTable.of(part, "reflectance factor", columns);
    SpectralTable once = COMPLETION.complete(table);
    SpectralTable again = new SpectrumCompletion(1, 300).complete(table);
    assertEquals(List.of("z", "a"), once.names());
    for (String name : once.names()) {
      assertArrayEquals(once.column(name), again.column(name));
    }
  }

  @Test
  void spectraFarFromEverySkinCanBeLeftOut() {
    double[] noSkin = new double[35];
    Arrays.setAll(noSkin, i -> i % 2 == 0 ? 0.2 : 0.4);
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("checked", noSkin);
    columns.put("skin", Arrays.copyOf(skin(1), 35));
    SpectrumCompletion.Completion completed =
        COMPLETION.completion(
            SpectralTable.of(Wavelengths.range(400, 10, 740), "reflectance factor", columns));
    assertEquals(List.of("skin"), completed.within(0.03).names());
    assertArrayEquals(completed.table().column("skin"), completed.within(0.03).column("skin"));
    assertThrows(SkinSpectraException.class, () -> completed.within(-1));
  }

  @Test
  void tablesThatCannotBeCompletedAreRefusedWithTheReason() {
    refused(ones(Wavelengths.range(400, 10, 640)), "400 nm to 640 nm", "240 nm", "250 nm");
    refused(ones(Wavelengths.range(1000, 10, 1700)), "1000 nm to 1700 nm", "cover 0 nm");
    refused(ones(Wavelengths.range(1100, 10, 1700)), "cover 0 nm");
    refused(ones(Wavelengths.of(400, 500, 1000)), "between 400 nm and 500 nm", "50 nm apart");
    Wavelengths part = Wavelengths.range(400, 10, 740);
    refused(table(part, new double[35]), "'arm' is below 1.0E-6 at every wavelength");
    for (double bad : new double[] {-0.01, 1.51, 35, Double.NaN, Double.POSITIVE_INFINITY}) {
      double[] values = measured(part);
      values[3] = bad;
      refused(table(part, values), "'arm' is " + bad + " at 430 nm");
    }
    assertThrows(IllegalArgumentException.class, () -> new SpectrumCompletion(1, 0));
  }

  private static SpectralTable ones(Wavelengths grid) {
    double[] values = new double[grid.size()];
    Arrays.fill(values, 1);
    return table(grid, values);
  }

  private static void refused(SpectralTable table, String... parts) {
    String message =
        assertThrows(SkinSpectraException.class, () -> COMPLETION.complete(table)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }
}

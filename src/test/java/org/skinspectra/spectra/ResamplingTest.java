package org.skinspectra.spectra;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;

class ResamplingTest {

  private static final Wavelengths UNEVEN = Wavelengths.of(400, 403, 411, 430, 452, 460, 500);
  private static final BandShape RECTANGULAR = new BandShape.Rectangular();

  @Test
  void linearKeepsSamplesAndMeetsHalfwayBetweenThem() {
    double[] values = {0, 3, 1};
    double[] result =
        Resampling.linear(
            Wavelengths.of(400, 410, 430), values, Wavelengths.of(400, 405, 410, 425));
    assertArrayEquals(new double[] {0, 1.5, 3, 1.5}, result, 1e-12);
  }

  @Test
  void everyMethodKeepsAStraightSpectrumEvenAtTheEnds() {
    Wavelengths to = Wavelengths.range(400, 10, 500);
    double[] line = Arrays.stream(UNEVEN.toArray()).map(nm -> 0.002 * nm - 0.5).toArray();
    double[] expected = Arrays.stream(to.toArray()).map(nm -> 0.002 * nm - 0.5).toArray();
    assertArrayEquals(expected, Resampling.linear(UNEVEN, line, to), 1e-12);
    for (BandShape shape : List.of(RECTANGULAR, new BandShape.Gaussian(12))) {
      assertArrayEquals(expected, Resampling.bandIntegrating(UNEVEN, line, to, shape), 1e-12);
    }
  }

  @Test
  void rectangularBandsAverageThePiecewiseLinearSpectrumExactly() {
    double[] values = {0, 1, 0};
    double[] result =
        Resampling.bandIntegrating(
            Wavelengths.of(400, 410, 420), values, Wavelengths.of(404, 410, 416), RECTANGULAR);
    // The triangle over 401..407, 407..413 and 413..419.
    assertArrayEquals(new double[] {0.4, 0.85, 0.4}, result, 1e-12);
  }

  @Test
  void rectangularBandsOfAnUnevenGridReachToTheMidpoints() {
    double[] values = Arrays.stream(UNEVEN.toArray()).map(nm -> nm).toArray();
    double[] result =
        Resampling.bandIntegrating(UNEVEN, values, Wavelengths.of(420, 430, 450), RECTANGULAR);
    assertEquals((425.0 + 440.0) / 2, result[1], 1e-12);
  }

  @Test
  void gaussianBandsAgreeWithASumOverManySteps() {
    double[] values = {0.2, 0.9, 0.1, 0.4, 0.8, 0.3, 0.5};
    double sigma = 15 / (2 * Math.sqrt(2 * Math.log(2)));
    double sum = 0;
    double weight = 0;
    int steps = 200_000;
    for (int i = 0; i < steps; i++) {
      double z = -3 + 6 * (i + 0.5) / steps;
      double nm = 440 + z * sigma;
      double w = Math.exp(-z * z / 2);
      sum += w * Resampling.linear(UNEVEN, values, Wavelengths.of(nm))[0];
      weight += w;
    }
    double[] result =
        Resampling.bandIntegrating(UNEVEN, values, Wavelengths.of(440), new BandShape.Gaussian(15));
    assertEquals(sum / weight, result[0], 1e-9);
  }

  @Test
  void refusesToExtrapolateAndNamesBothRanges() {
    Wavelengths to = Wavelengths.range(400, 10, 510);
    double[] values = new double[UNEVEN.size()];
    for (Runnable call :
        List.<Runnable>of(
            () -> Resampling.linear(UNEVEN, values, to),
            () -> Resampling.bandIntegrating(UNEVEN, values, to, RECTANGULAR))) {
      String message = assertThrows(SkinSpectraException.class, call::run).getMessage();
      assertTrue(message.contains("covers 400 nm to 500 nm, but 400 nm to 510 nm"), message);
    }
  }

  @Test
  void refusesWrongLengthsAndWidths() {
    Wavelengths one = Wavelengths.of(450);
    assertThrows(
        IllegalArgumentException.class, () -> Resampling.linear(UNEVEN, new double[3], one));
    assertThrows(
        IllegalArgumentException.class,
        () -> Resampling.bandIntegrating(UNEVEN, new double[7], one, RECTANGULAR));
    for (double fwhm : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new BandShape.Gaussian(fwhm));
    }
  }

  /** 1000.1 - (1000.1 - 350.2) is a little less than 350.2. */
  @Test
  void aBandNarrowedToTheVeryEndOfTheSpectrumIsAveraged() {
    Wavelengths from = Wavelengths.of(350.2, 1000, 2500);
    double[] values = {0.5, 0.5, 0.5};
    double[] result =
        Resampling.bandIntegrating(
            from, values, Wavelengths.of(1000.1), new BandShape.Gaussian(900));
    assertArrayEquals(new double[] {0.5}, result, 1e-12);
  }

  @Test
  void tablesKeepUnitAndColumns() {
    SpectralTable table =
        SpectralTable.of(Wavelengths.of(400, 420), "1/cm", Map.of("a", new double[] {1, 3}));
    SpectralTable result = Resampling.linear(table, Wavelengths.of(410));
    assertEquals("1/cm", result.unit());
    assertArrayEquals(new double[] {2}, result.column("a"), 1e-12);
    assertEquals(
        List.of("a"),
        Resampling.bandIntegrating(table, Wavelengths.of(410), new BandShape.Gaussian(5)).names());
  }
}

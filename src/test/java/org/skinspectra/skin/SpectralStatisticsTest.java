package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

class SpectralStatisticsTest {

  private static final Wavelengths TWO = Wavelengths.of(500, 600);

  @Test
  void averagesSpectraAndTheirOuterProductsWithoutCentring() {
    var s = SpectralStatistics.of(TWO, new double[] {1, 2}, new double[] {3, 4});
    assertEquals(2, s.count());
    assertArrayEquals(new double[] {2, 3}, s.mean());
    assertArrayEquals(new double[] {5, 7}, s.secondMoment().getRow(0));
    assertArrayEquals(new double[] {7, 10}, s.secondMoment().getRow(1));
  }

  @Test
  void callersCannotChangeIt() {
    var s = SpectralStatistics.of(TWO, new double[] {1, 2});
    s.mean()[0] = 9;
    s.secondMoment().setEntry(0, 0, 9);
    assertEquals(1, s.mean()[0]);
    assertEquals(1, s.secondMoment().getEntry(0, 0));
  }

  @Test
  void takesEveryColumnOfEveryTableOnTheGrid() {
    var coarse =
        SpectralTable.of(Wavelengths.of(400, 600), "reflectance factor", "a", new double[] {0, 2});
    var exact = SpectralTable.of(TWO, "reflectance factor", Map.of("b", new double[] {3, 4}));
    var s = SpectralStatistics.of(TWO, List.of(coarse, exact));
    assertEquals(2, s.count());
    assertArrayEquals(new double[] {2, 3}, s.mean());
  }

  @Test
  void secondMomentsOfSampledSkinsAreSymmetricAndNotNegative() {
    var s = SpectralStatistics.ofSampledSkins(Wavelengths.VIS_NIR, 200, 7);
    var matrix = s.secondMoment();
    assertEquals(61, matrix.getRowDimension());
    assertEquals(matrix, matrix.transpose());
    for (double value : new EigenDecomposition(matrix).getRealEigenvalues()) {
      assertTrue(value > -1e-12, "eigenvalue " + value);
    }
  }

  @Test
  void refusesWhatIsNoSetOfSpectra() {
    assertThrows(SkinSpectraException.class, () -> SpectralStatistics.of(TWO));
    assertThrows(SkinSpectraException.class, () -> SpectralStatistics.of(TWO, List.of()));
    assertThrows(
        IllegalArgumentException.class, () -> SpectralStatistics.of(TWO, new double[] {1}));
    var error =
        assertThrows(
            SkinSpectraException.class,
            () -> SpectralStatistics.of(TWO, new double[] {1, 1}, new double[] {1, Double.NaN}));
    assertTrue(error.getMessage().contains("Spectrum 1 is NaN at 600 nm"), error.getMessage());
  }

  @Test
  void refusesTablesThatDoNotCoverTheGrid() {
    var narrow =
        SpectralTable.of(
            Wavelengths.of(415, 950), "reflectance factor", "cheek", new double[] {0.2, 0.5});
    assertThrows(
        SkinSpectraException.class,
        () -> SpectralStatistics.of(Wavelengths.VIS_NIR, List.of(narrow)));
  }
}

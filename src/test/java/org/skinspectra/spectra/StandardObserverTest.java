package org.skinspectra.spectra;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;

class StandardObserverTest {

  @Test
  void holdsThePublishedFunctions() {
    SpectralTable table = StandardObserver.cie1931();
    assertEquals(List.of("x", "y", "z"), table.names());
    assertEquals(Wavelengths.range(380, 5, 780), table.wavelengths());
    assertEquals(1, table.column("y")[table.wavelengths().indexOf(555)]);
    // Sums at 5 nm (CIE 15): those of equal energy white, x = y = 1/3 to four digits.
    double x = Arrays.stream(table.column("x")).sum();
    double y = Arrays.stream(table.column("y")).sum();
    double z = Arrays.stream(table.column("z")).sum();
    assertEquals(21.371, y, 5e-3);
    assertEquals(1.0 / 3, x / (x + y + z), 1e-4);
    assertEquals(1.0 / 3, y / (x + y + z), 1e-4);
  }

  @Test
  void isZeroOutsideItsRangeAndLinearWithin() {
    double[][] functions = StandardObserver.on(Wavelengths.of(300, 552.5, 790));
    assertArrayEquals(new double[] {0, (0.9949501 + 1) / 2, 0}, functions[1], 1e-12);
  }

  @Test
  void canonicalWeightsSumToOneAndVanishBeyondTheObserver() {
    for (Wavelengths grid : List.of(Wavelengths.VIS, Wavelengths.VIS_NIR)) {
      for (double[] channel : StandardObserver.canonicalWeights(grid)) {
        assertEquals(1, Arrays.stream(channel).sum(), 1e-12);
      }
    }
    double[][] weights = StandardObserver.canonicalWeights(Wavelengths.VIS_NIR);
    // 600 nm is the 10 nm band of greatest red weight, 1.0622 of 10.678 in all (to 780 nm).
    assertEquals(1.0622 / 10.678, weights[0][20], 1e-6);
    assertTrue(weights[0][38] > 0);
    assertEquals(0, weights[0][39]);
  }

  @Test
  void canonicalWeightsNeedVisibleBands() {
    String message =
        assertThrows(
                SkinSpectraException.class,
                () -> StandardObserver.canonicalWeights(Wavelengths.range(800, 10, 1000)))
            .getMessage();
    assertTrue(message.contains("800:10:1000"), message);
  }
}

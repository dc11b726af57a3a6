package org.skinspectra.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;

class RoiSpectrumTest {

  private static final float NAN = Float.NaN;
  private static final SpectralCube CUBE =
      Cubes.ofSpectra(
          new float[] {1, 1, NAN, NAN},
          new float[] {2, NAN, NAN, Float.NEGATIVE_INFINITY},
          new float[] {4, 5, 7, NAN},
          new float[] {99, 99, 99, 99});
  private static final Mask FIRST_THREE = new Mask(4, 1, new float[] {1, 0.6f, 1, 0.5f});

  @Test
  void holdsMeanSampleDeviationAndCountOfEachBand() {
    RoiSpectrum roi = RoiSpectrum.measure("cheek", CUBE, FIRST_THREE);
    assertEquals("cheek", roi.name());
    assertEquals(CUBE.wavelengths(), roi.wavelengths());
    assertEquals(7.0 / 3, roi.mean()[0], 1e-12);
    assertEquals(Math.sqrt(7.0 / 3), roi.sd()[0], 1e-12);
    assertEquals(3, roi.n()[0]);
  }

  @Test
  void valuesThatAreNotFiniteAreLeftOutOfTheirBand() {
    RoiSpectrum roi = RoiSpectrum.measure("cheek", CUBE, FIRST_THREE);
    assertArrayEquals(new int[] {3, 2, 1, 0}, roi.n());
    assertArrayEquals(new double[] {7.0 / 3, 3, 7, Double.NaN}, roi.mean(), 1e-12);
    assertEquals(Math.sqrt(8), roi.sd()[1], 1e-12);
  }

  @Test
  void aSpreadNeedsTwoValues() {
    double[] sd = RoiSpectrum.measure("cheek", CUBE, FIRST_THREE).sd();
    assertEquals(Double.NaN, sd[2]);
    assertEquals(Double.NaN, sd[3]);
  }

  @Test
  void aRegionWithoutPixelsIsRefusedByName() {
    String message =
        assertThrows(
                SkinSpectraException.class,
                () -> RoiSpectrum.measure("chin", CUBE, new Mask(4, 1, new float[4])))
            .getMessage();
    assertTrue(message.contains("'chin' holds no pixel"), message);
  }

  @Test
  void aMaskOfAnotherSizeIsRefused() {
    assertThrows(
        SkinSpectraException.class, () -> RoiSpectrum.measure("chin", CUBE, Mask.all(2, 2)));
  }
}

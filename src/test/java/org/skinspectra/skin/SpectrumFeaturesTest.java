package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.skinspectra.spectra.CieLab;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.Wavelengths;

class SpectrumFeaturesTest {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  private static double[] typical() {
    return new SkinReflectance(GRID).of(SkinParameters.typical());
  }

  @Test
  void typicalSkinHasItsDipsWhereHaemoglobinAndWaterAbsorb() {
    SpectrumFeatures features = SpectrumFeatures.of(typical(), GRID);
    assertEquals(542, features.betaNm(), 6);
    assertEquals(577, features.alphaNm(), 6);
    assertEquals(965, features.waterNm(), 10);
    assertEquals(typical()[55] / typical()[50], features.infraredRatio());
    CieLab lab = CieLab.of(GRID, typical(), Illuminant.d65());
    double ita = Math.toDegrees(Math.atan((lab.lightness() - 50) / lab.b()));
    assertEquals(ita, features.ita(), 1e-9);
  }

  @Test
  void dipsBetweenBandsAreFoundBetweenThem() {
    double[] spectrum = new double[GRID.size()];
    Arrays.setAll(
        spectrum, i -> Math.exp(-1 - 0.2 * Math.exp(-Math.pow((GRID.get(i) - 973) / 25, 2))));
    assertEquals(973, SpectrumFeatures.of(spectrum, GRID).waterNm(), 1);
  }

  @Test
  void aFlatSpectrumHasNoDipAndNoTone() {
    double[] grey = new double[GRID.size()];
    Arrays.fill(grey, 0.5);
    SpectrumFeatures features = SpectrumFeatures.of(grey, GRID);
    assertTrue(Double.isNaN(features.betaNm()));
    assertTrue(Double.isNaN(features.alphaNm()));
    assertTrue(Double.isNaN(features.waterNm()));
    assertEquals(1, features.infraredRatio());
  }

  @Test
  void whatWasNotMeasuredHasNoFeature() {
    SpectrumFeatures visible = SpectrumFeatures.of(typical(), Wavelengths.range(420, 10, 740));
    assertTrue(Double.isNaN(visible.waterNm()));
    assertTrue(Double.isNaN(visible.infraredRatio()));
    assertFalse(Double.isNaN(visible.ita()));
    SpectrumFeatures red = SpectrumFeatures.of(typical(), Wavelengths.range(570, 10, 1000));
    assertTrue(Double.isNaN(red.betaNm()));
    assertTrue(Double.isNaN(red.alphaNm()));
    assertTrue(Double.isNaN(red.ita()));
    assertFalse(Double.isNaN(red.waterNm()));
  }

  @Test
  void blackSpectraAndOtherLengthsDoNotPassForSkin() {
    SpectrumFeatures black = SpectrumFeatures.of(new double[GRID.size()], GRID);
    assertTrue(Double.isNaN(black.betaNm()));
    assertTrue(Double.isNaN(black.infraredRatio()));
    assertThrows(IllegalArgumentException.class, () -> SpectrumFeatures.of(new double[31], GRID));
  }
}

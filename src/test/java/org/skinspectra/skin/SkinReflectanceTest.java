package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skinspectra.skin.SkinParameter.BLOOD_FRACTION;
import static org.skinspectra.skin.SkinParameter.DERMIS_THICKNESS;
import static org.skinspectra.skin.SkinParameter.EPIDERMIS_THICKNESS;
import static org.skinspectra.skin.SkinParameter.MELANOSOME_FRACTION;
import static org.skinspectra.skin.SkinParameter.OXYGEN_SATURATION;
import static org.skinspectra.skin.SkinParameter.SURFACE_REFLECTION;
import static org.skinspectra.skin.SkinParameter.VESSEL_RADIUS;
import static org.skinspectra.skin.SkinParameter.WATER_FRACTION;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Wavelengths;

class SkinReflectanceTest {

  private final SkinReflectance optics = new SkinReflectance(Wavelengths.VIS_NIR);
  private final SkinParameters typical = SkinParameters.typical();

  @Test
  void moreMelaninIsDarkerAtEveryBand() {
    assertFalling(MELANOSOME_FRACTION, 0.003, 0.01, 0.03, 0.1, 0.3);
  }

  @Test
  void aThickerEpidermisIsDarkerWhereMelanosomesAbsorbMost() {
    SkinParameters thick = typical.with(EPIDERMIS_THICKNESS, 120);
    double[] thin = optics.of(typical.with(EPIDERMIS_THICKNESS, 60));
    double[] thicker = optics.of(thick);
    for (int band = 0; band < optics.wavelengths().indexOf(700); band++) {
      assertTrue(thicker[band] < thin[band], optics.wavelengths().label(band));
    }
  }

  @Test
  void moreBloodDeepensTheHaemoglobinBandsAt542And577() {
    Wavelengths fine = Wavelengths.of(500, 542, 560, 577, 650);
    SkinReflectance at = new SkinReflectance(fine);
    double depth542 = 0;
    double depth577 = 0;
    for (double blood : new double[] {0.002, 0.005, 0.01, 0.02, 0.04}) {
      double[] r =
          at.of(
              SkinParameters.of(
                  Map.of(BLOOD_FRACTION, blood, OXYGEN_SATURATION, 0.95, VESSEL_RADIUS, 4.0)));
      double now542 = 1 - r[1] / r[4];
      double now577 = 1 - r[3] / r[4];
      assertTrue(now542 > depth542 && now577 > depth577, "at blood fraction " + blood);
      depth542 = now542;
      depth577 = now577;
    }
  }

  @Test
  void moreWaterDeepensTheDipAt970() {
    double last = 0;
    for (double water : new double[] {0.3, 0.5, 0.6, 0.75, 0.9}) {
      double depth = SkinFeatures.waterDip(optics.of(typical.with(WATER_FRACTION, water)));
      assertTrue(depth > last, "at water fraction " + water);
      last = depth;
    }
  }

  @Test
  void oxygenatedBloodHasTwoBandsAndDeoxygenatedBloodOne() {
    SkinReflectance visible = new SkinReflectance(Wavelengths.range(530, 1, 590));
    double[] oxy = visible.of(typical.with(OXYGEN_SATURATION, 1));
    double[] deoxy = visible.of(typical.with(OXYGEN_SATURATION, 0));
    assertEquals(2, SkinFeatures.localMinima(oxy));
    assertEquals(1, SkinFeatures.localMinima(deoxy));
  }

  @Test
  void desaturatedBloodReflectsLessRedAndMoreInfrared() {
    double[] arterial = optics.of(typical.with(OXYGEN_SATURATION, 0.98));
    double[] venous = optics.of(typical.with(OXYGEN_SATURATION, 0.4));
    assertTrue(venous[at(660)] < arterial[at(660)]);
    assertTrue(venous[at(900)] > arterial[at(900)]);
  }

  @Test
  void wideVesselsHideTheirBlood() {
    double narrow = optics.of(typical.with(VESSEL_RADIUS, 0))[at(420)];
    double tiny = optics.of(typical.with(VESSEL_RADIUS, 1e-6))[at(420)];
    double wide = optics.of(typical.with(VESSEL_RADIUS, 40))[at(420)];
    assertEquals(narrow, tiny, 1e-6);
    assertTrue(wide > narrow);
  }

  @Test
  void surfaceReflectionAddsTheFresnelReflectionOfSkinEvenly() {
    double[] without = optics.of(typical.with(SURFACE_REFLECTION, 0));
    double[] with = optics.of(typical.with(SURFACE_REFLECTION, 1));
    for (int band = 0; band < with.length; band++) {
      // ((1.4 - 1)/(1.4 + 1))²
      assertEquals(1 / 36.0, with[band] - without[band], 1e-12);
    }
  }

  @Test
  void aClearEpidermisOnThickDermisReflectsAsTheDermisAlone() {
    SkinParameters thick = typical.with(DERMIS_THICKNESS, 100).with(BLOOD_FRACTION, 0);
    double[] thin = optics.of(thick.with(MELANOSOME_FRACTION, 0).with(EPIDERMIS_THICKNESS, 1));
    double[] same = optics.of(thick.with(MELANOSOME_FRACTION, 0).with(EPIDERMIS_THICKNESS, 2000));
    assertArrayEquals(thin, same, 1e-9);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1})
  void extremeParametersStillReflectBetweenNothingAndEverything(double end) {
    for (SkinParameter p : SkinParameter.values()) {
      SkinParameters skin = typical.with(p, p.min() + end * (p.max() - p.min()));
      for (double r : optics.of(skin)) {
        assertTrue(r >= 0 && r <= 1, p.label() + ": " + r);
      }
    }
  }

  @Test
  void nothingAbsorbingReflectsAsMuchAsTheSurfaceLetsPass() {
    SkinParameters white =
        SkinParameters.of(
            Map.of(
                MELANOSOME_FRACTION,
                0.0,
                BLOOD_FRACTION,
                0.0,
                WATER_FRACTION,
                0.0,
                SkinParameter.BASELINE_ABSORPTION,
                0.0,
                DERMIS_THICKNESS,
                100.0,
                SURFACE_REFLECTION,
                1.0));
    double r = optics.of(white)[at(420)];
    assertTrue(r > 0.99 && r <= 1 + 1e-12, "reflectance " + r);
  }

  @Test
  void aBandIsTheSameOnEveryGridThatHoldsIt() {
    double[] coarse = new SkinReflectance(Wavelengths.of(550, 960)).of(typical);
    double[] all = optics.of(typical);
    assertArrayEquals(new double[] {all[at(550)], all[at(960)]}, coarse);
  }

  @Test
  void refusesWavelengthsWithoutOptics() {
    assertThrows(
        SkinSpectraException.class, () -> new SkinReflectance(Wavelengths.range(380, 10, 780)));
    assertThrows(
        SkinSpectraException.class, () -> new SkinReflectance(Wavelengths.range(900, 10, 1100)));
  }

  private void assertFalling(SkinParameter parameter, double... values) {
    double[] last = optics.of(typical.with(parameter, values[0]));
    for (int i = 1; i < values.length; i++) {
      double[] now = optics.of(typical.with(parameter, values[i]));
      for (int band = 0; band < now.length; band++) {
        assertTrue(
            now[band] < last[band],
            parameter.label() + " " + values[i] + " at " + optics.wavelengths().label(band));
      }
      last = now;
    }
  }

  private int at(double nm) {
    return optics.wavelengths().indexOf(nm);
  }
}

package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.skinspectra.spectra.Wavelengths;

/**
 * Simulated skins against what was measured: 70 forearms (NIST, Cooksey et al. 2017), 47 cheeks
 * (HySpex, Skauli and Farrell 2013), 500 spectra of all tones (Xiao et al. 2016).
 */
class SkinSamplerTest {

  private static final double[][] SPECTRA =
      new SkinSampler(11).spectra(2000, new SkinReflectance(Wavelengths.VIS_NIR));

  @Test
  void everySkinIsPlausible() {
    SkinSampler sampler = new SkinSampler(5);
    for (int i = 0; i < 2000; i++) {
      SkinParameters skin = sampler.next();
      for (SkinParameter p : SkinParameter.values()) {
        assertTrue(
            skin.get(p) >= p.plausibleMin() && skin.get(p) <= p.plausibleMax(), skin.toString());
      }
    }
  }

  @Test
  void aSeedFixesTheSkinsBitByBit() {
    assertEquals(new SkinSampler(2).next(), new SkinSampler(2).next());
    assertNotEquals(new SkinSampler(2).next(), new SkinSampler(3).next());
    SkinReflectance optics = new SkinReflectance(Wavelengths.of(420, 550, 960));
    SkinSampler sampler = new SkinSampler(2);
    double[] first = sampler.spectra(1, optics)[0];
    assertArrayEquals(first, new SkinSampler(2).spectra(1, optics)[0]);
    assertNotEquals(first[0], sampler.spectra(1, optics)[0][0]);
    // Recorded once, so that a platform or library that draws otherwise is noticed.
    assertArrayEquals(
        new double[] {0.08121859578522923, 0.16747761417036636, 0.4642866817430143}, first);
  }

  @Test
  void refusesToDrawFewerThanNone() {
    SkinReflectance optics = new SkinReflectance(Wavelengths.VIS_NIR);
    assertEquals(0, new SkinSampler(1).spectra(0, optics).length);
    assertThrows(IllegalArgumentException.class, () -> new SkinSampler(1).spectra(-1, optics));
  }

  @Test
  void tonesAt550SpreadAsWideAsTheMeasuredOnes() {
    // Measured extremes: 0.0745 (Xiao) and 0.416 (NIST); medians 0.23 (cheeks) to 0.33 (forearms).
    double[] r550 = feature(s -> SkinFeatures.at(s, 550));
    assertTrue(StatUtils.percentile(r550, 2) < 0.0745);
    assertTrue(StatUtils.percentile(r550, 98) > 0.416);
    assertBetween(0.2, 0.35, StatUtils.percentile(r550, 50));
  }

  @Test
  void nearInfraredIsBrightForAllTones() {
    // Measured at 800 nm: 0.40 to 0.69.
    double[] r800 = feature(s -> SkinFeatures.at(s, 800));
    assertTrue(StatUtils.percentile(r800, 5) < 0.45);
    assertTrue(StatUtils.percentile(r800, 95) > 0.68);
    assertBetween(0.5, 0.65, StatUtils.percentile(r800, 50));
  }

  @Test
  void waterDipAt970CoversTheMeasuredDepths() {
    // Forearms: 3.6 % to 7.7 % below the line from 900 to 1000 nm, median 5.7 %.
    double[] depth = feature(SkinFeatures::waterDip);
    assertTrue(StatUtils.min(depth) < 0.036);
    assertBetween(0.05, 0.07, StatUtils.percentile(depth, 50));
    assertBetween(0.077, 0.11, StatUtils.percentile(depth, 99));
  }

  @Test
  void the950To900RatioCoversFacesAndForearms() {
    // Faces 0.82 to 0.89 about 0.845, forearms 0.88 to 0.95 about 0.91.
    double[] ratio = feature(s -> SkinFeatures.at(s, 950) / SkinFeatures.at(s, 900));
    assertTrue(StatUtils.percentile(ratio, 10) < 0.85);
    assertTrue(StatUtils.percentile(ratio, 90) > 0.91);
    assertBetween(0.85, 0.91, StatUtils.percentile(ratio, 50));
  }

  @Test
  void wellPerfusedLightSkinsHaveHaemoglobinDipsAt542And577() {
    SkinReflectance fine = new SkinReflectance(Wavelengths.range(520, 1, 600));
    SkinSampler sampler = new SkinSampler(4);
    int seen = 0;
    for (int i = 0; i < 500; i++) {
      SkinParameters skin = sampler.next();
      if (skin.get(SkinParameter.OXYGEN_SATURATION) > 0.8
          && skin.get(SkinParameter.BLOOD_FRACTION) > 0.01
          && skin.get(SkinParameter.MELANOSOME_FRACTION) < 0.015) {
        double[] r = fine.of(skin);
        assertBetween(540, 550, minimumNm(r, 530, 560));
        assertBetween(570, 580, minimumNm(r, 565, 590));
        seen++;
      }
    }
    assertTrue(seen > 30, seen + " such skins");
  }

  private static double minimumNm(double[] r, int from, int to) {
    int best = from;
    for (int nm = from; nm <= to; nm++) {
      best = r[nm - 520] < r[best - 520] ? nm : best;
    }
    return best;
  }

  private static double[] feature(ToDoubleFunction<double[]> of) {
    return Arrays.stream(SPECTRA).mapToDouble(of).toArray();
  }

  private static void assertBetween(double low, double high, double value) {
    assertTrue(value >= low && value <= high, value + " is not within " + low + " to " + high);
  }
}

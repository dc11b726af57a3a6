package org.skinspectra.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.skin.Chromophores;
import org.skinspectra.skin.SkinParameter;
import org.skinspectra.skin.SkinParameters;
import org.skinspectra.skin.SkinReflectance;
import org.skinspectra.skin.SkinSampler;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

class SkinIndicesTest {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;
  private static final SkinIndices INDICES = SkinIndices.discover();

  /** A spectrum of reflectance 0.1, absorbance 1, but for some wavelengths. */
  private static double[] absorbance(Map<Integer, Double> others) {
    double[] reflectance = new double[GRID.size()];
    for (int band = 0; band < reflectance.length; band++) {
      double a = others.getOrDefault((int) Math.rint(GRID.get(band)), 1.0);
      reflectance[band] = Math.pow(10, -a);
    }
    return reflectance;
  }

  private static double value(String key, double[] reflectance) {
    return INDICES.named(key).get(0).on(GRID).applyAsDouble(reflectance);
  }

  private static Map<Integer, Double> window(int first, int last, double absorbance) {
    Map<Integer, Double> bands = new TreeMap<>();
    for (int nm = first; nm <= last; nm += 10) {
      bands.put(nm, absorbance);
    }
    return bands;
  }

  @Test
  void erythemaWeighsTheFiveBandsAsDawsonDoes() {
    double[] spectrum = absorbance(Map.of(510, 0.5, 540, 0.8, 560, 0.7, 580, 0.9, 610, 0.3));
    // 0.7 + 1.5·(0.8 + 0.9) − 2·(0.5 + 0.3) = 1.65
    assertEquals(165, value("erythema", spectrum), 1e-9);
  }

  @Test
  void aFlatSpectrumHasNoErythemaAndTheOffsetOfMelanin() {
    assertEquals(0, value("erythema", absorbance(Map.of())), 1e-9);
    assertEquals(1.5, value("melanin", absorbance(Map.of())), 1e-9);
  }

  @Test
  void melaninIsTheFallOfAbsorbanceInTheRed() {
    double[] spectrum = absorbance(Map.of(640, 0.5, 650, 0.4, 690, 0.3, 700, 0.2, 710, 0.1));
    assertEquals(100 * (0.45 - 0.2 + 0.015), value("melanin", spectrum), 1e-9);
  }

  @Test
  void theTypologyAngleIsThatOfSkinTone() {
    double[] skin = new SkinReflectance(GRID).of(SkinParameters.typical());
    assertEquals(SkinTone.typologyAngle(GRID, skin).orElseThrow(), value("ita", skin), 1e-9);
  }

  @Test
  void theTypologyAngleOfASurfaceThatIsNotYellowHasNoValue() {
    double[] blue = new double[GRID.size()];
    for (int band = 0; band < blue.length; band++) {
      blue[band] = GRID.get(band) < 500 ? 0.8 : 0.2;
    }
    assertEquals(Double.NaN, value("ita", blue));
  }

  @Test
  void tissueIndicesAreRatiosOfMeanAbsorbances() {
    Map<Integer, Double> bands = window(660, 730, 0.5);
    bands.putAll(window(530, 590, 0.9));
    bands.putAll(window(790, 820, 0.3));
    bands.putAll(window(830, 920, 0.4));
    bands.putAll(window(960, 980, 0.6));
    // 880 to 900 nm keep the 0.4 of the window before them.
    double[] spectrum = absorbance(bands);
    assertEquals(0.4 / 0.5 / 1.9, value("nir", spectrum), 1e-9);
    assertEquals((3 - 1.3) / 1.7, value("thi", spectrum), 1e-9);
    assertEquals((1.5 - 0.4) / 1.6, value("twi", spectrum), 1e-9);
  }

  @Test
  void aRatioOverReflectanceOfAWhiteHasNoValue() {
    double[] white = new double[GRID.size()];
    Arrays.fill(white, 1);
    for (String key : List.of("nir", "thi", "twi")) {
      assertEquals(Double.NaN, value(key, white), key);
    }
  }

  @Test
  void theWaterBandIsMeasuredBelowItsContinuum() {
    double[] spectrum = absorbance(Map.of());
    spectrum[GRID.indexOf(900)] = 0.6;
    spectrum[GRID.indexOf(970)] = 0.4;
    spectrum[GRID.indexOf(1000)] = 0.5;
    // 0.3·0.6 + 0.7·0.5 = 0.53
    assertEquals(1 - 0.4 / 0.53, value("water970", spectrum), 1e-9);
  }

  @Test
  void theFitFindsWhatASpectrumIsMadeOf() {
    double[] spectrum = mixed(7, 3, 5, 0.2);
    assertEquals(7, value("hbo2", spectrum), 1e-6);
    assertEquals(3, value("hb", spectrum), 1e-6);
    assertEquals(5, value("melanosomes", spectrum), 1e-6);
    assertEquals(70, value("sto2", spectrum), 1e-6);
  }

  @Test
  void theFitIsBlindToShadingAndToHighlights() {
    double[] spectrum = mixed(7, 3, 5, -0.3);
    assertEquals(70, value("sto2", spectrum), 1e-6);
  }

  @Test
  void aChromophoreIsNeverNegative() {
    // Less than no deoxygenated blood: the weight goes to 0 and the others fit as they can.
    double[] spectrum = mixed(7, -1, 5, 0.2);
    assertEquals(0, value("hb", spectrum));
    assertEquals(100, value("sto2", spectrum), 1e-9);
  }

  @Test
  void saturationWithoutBloodHasNoValue() {
    assertEquals(Double.NaN, value("sto2", mixed(0, 0, 5, 0.2)), 1e-6);
  }

  private static double[] mixed(double oxy, double deoxy, double melanosomes, double offset) {
    SpectralTable table = Chromophores.on(GRID);
    double[] spectrum = new double[GRID.size()];
    for (int band = 0; band < spectrum.length; band++) {
      double perCm =
          oxy * table.column(Chromophores.OXYHAEMOGLOBIN)[band]
              + deoxy * table.column(Chromophores.DEOXYHAEMOGLOBIN)[band]
              + melanosomes * table.column(Chromophores.MELANOSOME)[band];
      spectrum[band] = Math.exp(-perCm * 1e-4) * Math.pow(10, -offset);
    }
    return spectrum;
  }

  @Test
  void saturationAndMelaninOfSimulatedSkinsFollowTheTruth() {
    SkinReflectance optics = new SkinReflectance(GRID);
    SkinSampler sampler = new SkinSampler(1);
    int n = 300;
    double[][] found = new double[2][n];
    double[][] truth = new double[2][n];
    for (int i = 0; i < n; i++) {
      SkinParameters skin = sampler.next();
      double[] reflectance = optics.of(skin);
      found[0][i] = value("sto2", reflectance);
      truth[0][i] = skin.get(SkinParameter.OXYGEN_SATURATION);
      found[1][i] = value("melanosomes", reflectance);
      truth[1][i] =
          skin.get(SkinParameter.MELANOSOME_FRACTION) * skin.get(SkinParameter.EPIDERMIS_THICKNESS);
    }
    SpearmansCorrelation rank = new SpearmansCorrelation();
    assertTrue(rank.correlation(found[0], truth[0]) > 0.7);
    assertTrue(rank.correlation(found[1], truth[1]) > 0.9);
  }

  @Test
  void reflectanceThatIsZeroNegativeOrNotFiniteHasNoValue() {
    double[] skin = new SkinReflectance(GRID).of(SkinParameters.typical());
    for (SkinIndex index : INDICES.all()) {
      String key = index.description().key();
      assertTrue(Double.isFinite(value(key, skin)), key);
      for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
        double[] damaged = new double[skin.length];
        Arrays.fill(damaged, bad);
        assertEquals(Double.NaN, value(key, damaged), key + " of " + bad);
      }
      double[] black = new double[skin.length];
      assertEquals(Double.NaN, value(key, black), key + " of 0");
      double[] negative = Arrays.stream(skin).map(v -> -v).toArray();
      if (!key.equals("ita")) {
        assertEquals(Double.NaN, value(key, negative), key + " of negative values");
      }
    }
  }

  @Test
  void aCubeWithoutTheBandsOfAnIndexIsRefusedWithBoth() {
    for (SkinIndex index : INDICES.all()) {
      Wavelengths rgb = Wavelengths.of(450, 550.5, 750);
      String message = assertThrows(SkinSpectraException.class, () -> index.on(rgb)).getMessage();
      assertTrue(message.startsWith(index.description().name() + " needs bands at "), message);
      assertTrue(message.contains("450,550.5,750"), message);
    }
    String message =
        assertThrows(
                SkinSpectraException.class,
                () -> INDICES.named("erythema").get(0).on(Wavelengths.range(400, 10, 600)))
            .getMessage();
    assertTrue(message.contains("so lacks 610 nm"), message);
  }

  @Test
  void bandsOfAnotherGridServeWhereTheyAreNear() {
    Wavelengths finer = Wavelengths.range(400, 2.5, 1000);
    double[] flat = new double[finer.size()];
    Arrays.fill(flat, 0.1);
    assertEquals(1.5, INDICES.named("melanin").get(0).on(finer).applyAsDouble(flat), 1e-9);
  }

  @Test
  void indicesAreNamedOnceEachInTheOrderAskedFor() {
    assertEquals(
        List.of(
            "erythema",
            "melanin",
            "ita",
            "hbo2",
            "hb",
            "melanosomes",
            "sto2",
            "nir",
            "thi",
            "twi",
            "water970"),
        INDICES.keys());
    assertEquals(
        List.of("sto2", "melanin"),
        INDICES.named(" StO2, melanin ,sto2").stream().map(i -> i.description().key()).toList());
    assertEquals(INDICES.all(), INDICES.named("all"));
  }

  @Test
  void anIndexThatDoesNotExistIsRefusedWithThoseThatDo() {
    for (String wrong : List.of("redness", "", " , ")) {
      String message =
          assertThrows(SkinSpectraException.class, () -> INDICES.named(wrong)).getMessage();
      assertTrue(message.contains("erythema, melanin, ita"), message);
    }
  }

  @Test
  void everyIndexSaysWhatItIs() {
    for (SkinIndex index : INDICES.all()) {
      SkinIndex.Description about = index.description();
      assertTrue(about.key().matches("[a-z0-9]+"), about.key());
      assertFalse(about.formula().isBlank());
      assertFalse(about.source().isBlank());
      assertFalse(about.unit().isBlank());
    }
  }
}

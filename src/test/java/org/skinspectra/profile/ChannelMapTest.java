package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

class ChannelMapTest {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;
  private static final SpectralResponse CANONICAL = SpectralResponse.canonical(GRID);
  private static final SpectralResponse CAMERA =
      CameraProfiles.named("generic-silicon-rgb-960").response(GRID);
  private static final SpectralTable SEEN = Profiles.reflectances(80, 1);
  private static final SpectralTable UNSEEN = Profiles.reflectances(80, 2);

  @ParameterizedTest
  @ValueSource(strings = {CanonicalMap.KIND, RootPolynomialMap.KIND})
  void whiteAndGreyAreKept(String kind) {
    for (double noise : new double[] {0, 0.01, 1}) {
      ChannelMap map = ChannelMap.fit(kind, CAMERA, CANONICAL, SEEN, noise);
      for (double grey : new double[] {0, 1e-6, 0.2, 1, 7}) {
        double[] all = {grey, grey, grey, grey};
        assertArrayEquals(all, map.apply(all), 1e-9 * Math.max(grey, 1));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {CanonicalMap.KIND, RootPolynomialMap.KIND})
  void twiceTheExposureGivesTwiceTheResult(String kind) {
    ChannelMap map = ChannelMap.fit(kind, CAMERA, CANONICAL, SEEN, 0);
    double[] pixel = {0.4, 0.3, 0.2, 0.6};
    double[] once = map.apply(pixel);
    double[] twice = map.apply(Arrays.stream(pixel).map(v -> 2 * v).toArray());
    assertArrayEquals(Arrays.stream(once).map(v -> 2 * v).toArray(), twice, 1e-12);
  }

  @Test
  void theTermsAreThoseOfTheRootPolynomialOfDegreeTwo() {
    double[][] rows = new double[4][7];
    for (int c = 0; c < 4; c++) {
      rows[c][3 + c] = 1;
    }
    ChannelMap map = RootPolynomialMap.of(rows, 0);
    assertArrayEquals(
        new double[] {Math.sqrt(4 * 9), Math.sqrt(9 * 25), Math.sqrt(4 * 25), 7},
        map.apply(new double[] {4, 9, 25, 7}),
        1e-12);
  }

  @Test
  void channelsBelowZeroCountAsZeroWithinARoot() {
    double[][] rows = new double[4][7];
    for (double[] row : rows) {
      row[0] = 0.5;
      row[3] = 0.5;
    }
    ChannelMap map = RootPolynomialMap.of(rows, 0);
    assertEquals(-0.05, map.apply(new double[] {-0.1, -0.4, 0, 0})[0], 1e-12);
    assertEquals(0.05, map.apply(new double[] {0.1, -0.4, 0, 0})[0], 1e-12);
  }

  @Test
  void withoutNoiseMoreTermsNeverFitWorse() {
    double linear = CanonicalMap.fit(CAMERA, CANONICAL, SEEN).residualRms();
    double root = RootPolynomialMap.fit(CAMERA, CANONICAL, SEEN, 0).residualRms();
    assertTrue(root <= linear, root + " > " + linear);
  }

  @ParameterizedTest
  @ValueSource(strings = {CanonicalMap.KIND, RootPolynomialMap.KIND})
  void theResidualIsTheErrorOverTheSpectra(String kind) {
    ChannelMap map = ChannelMap.fit(kind, CAMERA, CANONICAL, SEEN, 0.01);
    assertEquals(error(map, SEEN, 0), map.residualRms(), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(strings = {CanonicalMap.KIND, RootPolynomialMap.KIND})
  void aMapFittedForNoiseErrsLessInNoiseOnSpectraThatItNeverSaw(String kind) {
    ChannelMap plain = ChannelMap.fit(kind, CAMERA, CANONICAL, SEEN, 0);
    ChannelMap careful = ChannelMap.fit(kind, CAMERA, CANONICAL, SEEN, 0.03);
    double plainError = error(plain, UNSEEN, 0.03);
    double carefulError = error(careful, UNSEEN, 0.03);
    assertTrue(carefulError < 0.98 * plainError, carefulError + " against " + plainError);
    assertTrue(careful.residualRms() >= plain.residualRms());
  }

  /** Expected error = squared bias + Σ σ² (Σ m ∂x)², so no small step away may lower it. */
  @Test
  void noOtherLinearMapThatKeepsWhiteErrsLessInNoise() {
    double noise = 0.03;
    double[][] matrix = CanonicalMap.fit(CAMERA, CANONICAL, SEEN, noise).matrix();
    double best = expected(matrix, noise);
    for (int c = 0; c < 4; c++) {
      for (int from = 0; from < 4; from++) {
        for (int to = 0; to < 4; to++) {
          double[][] moved = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
          moved[c][from] -= 0.01;
          moved[c][to] += 0.01;
          assertTrue(expected(moved, noise) >= best - 1e-15);
        }
      }
    }
  }

  private static double expected(double[][] matrix, double noise) {
    double sum = 0;
    for (String name : SEEN.names()) {
      double[] seen = CAMERA.capture(SEEN.column(name));
      double[] wanted = CANONICAL.capture(SEEN.column(name));
      for (int c = 0; c < 4; c++) {
        double error = -wanted[c];
        for (int i = 0; i < 4; i++) {
          error += matrix[c][i] * seen[i];
          sum += matrix[c][i] * matrix[c][i] * noise * noise * seen[i];
        }
        sum += error * error;
      }
    }
    return sum;
  }

  /** Few spectra without any order: 960 nm says nothing of the visible, but seems to. */
  @Test
  void channelsThatDoNotHelpAreLeftOut() {
    SpectralTable few = randomSpectra(10, 8);
    CanonicalMap all = CanonicalMap.fit(CAMERA, CANONICAL, few);
    CanonicalMap chosen = CanonicalMap.fit(CAMERA, CANONICAL, few, 0);
    assertTrue(
        IntStream.range(0, 3).anyMatch(c -> chosen.matrix()[c][3] == 0),
        Arrays.deepToString(chosen.matrix()));
    SpectralTable others = randomSpectra(300, 9);
    double chosenError = error(chosen, others, 0);
    double allError = error(all, others, 0);
    assertTrue(chosenError < allError, chosenError + " against " + allError);
  }

  @Test
  void theExpectedErrorIsThatOfLeavingOutEachSpectrum() {
    RandomGenerator random = new Well19937c(6);
    double[][] terms = new double[9][3];
    double[][] wanted = new double[9][1];
    for (int i = 0; i < terms.length; i++) {
      Arrays.setAll(terms[i], k -> random.nextDouble());
      wanted[i][0] = random.nextDouble();
    }
    double sum = 0;
    for (int out = 0; out < terms.length; out++) {
      int left = out;
      int[] rest = IntStream.range(0, terms.length).filter(i -> i != left).toArray();
      WhiteKeepingFit without =
          new WhiteKeepingFit(
              IntStream.of(rest).mapToObj(i -> terms[i]).toArray(double[][]::new),
              new double[0][],
              IntStream.of(rest).mapToObj(i -> wanted[i]).toArray(double[][]::new));
      double[] weights = without.row(0, 0, 0, 1, 2).weights();
      double error = WhiteKeepingFit.dot(weights, terms[out]) - wanted[out][0];
      sum += error * error / terms.length;
    }
    WhiteKeepingFit fit = new WhiteKeepingFit(terms, new double[0][], wanted);
    assertEquals(sum, fit.row(0, 0, 0, 1, 2).expectedError(), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(strings = {CanonicalMap.KIND, RootPolynomialMap.KIND})
  void planesAreMappedPixelByPixel(String kind) {
    ChannelMap map = ChannelMap.fit(kind, CAMERA, CANONICAL, SEEN, 0.01);
    for (int pixels : new int[] {0, 1, 16_384, 40_001}) {
      float[][] planes = planes(pixels);
      float[][] before = Arrays.stream(planes).map(float[]::clone).toArray(float[][]::new);
      float[][] mapped = map.apply(planes);
      assertTrue(Arrays.deepEquals(before, planes));
      for (int i = 0; i < pixels; i += 997) {
        double[] expected =
            map.apply(new double[] {planes[0][i], planes[1][i], planes[2][i], planes[3][i]});
        for (int c = 0; c < 4; c++) {
          assertEquals(expected[c], mapped[c][i], 1e-6);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {CanonicalMap.KIND, RootPolynomialMap.KIND})
  void imagesOfOtherShapesAreRefused(String kind) {
    ChannelMap map = ChannelMap.fit(kind, CAMERA, CANONICAL, SEEN, 0);
    assertThrows(IllegalArgumentException.class, () -> map.apply(new float[3][5]));
    assertThrows(
        IllegalArgumentException.class,
        () -> map.apply(new float[][] {new float[5], new float[5], new float[4], new float[5]}));
    assertThrows(IllegalArgumentException.class, () -> map.apply(new double[3]));
  }

  @Test
  void whatIsNoMapIsRefused() {
    double[][] identity = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
    assertEquals(1, CanonicalMap.of(identity, 0).conditionNumber(), 1e-12);
    assertThrows(SkinSpectraException.class, () -> RootPolynomialMap.of(identity, 0));
    assertThrows(SkinSpectraException.class, () -> CanonicalMap.of(identity, Double.NaN));
    identity[2][2] = 0.9;
    assertThrows(SkinSpectraException.class, () -> CanonicalMap.of(identity, 0));
    for (double noise : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThrows(
          SkinSpectraException.class,
          () -> ChannelMap.fit(CanonicalMap.KIND, CAMERA, CANONICAL, SEEN, noise));
    }
    var error =
        assertThrows(
            SkinSpectraException.class, () -> ChannelMap.fit("cubic", CAMERA, CANONICAL, SEEN, 0));
    assertTrue(error.getMessage().contains("'cubic'"), error.getMessage());
  }

  private static double error(ChannelMap map, SpectralTable spectra, double noise) {
    RandomGenerator random = new Well19937c(4);
    double sum = 0;
    int repeats = noise > 0 ? 20 : 1;
    for (int i = 0; i < repeats; i++) {
      for (String name : spectra.names()) {
        double[] seen = CAMERA.capture(spectra.column(name));
        double[] wanted = CANONICAL.capture(spectra.column(name));
        for (int c = 0; c < 4; c++) {
          seen[c] += noise * Math.sqrt(seen[c]) * (noise > 0 ? random.nextGaussian() : 0);
        }
        double[] mapped = map.apply(seen);
        for (int c = 0; c < 4; c++) {
          sum += (mapped[c] - wanted[c]) * (mapped[c] - wanted[c]);
        }
      }
    }
    return Math.sqrt(sum / (4.0 * repeats * spectra.size()));
  }

  private static SpectralTable randomSpectra(int count, long seed) {
    RandomGenerator random = new Well19937c(seed);
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      double[] spectrum = new double[GRID.size()];
      Arrays.setAll(spectrum, band -> random.nextDouble());
      columns.put("s" + i, spectrum);
    }
    return SpectralTable.of(GRID, "reflectance factor", columns);
  }

  private static float[][] planes(int pixels) {
    RandomGenerator random = new Well19937c(5);
    float[][] planes = new float[4][pixels];
    for (float[] plane : planes) {
      for (int i = 0; i < pixels; i++) {
        plane[i] = random.nextFloat() - 0.05f;
      }
    }
    return planes;
  }
}

package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.skin.SpectralStatistics;
import org.skinspectra.spectra.Wavelengths;

class WienerMatrixTest {

  private static final Wavelengths GRID = Wavelengths.range(400, 100, 800);

  /** Three channels, each the sum of some of five bands. */
  private static final double[][] RESPONSE = {
    {0.5, 0.5, 0, 0, 0}, {0, 0.3, 0.4, 0.3, 0}, {0, 0, 0, 0.2, 0.8}
  };

  @Test
  void findsSpectraOfFewDimensionsExactlyWithoutNoise() {
    double[][] spectra = combinationsOfThree(200);
    WienerMatrix wiener = WienerMatrix.of(SpectralStatistics.of(GRID, spectra), RESPONSE, 300);
    for (double[] spectrum : spectra) {
      assertArrayEquals(spectrum, estimate(wiener, spectrum), 1e-6);
    }
  }

  @Test
  void trustsTheCameraLessTheMoreItIsNoisy() {
    SpectralStatistics statistics = SpectralStatistics.of(GRID, combinationsOfThree(200));
    double clean = norm(WienerMatrix.of(statistics, RESPONSE, 60));
    double noisy = norm(WienerMatrix.of(statistics, RESPONSE, 20));
    double useless = norm(WienerMatrix.of(statistics, RESPONSE, -60));
    assertTrue(clean > noisy && noisy > useless, clean + " " + noisy + " " + useless);
    assertEquals(0, useless, 1e-3);
  }

  @Test
  void isLinear() {
    SpectralStatistics statistics = SpectralStatistics.of(GRID, combinationsOfThree(50));
    WienerMatrix wiener = WienerMatrix.of(statistics, RESPONSE, 40);
    double[] spectrum = combinationsOfThree(1)[0];
    double[] half = Arrays.stream(spectrum).map(v -> v / 2).toArray();
    double[] expected = Arrays.stream(estimate(wiener, spectrum)).map(v -> v / 2).toArray();
    assertArrayEquals(expected, estimate(wiener, half), 1e-12);
  }

  @Test
  void survivesAWeightsFile() {
    WienerMatrix wiener =
        WienerMatrix.of(SpectralStatistics.of(GRID, combinationsOfThree(50)), RESPONSE, 40);
    WienerMatrix read = WienerMatrix.read(wiener.weights(Map.of("note", "x"), "test"));
    assertEquals(GRID, read.wavelengths());
    for (int band = 0; band < GRID.size(); band++) {
      assertArrayEquals(wiener.values()[band], read.values()[band], 1e-6);
    }
  }

  @Test
  void estimatesEveryPixelOfAnImage() {
    WienerMatrix wiener =
        new WienerMatrix(Wavelengths.of(500, 600), new double[][] {{1, 0, 2}, {0, 3, 0}});
    float[] pixels = new float[8 * 70 * 3];
    Random random = new Random(1);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    Msi msi = new Msi(8, 70, 3, pixels);
    try (var estimator = WienerEstimator.open(wiener.weights(Map.of(), "w"))) {
      var cube = estimator.reconstruct(msi, ProgressMonitor.NONE).cube();
      assertEquals(msi.get(5, 69, 0) + 2 * msi.get(5, 69, 2), cube.spectrum(5, 69)[0], 1e-6);
      assertEquals(3 * msi.get(5, 69, 1), cube.spectrum(5, 69)[1], 1e-6);
    }
  }

  @Test
  void namesWhatIsWrongWithAMatrixInAFile() {
    Weights shape =
        Weights.of(
            Map.of(WienerMatrix.TENSOR, WeightTensor.zeros(5, 2)),
            Map.of("wavelengths", GRID.toString()),
            "bad.safetensors");
    assertMessage("bad.safetensors is [5, 2]", shape);
    Weights nan =
        Weights.of(
            Map.of(
                WienerMatrix.TENSOR,
                new WeightTensor(new int[] {1, 3}, new float[] {1, Float.NaN, 1})),
            Map.of("wavelengths", "500"),
            "bad.safetensors");
    assertMessage("holds NaN", nan);
    Weights noGrid =
        Weights.of(Map.of(WienerMatrix.TENSOR, WeightTensor.zeros(5, 3)), Map.of(), "bad");
    assertMessage("metadata 'wavelengths'", noGrid);
    Weights badGrid =
        Weights.of(
            Map.of(WienerMatrix.TENSOR, WeightTensor.zeros(2, 3)),
            Map.of("wavelengths", "600,500"),
            "bad");
    assertMessage("'600,500' in the metadata of bad", badGrid);
  }

  @Test
  void anMstPlusPlusHoldsTheMatrixAsItsCentreTapAndAddsNothing() {
    double[][] values = new double[6][4];
    values[2][3] = 0.25;
    Wavelengths six = Wavelengths.range(400, 10, 450);
    Weights weights = new WienerMatrix(six, values).mstPlusPlus(2, 7, Map.of(), "w");
    Architecture architecture = Architecture.infer(weights);
    architecture.check(weights);
    assertEquals(2, architecture.stages());
    float[] taps = weights.tensor("conv_in.weight").values();
    assertEquals(0.25f, taps[(2 * 4 + 3) * 9 + 4]);
    assertEquals(0.25f, sum(taps), 0);
    assertEquals(0, sum(weights.tensor("conv_out.weight").values()), 0);
    assertTrue(sum(weights.tensor("body.0.mapping.weight").values()) != 0);
    assertEquals(six.toString(), weights.metadata().get("wavelengths"));
    assertEquals(weights.id(), new WienerMatrix(six, values).mstPlusPlus(2, 7, Map.of(), "w").id());
  }

  private static void assertMessage(String expected, Weights weights) {
    String message =
        assertThrows(SkinSpectraException.class, () -> WienerMatrix.read(weights)).getMessage();
    assertTrue(message.contains(expected), message);
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += Math.abs(value);
    }
    return sum;
  }

  private static double norm(WienerMatrix wiener) {
    return Arrays.stream(wiener.values()).flatMapToDouble(Arrays::stream).map(v -> v * v).sum();
  }

  private static double[] estimate(WienerMatrix wiener, double[] spectrum) {
    double[] estimate = new double[wiener.bands()];
    for (int band = 0; band < estimate.length; band++) {
      for (int channel = 0; channel < RESPONSE.length; channel++) {
        double signal = 0;
        for (int i = 0; i < spectrum.length; i++) {
          signal += RESPONSE[channel][i] * spectrum[i];
        }
        estimate[band] += wiener.values()[band][channel] * signal;
      }
    }
    return estimate;
  }

  private static double[][] combinationsOfThree(int count) {
    double[][] base = {{1, 1, 1, 1, 1}, {0, 0.2, 0.5, 0.7, 0.9}, {1, 0, 1, 0, 1}};
    Random random = new Random(3);
    double[][] spectra = new double[count][GRID.size()];
    for (double[] spectrum : spectra) {
      for (double[] b : base) {
        double share = random.nextDouble();
        for (int i = 0; i < spectrum.length; i++) {
          spectrum[i] += share * b[i];
        }
      }
    }
    return spectra;
  }
}

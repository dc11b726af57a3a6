package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skinspectra.skin.CaptureConditions.NOISELESS;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.MsiImages;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.profile.CanonicalMap;
import org.skinspectra.profile.SpectralResponse;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

class SimulatedCameraTest {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;
  private static final int SIDE = 100;
  private static final CaptureConditions ALL =
      CaptureConditions.noise(40)
          .withExposure(0.6)
          .withReadNoise(0.002)
          .withVignetting(0.2)
          .withBlur(0.3, 0.4, 0.5, 0.6)
          .withShift(0.25, -0.5)
          .withBits(12, 1.25);

  private final SimulatedCamera camera = SimulatedCamera.canonical(GRID);

  @Test
  void withoutErrorsItIsTheCanonicalCameraToTheLastBit() {
    SpectralCube cube = texture(70, 90);
    assertArrayEquals(
        new CanonicalCamera(GRID).capture(cube).pixels(),
        camera.capture(cube, NOISELESS, 1).pixels());
  }

  @Test
  void aCalibratedCameraDeliversItsMappedChannels() {
    SpectralResponse response = response();
    CanonicalMap map = map(response);
    SpectralCube cube = texture(5, 4);
    Msi msi = SimulatedCamera.calibrated(response, map).capture(cube, NOISELESS, 1);
    float[] pixel = cube.spectrum(3, 2);
    double[] spectrum = new double[pixel.length];
    Arrays.setAll(spectrum, i -> pixel[i]);
    double[] expected = map.apply(response.capture(spectrum));
    for (int c = 0; c < 4; c++) {
      assertEquals(expected[c], msi.get(3, 2, c), 1e-6);
    }
  }

  @Test
  void whiteStaysWhiteThroughACalibratedCamera() {
    Msi msi =
        SimulatedCamera.calibrated(response(), map(response())).capture(flat(1), NOISELESS, 1);
    for (float value : msi.pixels()) {
      assertEquals(1, value, 1e-6);
    }
  }

  @ParameterizedTest(name = "{0} dB, exposure {1}, reflectance {2}")
  @CsvSource({"30, 1, 1", "45, 1, 0.3", "45, 0.5, 0.3", "50, 0.25, 0.8", "45, 2, 0.3"})
  void shotNoiseHasTheStatedVariance(double snrDb, double exposure, float reflectance) {
    double expected = Math.pow(10, -snrDb / 10) * reflectance / exposure;
    CaptureConditions conditions = CaptureConditions.noise(snrDb).withExposure(exposure);
    for (float[] channel : capture(reflectance, conditions)) {
      assertEquals(reflectance, mean(channel), 4 * Math.sqrt(expected / channel.length));
      assertEquals(1, variance(channel) / expected, 0.06);
    }
  }

  @Test
  void halfTheExposureDoublesTheShotVarianceAndQuadruplesThatOfReadNoise() {
    double shot = variance(capture(0.5f, CaptureConditions.noise(40))[1]);
    double shotHalf = variance(capture(0.5f, CaptureConditions.noise(40).withExposure(0.5))[1]);
    // The same seed draws the same normal deviates.
    assertEquals(2, shotHalf / shot, 1e-4);
    CaptureConditions read = NOISELESS.withReadNoise(0.01);
    double dark = variance(capture(0.5f, read)[1]);
    double darkHalf = variance(capture(0.5f, read.withExposure(0.5))[1]);
    assertEquals(4, darkHalf / dark, 1e-4);
    assertEquals(1, dark / 1e-4, 0.06);
  }

  @Test
  void blackHasReadNoiseAloneAndGoesBelowZero() {
    float[] black = capture(0, CaptureConditions.noise(30).withReadNoise(0.01))[2];
    assertEquals(1, variance(black) / 1e-4, 0.06);
    assertTrue(StatUtils.min(doubles(black)) < 0);
  }

  @Test
  void noiseIsIndependentBetweenChannelsAndNeighbours() {
    float[][] noise = capture(0.5f, CaptureConditions.noise(30));
    for (int c = 0; c < 4; c++) {
      for (int other = 0; other < c; other++) {
        assertEquals(0, correlation(noise[c], noise[other], 0), 0.04);
      }
      assertEquals(0, correlation(noise[c], noise[c], 1), 0.04);
      // The blocks of 4096 pixels have generators of their own.
      assertEquals(0, correlation(noise[c], noise[c], 4096), 0.05);
    }
  }

  @Test
  void theMapOfACalibratedCameraAmplifiesNoiseByItsRows() {
    double[][] matrix = map(response()).matrix();
    SimulatedCamera calibrated = SimulatedCamera.calibrated(response(), map(response()));
    float[][] channels =
        MsiImages.planes(calibrated.capture(flat(0.5f), CaptureConditions.noise(50), 3));
    for (int c = 0; c < 4; c++) {
      double gain = StatUtils.sumSq(matrix[c]);
      assertEquals(1, variance(channels[c]) / (0.5e-5 * gain), 0.1);
    }
  }

  @Test
  void vignettingCostsSignalToNoiseInTheCornersOnly() {
    float[][] clean = capture(0.5f, NOISELESS.withVignetting(0.75));
    for (float value : clean[0]) {
      assertEquals(0.5f, value, 1e-6);
    }
    float[] plain = capture(0.5f, CaptureConditions.noise(40))[0];
    float[] dim = capture(0.5f, CaptureConditions.noise(40).withVignetting(0.75))[0];
    assertEquals(2, (dim[0] - 0.5) / (plain[0] - 0.5), 1e-3);
    int middle = SIDE / 2 * SIDE + SIDE / 2;
    assertEquals(1, (dim[middle] - 0.5) / (plain[middle] - 0.5), 1e-2);
  }

  @Test
  void anImageOfOnePixelHasNoCorners() {
    float[][] planes = new float[61][1];
    Arrays.fill(planes, new float[] {0.5f});
    assertEquals(0.5f, camera.capture(planes, 1, 1, NOISELESS.withVignetting(0.9), 1).get(0, 0, 1));
  }

  @ParameterizedTest
  @CsvSource({"1, 1.25, 1.25", "0.5, 1.25, 1.4", "0.5, 0.5, 1", "2, 1.25, 0.625"})
  void brightPixelsClipAtTheSaturationOverTheExposure(
      double exposure, double saturation, double expected) {
    CaptureConditions conditions = NOISELESS.withExposure(exposure).withSaturation(saturation);
    for (float[] channel : capture(1.4f, conditions)) {
      assertEquals(expected, channel[7], 1e-6);
    }
  }

  @Test
  void digitalNumbersAreWholeSharesOfTheSaturation() {
    SpectralCube cube = texture(40, 30);
    float[] exact = camera.capture(cube, NOISELESS, 1).pixels();
    float[] digital =
        camera.capture(cube, NOISELESS.withBits(8, 1.25).withExposure(0.5), 1).pixels();
    double step = 1.25 / 255 / 0.5;
    for (int i = 0; i < exact.length; i++) {
      assertEquals(exact[i], digital[i], step / 2 + 1e-6);
      assertEquals(Math.rint(digital[i] / step), digital[i] / step, 1e-4);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.7, 3})
  void blurSpreadsAPointOfOneChannelByItsDeviation(double sigma) {
    float[][] channels =
        MsiImages.planes(camera.capture(point(), NOISELESS.withBlur(0, sigma, 0, 0), 1));
    assertArrayEquals(new double[] {1, 50, 50, 0, 0}, moments(channels[0]), 1e-4);
    double variance = sigma * sigma;
    assertArrayEquals(
        new double[] {1, 50, 50, variance, variance}, moments(channels[1]), 1e-3 * (1 + variance));
  }

  @ParameterizedTest
  @CsvSource({"0.5, -0.25", "3, 0", "-1.75, 12.5"})
  void theInfraredImageIsShiftedAlone(double dx, double dy) {
    float[][] channels = MsiImages.planes(camera.capture(point(), NOISELESS.withShift(dx, dy), 1));
    for (int c = 0; c < 3; c++) {
      assertArrayEquals(new double[] {1, 50, 50}, Arrays.copyOf(moments(channels[c]), 3), 1e-4);
    }
    assertArrayEquals(
        new double[] {1, 50 + dx, 50 + dy}, Arrays.copyOf(moments(channels[3]), 3), 1e-4);
  }

  @Test
  void flatImagesStayFlatToTheirEdgesHoweverBlurredAndShifted() {
    CaptureConditions conditions = NOISELESS.withBlur(10, 2, 0.5, 10).withShift(99.5, -99.5);
    float[][] planes = new float[61][6];
    Arrays.fill(planes, new float[] {0.4f, 0.4f, 0.4f, 0.4f, 0.4f, 0.4f});
    for (float value : camera.capture(planes, 3, 2, conditions, 1).pixels()) {
      assertEquals(0.4f, value, 1e-6);
    }
  }

  @Test
  void noiseFollowsItsSeed() {
    SpectralCube cube = texture(20, 30);
    float[] first = camera.capture(cube, ALL, 1).pixels();
    assertArrayEquals(first, camera.capture(cube, ALL, 1).pixels());
    assertFalse(Arrays.equals(first, camera.capture(cube, ALL, 2).pixels()));
  }

  /** Neither the platform nor a later version may change what a seed stands for. */
  @Test
  void aSeedStandsForTheseValues() {
    float[] pixels = camera.capture(texture(20, 30), ALL, 20_240_601).pixels();
    assertArrayEquals(
        new float[] {0.20222832f, 0.19714083f, 0.14308608f, 0.42226294f},
        Arrays.copyOf(pixels, 4),
        1e-7f);
  }

  @Test
  void theNumberOfThreadsChangesNothing() throws Exception {
    SpectralCube cube = texture(110, 130);
    float[] usual = camera.capture(cube, ALL, 5).pixels();
    for (int threads : new int[] {1, 7}) {
      ForkJoinPool pool = new ForkJoinPool(threads);
      try {
        assertArrayEquals(usual, pool.submit(() -> camera.capture(cube, ALL, 5).pixels()).get());
      } finally {
        pool.shutdown();
      }
    }
  }

  @Test
  void aNaNStaysWhereTheChannelsSeeIt() {
    SpectralCube cube = texture(6, 5);
    cube.plane(GRID.indexOf(960))[8] = Float.NaN;
    cube.plane(GRID.indexOf(900))[9] = Float.NaN;
    float[] pixels = camera.capture(cube, CaptureConditions.noise(40), 1).pixels();
    for (int i = 0; i < pixels.length; i++) {
      assertEquals(i == 8 * 4 + 3, Float.isNaN(pixels[i]), "value " + i);
    }
  }

  @Test
  void theTruthIsLeftAsItWas() {
    SpectralCube cube = texture(6, 5);
    camera.capture(cube, ALL, 1);
    assertArrayEquals(texture(6, 5).plane(56), cube.plane(56));
  }

  @Test
  void refusesCubesOfOtherBands() {
    var error =
        assertThrows(
            SkinSpectraException.class,
            () -> camera.capture(SpectralCube.zeros(2, 2, Wavelengths.NIR), NOISELESS, 1));
    assertTrue(error.getMessage().contains("700:10:1000"), error.getMessage());
    assertThrows(SkinSpectraException.class, () -> SimulatedCamera.canonical(Wavelengths.VIS));
  }

  @Test
  void refusesPlanesThatAreNoImage() {
    refuses(new float[31][6], 3, 2, "31 planes");
    refuses(new float[61][5], 3, 2, "400 nm has 5 values");
    refuses(new float[61][0], 0, 2, "0x2");
    refuses(new float[61][0], 65_536, 65_536, "65536x65536");
  }

  private void refuses(float[][] planes, int width, int height, String reason) {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> camera.capture(planes, width, height, NOISELESS, 1));
    assertTrue(error.getMessage().contains(reason), error.getMessage());
  }

  private float[][] capture(float reflectance, CaptureConditions conditions) {
    return MsiImages.planes(camera.capture(flat(reflectance), conditions, 3));
  }

  private static double mean(float[] values) {
    return StatUtils.mean(doubles(values));
  }

  private static double variance(float[] values) {
    return StatUtils.variance(doubles(values));
  }

  private static double correlation(float[] a, float[] b, int distance) {
    double[] x = doubles(Arrays.copyOf(a, a.length - distance));
    double[] y = doubles(Arrays.copyOfRange(b, distance, b.length));
    double meanX = StatUtils.mean(x);
    double meanY = StatUtils.mean(y);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - meanX) * (y[i] - meanY);
    }
    return sum / x.length / Math.sqrt(StatUtils.variance(x) * StatUtils.variance(y));
  }

  private static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    Arrays.setAll(result, i -> values[i]);
    return result;
  }

  /** Sum, mean x, mean y, variance in x, variance in y of what lights an image. */
  private static double[] moments(float[] plane) {
    double[] m = new double[5];
    for (int i = 0; i < plane.length; i++) {
      m[0] += plane[i];
      m[1] += plane[i] * (double) (i % SIDE);
      m[2] += plane[i] * (double) (i / SIDE);
      m[3] += plane[i] * Math.pow(i % SIDE - 50, 2);
      m[4] += plane[i] * Math.pow(i / SIDE - 50, 2);
    }
    return m;
  }

  private static SpectralCube point() {
    SpectralCube cube = SpectralCube.zeros(SIDE, SIDE, GRID);
    for (float[] plane : cube.planes()) {
      plane[50 * SIDE + 50] = 1;
    }
    return cube;
  }

  private static SpectralCube flat(float reflectance) {
    SpectralCube cube = SpectralCube.zeros(SIDE, SIDE, GRID);
    for (float[] plane : cube.planes()) {
      Arrays.fill(plane, reflectance);
    }
    return cube;
  }

  private static SpectralCube texture(int width, int height) {
    SpectralCube cube = SpectralCube.zeros(width, height, GRID);
    for (int band = 0; band < cube.bands(); band++) {
      float[] plane = cube.plane(band);
      for (int i = 0; i < plane.length; i++) {
        plane[i] = 0.1f + 0.005f * band + 0.1f * (i * 7 % 11) / 11 + 0.2f * i / plane.length;
      }
    }
    return cube;
  }

  private static SpectralResponse response() {
    SpectralTable table =
        SpectralTable.of(
            Wavelengths.of(400, 450, 500, 550, 600, 650, 700),
            "1",
            Map.of(
                "R", new double[] {0.1, 0, 0, 0.1, 1, 0.7, 0.1},
                "G", new double[] {0, 0.2, 0.8, 1, 0.3, 0, 0},
                "B", new double[] {0.4, 1, 0.4, 0, 0, 0, 0}));
    return SpectralResponse.of(table, Illuminant.d65(), GRID);
  }

  private static CanonicalMap map(SpectralResponse response) {
    Map<String, double[]> skins = new LinkedHashMap<>();
    double[][] spectra = new SkinSampler(1).spectra(30, new SkinReflectance(GRID));
    for (int i = 0; i < spectra.length; i++) {
      skins.put("skin " + i, spectra[i]);
    }
    return CanonicalMap.fit(
        response,
        SpectralResponse.canonical(GRID),
        SpectralTable.of(GRID, "reflectance factor", skins));
  }
}

package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.profile.CanonicalMap;
import org.skinspectra.profile.SpectralResponse;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

class SimulatedCameraTest {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;
  private static final int SIDE = 64;
  private static final SimulatedCamera CAMERA = SimulatedCamera.canonical(GRID);

  private static SpectralCube grey(double reflectance) {
    SpectralCube cube = SpectralCube.zeros(SIDE, SIDE, GRID);
    for (float[] plane : cube.planes()) {
      Arrays.fill(plane, (float) reflectance);
    }
    return cube;
  }

  private static double variance(Msi msi, int channel, double mean) {
    double sum = 0;
    int pixels = msi.width() * msi.height();
    for (int pixel = 0; pixel < pixels; pixel++) {
      double difference = msi.pixels()[pixel * msi.channels() + channel] - mean;
      sum += difference * difference;
    }
    return sum / pixels;
  }

  @Test
  void withoutNoiseTheCanonicalCameraDeliversTheCanonicalImage() {
    SpectralCube scene = SceneRenderer.render(3, 32, 32).truth();
    Msi expected = new CanonicalCamera(GRID).capture(scene);
    Msi captured = CAMERA.capture(scene, CaptureConditions.NOISELESS, 1);
    assertArrayEquals(expected.pixels(), captured.pixels(), 1e-6f);
  }

  @Test
  void shotNoiseHasTheStatedVarianceAndDoublesAtHalfTheExposure() {
    CaptureConditions full = CaptureConditions.noise(35);
    double expected = Math.pow(10, -3.5) * 0.4;
    for (int channel = 0; channel < 4; channel++) {
      double once = variance(CAMERA.capture(grey(0.4), full, 5), channel, 0.4);
      double half = variance(CAMERA.capture(grey(0.4), full.withExposure(0.5), 5), channel, 0.4);
      assertEquals(expected, once, 0.1 * expected);
      assertEquals(2 * expected, half, 0.2 * expected);
    }
  }

  @Test
  void theSameSeedGivesTheSameImageAndAnotherOneAnother() {
    CaptureConditions noisy = CaptureConditions.noise(40);
    float[] one = CAMERA.capture(grey(0.5), noisy, 7).pixels();
    assertArrayEquals(one, CAMERA.capture(grey(0.5), noisy, 7).pixels());
    assertTrue(!Arrays.equals(one, CAMERA.capture(grey(0.5), noisy, 8).pixels()));
  }

  @Test
  void whatIsBrighterThanTheSensorHoldsIsClipped() {
    CaptureConditions clipping = CaptureConditions.NOISELESS.withSaturation(0.8);
    Msi msi = CAMERA.capture(grey(1.2), clipping, 1);
    assertEquals(0.8, msi.get(5, 5, 1), 1e-6);
  }

  @Test
  void fewBitsGiveFewValues() {
    SpectralCube ramp = grey(0);
    for (float[] plane : ramp.planes()) {
      for (int i = 0; i < plane.length; i++) {
        plane[i] = (float) i / plane.length;
      }
    }
    Msi msi = CAMERA.capture(ramp, CaptureConditions.NOISELESS.withBits(4, 1), 1);
    long distinct = 0;
    float[] green = new float[SIDE * SIDE];
    for (int i = 0; i < green.length; i++) {
      green[i] = msi.pixels()[i * 4 + 1];
    }
    Arrays.sort(green);
    for (int i = 0; i < green.length; i++) {
      distinct += i == 0 || green[i] != green[i - 1] ? 1 : 0;
    }
    assertEquals(16, distinct);
  }

  @Test
  void aCalibratedCameraSeesWhiteAsWhite() {
    Map<String, double[]> columns = new LinkedHashMap<>();
    int[] centres = {610, 535, 460};
    for (int c = 0; c < 3; c++) {
      int centre = centres[c];
      columns.put(
          "RGB".substring(c, c + 1),
          Arrays.stream(GRID.toArray())
              .map(nm -> Math.abs(nm - centre) < 90 ? 1 - Math.abs(nm - centre) / 90 : 0)
              .toArray());
    }
    SpectralResponse response =
        SpectralResponse.of(
            SpectralTable.of(GRID, "relative", columns), Illuminant.named("4000K"), GRID);
    double[][] skins = new SkinSampler(2).spectra(40, new SkinReflectance(GRID));
    Map<String, double[]> reflectances = new LinkedHashMap<>();
    for (int i = 0; i < skins.length; i++) {
      reflectances.put("s" + i, skins[i]);
    }
    CanonicalMap map =
        CanonicalMap.fit(
            response,
            SpectralResponse.canonical(GRID),
            SpectralTable.of(GRID, "reflectance factor", reflectances));
    Msi white =
        SimulatedCamera.calibrated(response, map).capture(grey(1), CaptureConditions.NOISELESS, 1);
    for (int channel = 0; channel < 4; channel++) {
      assertEquals(1, white.get(9, 9, channel), 1e-5);
    }
  }

  @Test
  void conditionsThatCannotBeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> CaptureConditions.noise(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> CaptureConditions.noise(40).withExposure(0));
    assertThrows(IllegalArgumentException.class, () -> CaptureConditions.noise(40).withBits(99, 1));
  }
}

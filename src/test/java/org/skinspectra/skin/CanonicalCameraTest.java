package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

class CanonicalCameraTest {

  private final CanonicalCamera camera = new CanonicalCamera(Wavelengths.VIS_NIR);

  @Test
  void whiteIsOneInEveryChannel() {
    double[] white = new double[61];
    Arrays.fill(white, 1);
    assertArrayEquals(new double[] {1, 1, 1, 1}, camera.capture(white), 1e-12);
  }

  @Test
  void theFourthChannelIsTheBandAt960Alone() {
    double[][] responses = camera.responseMatrix();
    assertEquals(4, responses.length);
    for (int band = 0; band < 61; band++) {
      assertEquals(band == 56 ? 1 : 0, responses[3][band]);
    }
  }

  @Test
  void everyChannelPeaksWhereTheObserverDoes() {
    double[] nm = {600, 560, 450};
    for (int c = 0; c < 3; c++) {
      double[] response = camera.responseMatrix()[c];
      double highest = Arrays.stream(response).max().orElseThrow();
      assertEquals(highest, response[Wavelengths.VIS_NIR.indexOf(nm[c])]);
    }
  }

  @Test
  void callersCannotChangeTheResponses() {
    camera.responseMatrix()[3][0] = 5;
    assertEquals(0, camera.responseMatrix()[3][0]);
  }

  @Test
  void aCubeIsCapturedPixelByPixel() {
    SpectralCube cube = ramp(3, 2);
    Msi msi = camera.capture(cube);
    assertEquals(4, msi.channels());
    for (int y = 0; y < 2; y++) {
      for (int x = 0; x < 3; x++) {
        float[] pixel = cube.spectrum(x, y);
        double[] spectrum = new double[61];
        Arrays.setAll(spectrum, i -> pixel[i]);
        double[] expected = camera.capture(spectrum);
        for (int c = 0; c < 4; c++) {
          assertEquals(expected[c], msi.get(x, y, c), 1e-6);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {20, 45})
  void noiseHasTheStatedRatioToTheRootMeanSquareOfItsChannel(double snrDb) {
    SpectralCube cube = ramp(64, 64);
    float[] clean = camera.capture(cube).pixels();
    float[] noisy = camera.capture(cube, snrDb, 3).pixels();
    for (int c = 0; c < 4; c++) {
      double signal = 0;
      double noise = 0;
      for (int i = c; i < clean.length; i += 4) {
        signal += clean[i] * clean[i];
        noise += Math.pow(noisy[i] - clean[i], 2);
      }
      assertEquals(snrDb, 10 * Math.log10(signal / noise), 0.5);
    }
  }

  @Test
  void noiseFollowsItsSeed() {
    SpectralCube cube = ramp(4, 4);
    float[] first = camera.capture(cube, 30, 1).pixels();
    assertArrayEquals(first, camera.capture(cube, 30, 1).pixels());
    assertFalse(Arrays.equals(first, camera.capture(cube, 30, 2).pixels()));
  }

  @Test
  void refusesGridsWithoutTheBandsItNeeds() {
    var error =
        assertThrows(SkinSpectraException.class, () -> new CanonicalCamera(Wavelengths.VIS));
    assertTrue(error.getMessage().contains("700 nm"), error.getMessage());
    assertThrows(
        SkinSpectraException.class, () -> new CanonicalCamera(Wavelengths.range(900, 10, 1000)));
  }

  @Test
  void refusesCubesAndSpectraOfOtherBands() {
    var error =
        assertThrows(
            SkinSpectraException.class,
            () -> camera.capture(SpectralCube.zeros(2, 2, Wavelengths.NIR)));
    assertTrue(error.getMessage().contains("700:10:1000"), error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> camera.capture(new double[31]));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void refusesRatiosThatAreNoNumbers(double snrDb) {
    SpectralCube cube = ramp(2, 2);
    assertThrows(IllegalArgumentException.class, () -> camera.capture(cube, snrDb, 0));
  }

  private static SpectralCube ramp(int width, int height) {
    SpectralCube cube = SpectralCube.zeros(width, height, Wavelengths.VIS_NIR);
    for (int band = 0; band < cube.bands(); band++) {
      float[] plane = cube.plane(band);
      for (int i = 0; i < plane.length; i++) {
        plane[i] = 0.1f + 0.01f * band + 0.2f * i / plane.length;
      }
    }
    return cube;
  }
}

package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Msi;
import org.skinspectra.spectra.Wavelengths;

class SceneRendererTest {

  private static final Scene SCENE = SceneRenderer.render(10, 64, 48);

  @Test
  void hasTheSizeAskedForAndTheBandsOfTheChallenge() {
    assertEquals(64, SCENE.truth().width());
    assertEquals(48, SCENE.truth().height());
    assertEquals(Wavelengths.VIS_NIR, SCENE.truth().wavelengths());
    assertEquals(4, SCENE.msi().channels());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyValueIsAReflectanceFactor(long seed) {
    for (float[] plane : SceneRenderer.render(seed, 32, 32).truth().planes()) {
      for (float value : plane) {
        assertTrue(value > 0 && value <= 1, "reflectance " + value);
      }
    }
  }

  @Test
  void aSeedFixesTheScene() {
    Scene again = SceneRenderer.render(10, 64, 48);
    assertArrayEquals(SCENE.msi().pixels(), again.msi().pixels());
    assertArrayEquals(SCENE.truth().plane(30), again.truth().plane(30));
    Scene other = SceneRenderer.render(11, 64, 48);
    assertFalse(Arrays.equals(SCENE.truth().plane(30), other.truth().plane(30)));
  }

  @Test
  void theImageIsTheTruthSeenByTheCanonicalCameraWithLittleNoise() {
    Msi clean = new CanonicalCamera(Wavelengths.VIS_NIR).capture(SCENE.truth());
    double noise = 0;
    double signal = 0;
    for (int i = 0; i < clean.pixels().length; i++) {
      noise += Math.pow(SCENE.msi().pixels()[i] - clean.pixels()[i], 2);
      signal += Math.pow(clean.pixels()[i], 2);
    }
    assertEquals(SceneRenderer.SNR_DB, 10 * Math.log10(signal / noise), 1);
  }

  @Test
  void skinFillsMuchOfTheImageButNotTheWallOrTheCollar() {
    Mask skin = SCENE.skin();
    double share = skin.count() / (64.0 * 48.0);
    assertTrue(share > 0.3 && share < 0.7, "share " + share);
    assertTrue(skin.contains(10 * 64 + 32), "the nose");
    assertFalse(skin.contains(5 * 64 + 1), "the wall");
    assertFalse(skin.contains(47 * 64 + 32), "the collar");
  }

  @Test
  void everySkinPixelDipsAtTheWaterBandAndRisesTowardsTheInfrared() {
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 64; x++) {
        if (SCENE.skin().contains(y * 64 + x) && !isOutline(x, y)) {
          float[] s = SCENE.truth().spectrum(x, y);
          double[] spectrum = new double[s.length];
          Arrays.setAll(spectrum, i -> s[i]);
          assertTrue(SkinFeatures.waterDip(spectrum) > 0.01, "dip at " + x + ", " + y);
          assertTrue(SkinFeatures.at(spectrum, 750) > SkinFeatures.at(spectrum, 450));
        }
      }
    }
  }

  @Test
  void lipsAreRedderThanTheCheekBesideThem() {
    Scene scene = SceneRenderer.render(10, 96, 96);
    float[] lip = scene.truth().spectrum(48, 44);
    float[] chin = scene.truth().spectrum(40, 62);
    int green = Wavelengths.VIS_NIR.indexOf(540);
    int red = Wavelengths.VIS_NIR.indexOf(650);
    assertTrue(lip[green] / lip[red] < chin[green] / chin[red]);
  }

  @ParameterizedTest
  @CsvSource({"31, 64", "64, 0", "-5, 64", "64, 4097"})
  void refusesSidesThatMakeNoPicture(int width, int height) {
    var error =
        assertThrows(IllegalArgumentException.class, () -> SceneRenderer.render(1, width, height));
    assertTrue(error.getMessage().contains(width + "x" + height), error.getMessage());
  }

  @Test
  void partsOfASceneHaveOneSize() {
    Msi other = new Msi(2, 2, 4, new float[16]);
    assertThrows(
        IllegalArgumentException.class, () -> new Scene(other, SCENE.truth(), SCENE.skin()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Scene(SCENE.msi(), SCENE.truth(), Mask.all(2, 2)));
  }

  private static boolean isOutline(int x, int y) {
    for (int v = Math.max(0, y - 1); v <= Math.min(47, y + 1); v++) {
      for (int u = Math.max(0, x - 1); u <= Math.min(63, x + 1); u++) {
        if (!SCENE.skin().contains(v * 64 + u)) {
          return true;
        }
      }
    }
    return false;
  }
}

package org.skinspectra.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.CieLab;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.Wavelengths;

class SkinToneTest {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  /** A {@link #rising} spectrum of this level is {@link SkinTone#LIGHT}, at an angle of 47°. */
  private static final double LIGHT_LEVEL = 0.5;

  /** Reflectance that rises from blue to red, as skin's does. */
  private static double[] rising(double level) {
    return Arrays.stream(GRID.toArray()).map(nm -> level * (0.4 + (nm - 400) / 500)).toArray();
  }

  @Test
  void theAngleIsThatOfLightnessAboveFiftyAgainstYellowness() {
    double[] skin = rising(0.4);
    CieLab lab = CieLab.of(GRID, skin, Illuminant.d65());
    double expected = Math.toDegrees(Math.atan2(lab.lightness() - 50, lab.b()));
    assertEquals(expected, SkinTone.typologyAngle(GRID, skin).orElseThrow(), 1e-9);
  }

  @Test
  void brighterSkinIsNeverOfADarkerClass() {
    int before = SkinTone.DARK.ordinal();
    for (double level = 0.02; level < 1; level += 0.02) {
      int now = SkinTone.of(GRID, rising(level)).ordinal();
      assertTrue(now <= before, "at " + level);
      before = now;
    }
    assertEquals(SkinTone.VERY_LIGHT.ordinal(), before);
  }

  @Test
  void skinThatIsNotYellowHasNoClass() {
    double[] blue = Arrays.stream(GRID.toArray()).map(nm -> nm < 500 ? 0.6 : 0.1).toArray();
    assertEquals(SkinTone.UNDEFINED, SkinTone.of(GRID, blue));
    assertTrue(SkinTone.typologyAngle(GRID, blue).isEmpty());
  }

  /** A cylinder of one skin under one lamp, from its brightest line to its edge. */
  @Test
  void shadeDoesNotMakeTheToneOfAnImageDarker() {
    double[] light = rising(LIGHT_LEVEL);
    SpectralCube cube = shaded(light, 1000);
    Mask all = Mask.all(1000, 1);
    assertEquals(SkinTone.LIGHT, SkinTone.of(GRID, light));
    assertNotEquals(SkinTone.LIGHT, SkinTone.of(GRID, mean(cube)));
    assertEquals(SkinTone.LIGHT, SkinTone.of(cube, all));
  }

  @Test
  void onlySkinTellsTheToneOfAnImage() {
    SpectralCube cube = SpectralCube.zeros(3, 1, GRID);
    double[][] spectra = {rising(LIGHT_LEVEL), rising(LIGHT_LEVEL), rising(2 * LIGHT_LEVEL)};
    for (int band = 0; band < GRID.size(); band++) {
      for (int pixel = 0; pixel < 3; pixel++) {
        cube.plane(band)[pixel] = (float) spectra[pixel][band];
      }
    }
    assertEquals(SkinTone.LIGHT, SkinTone.of(cube, new Mask(3, 1, new float[] {1, 1, .2f})));
    assertEquals(SkinTone.VERY_LIGHT, SkinTone.of(cube, Mask.all(3, 1)));
    assertEquals(SkinTone.UNDEFINED, SkinTone.of(cube, new Mask(3, 1, new float[3])));
  }

  private static SpectralCube shaded(double[] spectrum, int pixels) {
    SpectralCube cube = SpectralCube.zeros(pixels, 1, GRID);
    for (int pixel = 0; pixel < pixels; pixel++) {
      double lambert = Math.sqrt(1 - Math.pow((pixel + 0.5) / pixels, 2));
      for (int band = 0; band < spectrum.length; band++) {
        cube.plane(band)[pixel] = (float) (lambert * spectrum[band]);
      }
    }
    return cube;
  }

  private static double[] mean(SpectralCube cube) {
    double[] mean = new double[cube.bands()];
    for (int band = 0; band < mean.length; band++) {
      for (float value : cube.plane(band)) {
        mean[band] += value / cube.plane(band).length;
      }
    }
    return mean;
  }
}

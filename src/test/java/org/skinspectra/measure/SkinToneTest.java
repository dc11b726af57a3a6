package org.skinspectra.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.skinspectra.spectra.CieLab;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.Wavelengths;

class SkinToneTest {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

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
}

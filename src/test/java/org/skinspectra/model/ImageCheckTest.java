package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;

class ImageCheckTest {

  private static final ModelDescription MODEL = new ModelDescription("model", "id", "MST++");

  @Test
  void refusesDigitalNumbersAndSaysWhatToDo() {
    Msi counts = filled(180);
    counts.pixels()[(2 * 8 + 3) * 4 + 1] = 255;
    String message =
        assertThrows(SkinSpectraException.class, () -> ImageCheck.check(counts, MODEL, 4))
            .getMessage();
    assertTrue(message.contains("up to 255.0 at pixel x=3, y=2, channel G"), message);
    assertTrue(message.contains("white reference"), message);
  }

  @Test
  void aBlackBackgroundDoesNotHideDigitalNumbers() {
    Msi counts = filled(0);
    Arrays.fill(counts.pixels(), 0, 60, 1200);
    assertThrows(SkinSpectraException.class, () -> ImageCheck.check(counts, MODEL, 4));
    assertDoesNotThrow(() -> ImageCheck.check(filled(0), MODEL, 4));
  }

  @Test
  void takesGlossAboveWhiteAndNoiseBelowZero() {
    Msi glossy = filled(0.4f);
    Arrays.fill(glossy.pixels(), 0, 100, 3);
    glossy.pixels()[200] = -0.02f;
    assertDoesNotThrow(() -> ImageCheck.check(glossy, MODEL, 4));
  }

  @Test
  void doesNotMindAChannelThatTheModelDoesNotTake() {
    Msi rgb = filled(0.4f);
    rgb.pixels()[3] = Float.NaN;
    assertDoesNotThrow(() -> ImageCheck.check(rgb, MODEL, 3));
    assertThrows(SkinSpectraException.class, () -> ImageCheck.check(rgb, MODEL, 4));
  }

  private static Msi filled(float value) {
    float[] pixels = new float[8 * 8 * 4];
    Arrays.fill(pixels, value);
    return new Msi(8, 8, 4, pixels);
  }
}

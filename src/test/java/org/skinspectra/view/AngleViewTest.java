package org.skinspectra.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.TextRoi;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.AngleDefinition;
import org.skinspectra.measure.AngleMap;
import org.skinspectra.measure.AngleUnit;
import org.skinspectra.measure.SpectralAngle;
import org.skinspectra.spectra.Wavelengths;

class AngleViewTest {

  private static final int SIDE = 80;

  /** Angles that grow to the right; the left column is outside the mask. */
  private static AngleMap angles() {
    Wavelengths grid = Wavelengths.parse("400:300:1000");
    SpectralCube one = SpectralCube.zeros(SIDE, SIDE, grid);
    SpectralCube other = SpectralCube.zeros(SIDE, SIDE, grid);
    Mask mask = Mask.all(SIDE, SIDE);
    for (int i = 0; i < SIDE * SIDE; i++) {
      one.plane(0)[i] = 1;
      other.plane(0)[i] = 1;
      other.plane(1)[i] = 0.002f * (i % SIDE);
      mask.weights()[i] = i % SIDE == 0 ? 0 : 1;
    }
    return SpectralAngle.measure(one, other, mask, AngleDefinition.CLAMPED);
  }

  @Test
  void theMapShowsItsUnitInTheBarAndWhatDoesNotCountInBlack() {
    ImagePlus map = AngleView.map("angle", angles(), AngleUnit.DEGREES);
    assertArrayEquals(angles().toDegrees(), (float[]) map.getProcessor().getPixels());
    assertTrue(
        Arrays.stream(map.getOverlay().toArray())
            .anyMatch(roi -> roi instanceof TextRoi text && text.getText().contains("°")));
    int[] shown = (int[]) map.getProcessor().convertToRGB().getPixels();
    assertEquals(0xff000000, shown[0]);
    assertEquals(0xfffde725, shown[SIDE - 1]);
  }

  @Test
  void theHistogramIsAPlotOfAllAngles() {
    ImagePlus histogram = AngleView.histogram("histogram", angles(), AngleUnit.RADIANS);
    assertEquals("histogram", histogram.getTitle());
    int[] pixels = (int[]) histogram.getProcessor().convertToRGB().getPixels();
    assertTrue(Arrays.stream(pixels).filter(rgb -> rgb == 0xff21918c).count() > 1000);
  }
}

package org.skinspectra.cube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.process.ColorProcessor;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.Srgb;
import org.skinspectra.spectra.Wavelengths;

class TrueColorTest {

  @Test
  void aWhiteCubeIsWhiteUnderAnyLight() {
    for (Illuminant light : new Illuminant[] {Illuminant.d65(), Illuminant.a()}) {
      ColorProcessor image = TrueColor.render(flat(3, 2, 1), light);
      assertEquals(3, image.getWidth());
      assertEquals(2, image.getHeight());
      assertEquals(Color.WHITE, image.getColor(2, 1));
    }
  }

  @Test
  void aGreyCubeIsNeutral() {
    Color grey = TrueColor.render(flat(1, 1, 0.3f), Illuminant.d65()).getColor(0, 0);
    assertEquals(grey.getRed(), grey.getGreen());
    assertEquals(grey.getRed(), grey.getBlue());
    assertEquals(Srgb.encode(0.3), grey.getRed());
  }

  @Test
  void everyPixelIsTheColourOfItsOwnSpectrum() {
    SpectralCube cube = SpectralCube.zeros(3, 2, Wavelengths.VIS_NIR);
    for (int band = 0; band < cube.bands(); band++) {
      float[] plane = cube.plane(band);
      for (int i = 0; i < plane.length; i++) {
        plane[i] = (float) (0.5 + 0.4 * Math.sin(i + 0.1 * band * (i + 1)));
      }
    }
    ColorProcessor image = TrueColor.render(cube, Illuminant.a());
    double[] spectrum = new double[cube.bands()];
    Arrays.setAll(spectrum, band -> cube.plane(band)[5]);
    int[] rgb = Srgb.rgb(cube.wavelengths(), spectrum, Illuminant.a());
    assertEquals(new Color(rgb[0], rgb[1], rgb[2]), image.getColor(2, 1));
  }

  @Test
  void pixelsThatAreNotFiniteAreBlackAndOthersUntouched() {
    SpectralCube cube = flat(4, 1, 1);
    cube.plane(20)[0] = Float.NaN;
    cube.plane(20)[1] = Float.POSITIVE_INFINITY;
    cube.plane(60)[2] = Float.NaN;
    ColorProcessor image = TrueColor.render(cube, Illuminant.d65());
    assertEquals(Color.BLACK, image.getColor(0, 0));
    assertEquals(Color.BLACK, image.getColor(1, 0));
    assertEquals(Color.WHITE, image.getColor(2, 0), "1000 nm is not seen");
    assertEquals(Color.WHITE, image.getColor(3, 0));
  }

  @Test
  void refusesACubeWithoutTheVisibleRange() {
    SpectralCube cube = SpectralCube.zeros(1, 1, Wavelengths.NIR);
    String message =
        assertThrows(SkinSpectraException.class, () -> TrueColor.render(cube, Illuminant.d65()))
            .getMessage();
    assertTrue(message.contains("700:10:1000"), message);
  }

  private static SpectralCube flat(int width, int height, float value) {
    SpectralCube cube = SpectralCube.zeros(width, height, Wavelengths.VIS_NIR);
    for (float[] plane : cube.planes()) {
      Arrays.fill(plane, value);
    }
    return cube;
  }

  @Test
  void aPictureThatIsCanceledWithinIsNotGiven() {
    List<Long> steps = new ArrayList<>();
    ProgressMonitor third =
        new ProgressMonitor() {
          @Override
          public void report(String step, long done, long total) {
            steps.add(done);
          }

          @Override
          public boolean isCanceled() {
            return steps.size() == 3;
          }
        };
    SpectralCube cube = flat(1, 2000, 0.5f);
    assertThrows(CanceledException.class, () -> TrueColor.render(cube, Illuminant.d65(), third));
    assertEquals(3, steps.size());
    assertTrue(steps.get(2) < 1000, steps.toString());
  }
}

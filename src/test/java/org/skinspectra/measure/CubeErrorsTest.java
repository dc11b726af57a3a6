package org.skinspectra.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

class CubeErrorsTest {

  private static final SpectralCube PREDICTION =
      Cubes.ofSpectra(
          new float[] {0.5f, 0.25f}, new float[] {0.25f, 0.5f}, new float[] {9, Float.NaN});
  private static final SpectralCube REFERENCE =
      Cubes.ofSpectra(new float[] {0.25f, 0.5f}, new float[] {0.25f, 0}, new float[] {0.5f, 0.5f});
  private static final Mask FIRST_TWO = new Mask(3, 1, new float[] {1, 0.75f, 0.5f});

  @Test
  void errorsAreThoseOfTheCountedPixels() {
    CubeErrors errors = CubeErrors.measure(PREDICTION, REFERENCE, FIRST_TWO);
    // Differences: 0.25 and 0 at 400 nm, -0.25 and 0.5 at 410 nm.
    assertEquals(2, errors.pixels());
    assertEquals(Math.sqrt((0.0625 + 0.0625 + 0.25) / 4), errors.rmse(), 1e-12);
    assertArrayEquals(
        new double[] {Math.sqrt(0.0625 / 2), Math.sqrt(0.3125 / 2)}, errors.bandRmse(), 1e-12);
    assertArrayEquals(new double[] {0.125, 0.125}, errors.bandBias(), 1e-12);
    assertEquals(-10 * Math.log10(0.375 / 4), errors.psnr(), 1e-12);
  }

  @Test
  void tinyReferencesAreLeftOutOfTheRelativeErrorAndCounted() {
    CubeErrors errors = CubeErrors.measure(PREDICTION, REFERENCE, FIRST_TWO);
    assertEquals(1, errors.mraeLeftOut());
    assertEquals((1 + 0 + 0.5) / 3, errors.mrae(), 1e-12);
  }

  @Test
  void equalCubesHaveNoError() {
    CubeErrors errors = CubeErrors.measure(REFERENCE, REFERENCE, Mask.all(3, 1));
    assertEquals(0, errors.rmse());
    assertEquals(0, errors.mrae());
    assertEquals(Double.POSITIVE_INFINITY, errors.psnr());
  }

  @Test
  void similarityIsTheMeanOverBands() {
    SpectralCube reference = waves(0.1f);
    SpectralCube prediction = waves(0.3f);
    System.arraycopy(reference.plane(1), 0, prediction.plane(1), 0, reference.plane(1).length);
    Mask mask = Mask.all(14, 12);
    double first = new StructuralSimilarity(mask).of(prediction.plane(0), reference.plane(0));
    CubeErrors errors = CubeErrors.measure(prediction, reference, mask);
    assertEquals((first + 1) / 2, errors.ssim(), 1e-12);
    assertEquals(8, errors.ssimWindows());
    assertTrue(first < 0.99);
  }

  @Test
  void aRegionTooSmallForAWindowHasNoSimilarity() {
    CubeErrors errors = CubeErrors.measure(PREDICTION, REFERENCE, FIRST_TWO);
    assertEquals(Double.NaN, errors.ssim());
    assertEquals(0, errors.ssimWindows());
  }

  @Test
  void aValueThatIsNotFiniteInsideTheMaskIsNamed() {
    String message = messageOf(PREDICTION, REFERENCE, Mask.all(3, 1));
    assertTrue(message.contains("prediction is NaN at 410 nm, pixel (2, 0)"), message);
  }

  @Test
  void anEmptyMaskIsRefused() {
    String message = messageOf(REFERENCE, REFERENCE, new Mask(3, 1, new float[] {0, 0.5f, 0}));
    assertTrue(message.contains("No weight of the mask is above 0.5"), message);
  }

  @Test
  void cubesThatDoNotFitAreRefused() {
    var other = SpectralCube.zeros(3, 1, Wavelengths.of(500, 600));
    assertTrue(messageOf(other, REFERENCE, FIRST_TWO).contains("500,600 nm"));
    assertTrue(messageOf(REFERENCE, REFERENCE, Mask.all(1, 3)).contains("mask is 1x3"));
  }

  @Test
  void figuresCannotBeChangedThroughTheRecord() {
    CubeErrors errors = CubeErrors.measure(PREDICTION, REFERENCE, FIRST_TWO);
    Arrays.fill(errors.bandBias(), 7);
    assertEquals(0.125, errors.bandBias()[0]);
  }

  private static String messageOf(SpectralCube prediction, SpectralCube reference, Mask mask) {
    return assertThrows(
            SkinSpectraException.class, () -> CubeErrors.measure(prediction, reference, mask))
        .getMessage();
  }

  private static SpectralCube waves(float frequency) {
    SpectralCube cube = SpectralCube.zeros(14, 12, Cubes.grid(2));
    for (float[] plane : cube.planes()) {
      for (int i = 0; i < plane.length; i++) {
        plane[i] = 0.5f + 0.4f * (float) Math.sin(i * frequency);
      }
    }
    return cube;
  }
}

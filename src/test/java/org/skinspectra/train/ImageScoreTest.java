package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.AngleDefinition;
import org.skinspectra.spectra.Wavelengths;

class ImageScoreTest {

  /** A pixel at 45°, one at 0° with half of the weight or less, which only the challenge counts. */
  @Test
  void eachMeasureCountsThePixelsOfItsDefinition() {
    Wavelengths grid = Wavelengths.of(500, 600);
    SpectralCube truth =
        SpectralCube.ofPlanes(2, 1, grid, new float[] {.5f, .5f}, new float[] {0, 0});
    SpectralCube prediction =
        SpectralCube.ofPlanes(2, 1, grid, new float[] {.5f, .5f}, new float[] {.5f, 0});
    Mask mask = new Mask(2, 1, new float[] {1, .25f});
    ImageScore score = ImageScore.of("p001", prediction, truth, mask, ProgressMonitor.NONE);
    assertEquals("p001", score.image());
    assertEquals(AngleDefinition.CHALLENGE, score.challenge().definition());
    assertEquals(Math.PI / 8, score.challenge().mean(), 1e-6);
    assertEquals(AngleDefinition.CLAMPED, score.clamped().definition());
    assertEquals(Math.PI / 4, score.clamped().mean(), 1e-6);
    assertEquals(Math.sqrt(.125), score.errors().rmse(), 1e-6);
  }

  @Test
  void everyPartOfTheWorkIsReported() {
    Set<String> steps = new TreeSet<>();
    SpectralCube cube = SpectralCube.ofPlanes(1, 1, Wavelengths.of(500), new float[] {.5f});
    ImageScore.of("x", cube, cube, Mask.all(1, 1), (step, done, total) -> steps.add(step));
    assertTrue(steps.containsAll(Set.of("Errors", "Spectral angle")), steps.toString());
  }
}

package org.skinspectra.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

class IndexErrorTest {

  private static final SpectralCube TRUTH = row(0.25f, 0.5f, -1, 0.5f, 0.5f);
  private static final SpectralCube PREDICTION = row(0.5f, 0.25f, 0.5f, 0.75f, 0.5f);

  private static SpectralCube row(float... level) {
    SpectralCube cube = SpectralCube.zeros(level.length, 1, Wavelengths.VIS_NIR);
    for (float[] plane : cube.planes()) {
      System.arraycopy(level, 0, plane, 0, level.length);
    }
    return cube;
  }

  /** Reflectance at one wavelength; none where it is not positive. */
  private static SkinIndex at(double nm) {
    return new SkinIndex() {
      @Override
      public Description description() {
        return new Description("at", "At", "1", "R", "none", List.of(BandWindow.at(nm)));
      }

      @Override
      public ToDoubleFunction<double[]> on(Wavelengths grid) {
        int band = grid.nearestIndex(nm);
        return reflectance -> reflectance[band] > 0 ? reflectance[band] : Double.NaN;
      }
    };
  }

  private static List<IndexError> measure(
      SkinIndex index, SpectralCube prediction, SpectralCube truth, Mask mask) {
    return IndexError.measure(List.of(index), prediction, truth, mask, ProgressMonitor.NONE);
  }

  /** Differences 0.25 and -0.25, one pixel without truth, 0.25, and one outside the mask. */
  @Test
  void itIsThatOfTheMasksPixelsWhereBothHaveAValue() {
    Mask mask = new Mask(5, 1, new float[] {1, 1, 1, 0.75f, 0.5f});
    IndexError error = measure(at(550), PREDICTION, TRUTH, mask).get(0);
    assertEquals(3, error.pixels());
    assertEquals(1, error.withoutValue());
    assertEquals(0.25, error.meanAbsolute(), 1e-12);
    assertEquals(0.25 / 3, error.bias(), 1e-12);
  }

  @Test
  void anIndexWithoutAnyValueHasNoError() {
    Mask third = new Mask(5, 1, new float[] {0, 0, 1, 0, 0});
    IndexError error = measure(at(550), PREDICTION, TRUTH, third).get(0);
    assertEquals(0, error.pixels());
    assertTrue(Double.isNaN(error.meanAbsolute()) && Double.isNaN(error.bias()));
  }

  @Test
  void indicesWhoseBandsTheCubesLackAreNotMeasured() {
    SpectralCube visible = PREDICTION.at(Wavelengths.VIS);
    assertEquals(List.of(), measure(at(960), visible, TRUTH, Mask.all(5, 1)));
    assertEquals(1, measure(at(550), visible, TRUTH, Mask.all(5, 1)).size());
  }

  @Test
  void everyIndexOfOursIsMeasuredOnWholeCubesAndEqualCubesHaveNoError() {
    List<SkinIndex> all = SkinIndices.discover().all();
    List<IndexError> errors =
        IndexError.measure(all, PREDICTION, PREDICTION, Mask.all(5, 1), ProgressMonitor.NONE);
    assertEquals(
        all.stream().map(index -> index.description().key()).toList(),
        errors.stream().map(IndexError::key).toList());
    for (IndexError error : errors) {
      assertTrue(error.pixels() == 0 || error.meanAbsolute() == 0, error.toString());
    }
  }

  @Test
  void sizesThatDifferAreRefused() {
    assertThrows(
        SkinSpectraException.class, () -> measure(at(550), PREDICTION, row(1, 1), Mask.all(5, 1)));
    assertThrows(
        SkinSpectraException.class, () -> measure(at(550), PREDICTION, TRUTH, Mask.all(1, 5)));
  }

  @Test
  void rangesAreThoseAllOfWhoseBandsAGridHas() {
    assertEquals(
        Arrays.asList(SpectralRange.values()), SpectralRange.in(Wavelengths.range(400, 5, 1000)));
    assertEquals(List.of(SpectralRange.VIS), SpectralRange.in(Wavelengths.VIS));
    assertEquals(List.of(SpectralRange.NIR), SpectralRange.in(Wavelengths.range(600, 10, 1000)));
    assertEquals(List.of(), SpectralRange.in(Wavelengths.of(550)));
    assertEquals("joint (400–1000 nm)", SpectralRange.JOINT.label());
  }
}

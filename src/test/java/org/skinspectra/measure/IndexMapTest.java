package org.skinspectra.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

class IndexMapTest {

  /** The sum of a spectrum. */
  private static final SkinIndex SUM =
      new SkinIndex() {
        @Override
        public Description description() {
          return new Description("sum", "Sum", "1", "R400 + R410", "nobody", List.of());
        }

        @Override
        public ToDoubleFunction<double[]> on(Wavelengths grid) {
          return reflectance -> reflectance[0] + reflectance[1];
        }
      };

  private static final SpectralCube CUBE =
      SpectralCube.ofPlanes(
          2,
          3,
          Cubes.grid(2),
          new float[] {1, 2, 3, 4, 5, Float.NaN},
          new float[] {10, 20, 30, 40, 50, 60});

  private static IndexMap map() {
    return IndexMap.measure(SUM, CUBE, ProgressMonitor.NONE);
  }

  @Test
  void everyPixelHasTheIndexOfItsSpectrumOrNone() {
    IndexMap map = map();
    assertArrayEquals(new float[] {11, 22, 33, 44, 55, Float.NaN}, map.values());
    assertEquals(1, map.withoutValue());
    assertEquals("Sum (1)", map.index().nameWithUnit());
  }

  @Test
  void aRegionHasMeanSampleDeviationAndCount() {
    IndexMap.RoiValue value = map().in(new Mask(2, 3, new float[] {1, 0, 1, 0, 0.5f, 1}));
    assertEquals(2, value.n());
    assertEquals(1, value.withoutValue());
    assertEquals(22, value.mean(), 1e-12);
    assertEquals(Math.sqrt(242), value.sd(), 1e-12);
  }

  @Test
  void aRegionWithoutValuesHasNoMean() {
    IndexMap.RoiValue value = map().in(new Mask(2, 3, new float[] {0, 0, 0, 0, 0, 1}));
    assertEquals(new IndexMap.RoiValue(0, 1, Double.NaN, Double.NaN), value);
  }

  @Test
  void aRegionOfAnotherSizeIsRefused() {
    assertThrows(SkinSpectraException.class, () -> map().in(Mask.all(3, 2)));
  }

  @Test
  void aReconstructedCubeIsKnownByTheModelInItsProvenance() {
    assertEquals(Inference.MEASURED, map().inference());
    SpectralCube reconstructed = CUBE.withProvenance(Map.of("model", "mstpp-skin"));
    IndexMap map = IndexMap.measure(SUM, reconstructed, ProgressMonitor.NONE);
    assertEquals("inferred from 4 channels, not clinically validated", map.inference().note());
  }

  @Test
  void canBeCanceled() {
    ProgressMonitor stop =
        new ProgressMonitor() {
          @Override
          public void report(String step, long done, long total) {}

          @Override
          public boolean isCanceled() {
            return true;
          }
        };
    assertThrows(CanceledException.class, () -> IndexMap.measure(SUM, CUBE, stop));
  }
}

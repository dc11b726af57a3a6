package org.skinspectra.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

class MeanSpectrumTest {

  private static final SpectralCube TWO_PIXELS =
      Cubes.ofSpectra(new float[] {1, 0}, new float[] {0, 0.5f});
  private static final SpectralCube ONE_PIXEL = Cubes.ofSpectra(new float[] {0.5f, 1});

  @Test
  void everyMaskedPixelOfEveryCubeHasTheSameWeight() {
    MeanSpectrum mean = new MeanSpectrum(Cubes.grid(2));
    mean.add(TWO_PIXELS, Mask.all(2, 1));
    mean.add(ONE_PIXEL, Mask.all(1, 1));
    mean.add(TWO_PIXELS, new Mask(2, 1, new float[] {0, 0.5f}));
    assertEquals(3, mean.pixels());
    assertArrayEquals(new double[] {0.5, 0.5}, mean.spectrum(), 1e-12);
  }

  @Test
  void predictsTheMeanAtEveryPixel() {
    MeanSpectrum mean = new MeanSpectrum(Cubes.grid(2));
    mean.add(ONE_PIXEL, Mask.all(1, 1));
    SpectralCube baseline = mean.predict(3, 2);
    assertEquals(3, baseline.width());
    assertEquals(2, baseline.height());
    assertArrayEquals(new float[] {0.5f, 1}, baseline.spectrum(2, 1));
  }

  @Test
  void aCubeOfOtherWavelengthsIsRefused() {
    MeanSpectrum mean = new MeanSpectrum(Wavelengths.VIS);
    String message = messageOf(() -> mean.add(ONE_PIXEL, Mask.all(1, 1)));
    assertTrue(message.contains("400:10:700") && message.contains("400,410"), message);
  }

  @Test
  void aRefusedCubeAddsNothing() {
    MeanSpectrum mean = new MeanSpectrum(Cubes.grid(2));
    var bad = Cubes.ofSpectra(new float[] {1, Float.NaN});
    assertTrue(messageOf(() -> mean.add(bad, Mask.all(1, 1))).contains("410 nm"));
    mean.add(ONE_PIXEL, Mask.all(1, 1));
    assertArrayEquals(new double[] {0.5, 1}, mean.spectrum());
  }

  @Test
  void thereIsNoMeanOfNothing() {
    MeanSpectrum mean = new MeanSpectrum(Cubes.grid(2));
    assertTrue(messageOf(mean::spectrum).contains("no masked pixel"));
  }

  private static String messageOf(Runnable work) {
    return assertThrows(SkinSpectraException.class, work::run).getMessage();
  }
}

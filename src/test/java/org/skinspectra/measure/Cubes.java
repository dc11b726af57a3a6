package org.skinspectra.measure;

import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/** Small cubes for tests. */
final class Cubes {

  private Cubes() {}

  /** A cube one pixel high whose pixels have the given spectra, from 400 nm in steps of 10 nm. */
  static SpectralCube ofSpectra(float[]... spectra) {
    int bands = spectra[0].length;
    float[][] planes = new float[bands][spectra.length];
    for (int pixel = 0; pixel < spectra.length; pixel++) {
      for (int band = 0; band < bands; band++) {
        planes[band][pixel] = spectra[pixel][band];
      }
    }
    return SpectralCube.ofPlanes(spectra.length, 1, grid(bands), planes);
  }

  static Wavelengths grid(int bands) {
    return Wavelengths.range(400, 10, 400 + 10 * (bands - 1));
  }
}

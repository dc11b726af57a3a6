package org.skinspectra.commands;

import ij.ImagePlus;
import java.util.Map;
import org.skinspectra.cube.CubeImages;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.skin.SkinReflectance;
import org.skinspectra.skin.SkinSampler;
import org.skinspectra.spectra.Wavelengths;

/** Small cubes of simulated skin. */
final class TestCubes {

  private TestCubes() {}

  /** Each pixel another skin, 400 to 1000 nm. */
  static SpectralCube skin(int width, int height) {
    Wavelengths grid = Wavelengths.VIS_NIR;
    double[][] spectra = new SkinSampler(7).spectra(width * height, new SkinReflectance(grid));
    float[][] planes = new float[grid.size()][width * height];
    for (int pixel = 0; pixel < spectra.length; pixel++) {
      for (int band = 0; band < planes.length; band++) {
        planes[band][pixel] = (float) spectra[pixel][band];
      }
    }
    return SpectralCube.ofPlanes(width, height, grid, planes);
  }

  /** As an image whose Info says that a model made it. */
  static ImagePlus reconstructed(String title, SpectralCube cube) {
    return CubeImages.toImage(title, cube.withProvenance(Map.of("model", "mstpp-skin")));
  }
}

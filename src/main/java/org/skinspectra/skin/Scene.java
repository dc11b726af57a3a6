package org.skinspectra.skin;

import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;

/**
 * A rendered image with its ground truth, all of one size.
 *
 * @param msi what the canonical camera delivers, with noise
 * @param truth apparent reflectance factor: skin reflectance × shading, plus gloss; 400:10:1000 nm
 * @param skin 1 where more than half of a pixel is skin, else 0
 */
public record Scene(Msi msi, SpectralCube truth, Mask skin) {

  /**
   * @throws IllegalArgumentException if the parts differ in size
   */
  public Scene {
    requireSize("mask", skin.width(), skin.height(), truth);
    requireSize("multispectral image", msi.width(), msi.height(), truth);
  }

  /**
   * The scene as an instrument with artefacts measures it: in its truth, and in the image of that.
   *
   * @param seed of artefacts and noise
   */
  public Scene with(InstrumentArtefacts artefacts, long seed) {
    SpectralCube measured = artefacts.applied(truth, seed);
    Msi seen =
        new CanonicalCamera(measured.wavelengths()).capture(measured, SceneRenderer.SNR_DB, ~seed);
    return new Scene(seen, measured, skin);
  }

  private static void requireSize(String what, int width, int height, SpectralCube truth) {
    if (width != truth.width() || height != truth.height()) {
      throw new IllegalArgumentException(
          "The "
              + what
              + " is "
              + width
              + "x"
              + height
              + ", the cube "
              + truth.width()
              + "x"
              + truth.height()
              + ".");
    }
  }
}

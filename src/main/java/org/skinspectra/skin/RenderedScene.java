package org.skinspectra.skin;

import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Masks;
import org.skinspectra.cube.SpectralCube;

/**
 * A scene without a camera.
 *
 * @param truth apparent reflectance factor: reflectance × shading, plus gloss; 400:10:1000 nm,
 *     never below 0
 * @param skin 1 where more than half of a pixel is skin, else 0
 */
public record RenderedScene(SpectralCube truth, Mask skin) {

  /**
   * @throws org.skinspectra.SkinSpectraException if the mask has another size than the cube
   */
  public RenderedScene {
    Masks.requireSize(skin, truth.width(), truth.height());
  }
}

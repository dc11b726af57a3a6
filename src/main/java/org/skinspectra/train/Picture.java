package org.skinspectra.train;

import java.util.Optional;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;

/**
 * An image to learn from.
 *
 * @param truth apparent reflectance factor, 400:10:1000 nm
 * @param skin where skin is
 * @param input what a camera delivered, if it is known; else the truth is photographed
 */
record Picture(SpectralCube truth, Mask skin, Optional<Msi> input) {

  int width() {
    return truth.width();
  }

  int height() {
    return truth.height();
  }
}

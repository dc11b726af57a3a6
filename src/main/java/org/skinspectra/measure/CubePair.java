package org.skinspectra.measure;

import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Masks;
import org.skinspectra.cube.SpectralCube;

/** A prediction, its reference and a mask that fit each other. */
record CubePair(SpectralCube prediction, SpectralCube reference, Mask mask) {

  CubePair {
    if (prediction.width() != reference.width() || prediction.height() != reference.height()) {
      throw new SkinSpectraException(
          "The prediction is "
              + size(prediction.width(), prediction.height())
              + " pixels, the reference "
              + size(reference.width(), reference.height())
              + "; only cubes of the same size can be compared.");
    }
    if (!prediction.wavelengths().matches(reference.wavelengths())) {
      throw new SkinSpectraException(
          "The prediction has the wavelengths "
              + prediction.wavelengths()
              + " nm, the reference "
              + reference.wavelengths()
              + " nm; resample one of them to the grid of the other.");
    }
    Masks.requireSize(mask, reference.width(), reference.height());
  }

  private static String size(int width, int height) {
    return width + "x" + height;
  }

  int pixels() {
    return prediction.width() * prediction.height();
  }

  int bands() {
    return prediction.bands();
  }

  /** Whether both spectra of a pixel are finite, and so are their float32 norms. */
  boolean isMeasurable(int pixel) {
    double squareP = 0;
    double squareT = 0;
    for (int band = 0; band < bands(); band++) {
      double p = prediction.plane(band)[pixel];
      double t = reference.plane(band)[pixel];
      squareP += p * p;
      squareT += t * t;
    }
    return squareP <= Float.MAX_VALUE && squareT <= Float.MAX_VALUE;
  }

  /**
   * The error that names the value at which {@code pixel} cannot be measured.
   *
   * @param count how many such pixels there are
   */
  SkinSpectraException notMeasurable(int pixel, int count) {
    String where = "pixel (" + pixel % mask.width() + ", " + pixel / mask.width() + ")";
    String others = count > 1 ? " (and " + (count - 1) + " more such pixels)" : "";
    for (int band = 0; band < bands(); band++) {
      for (SpectralCube cube : new SpectralCube[] {prediction, reference}) {
        float value = cube.plane(band)[pixel];
        if (!Float.isFinite(value)) {
          return new SkinSpectraException(
              "The "
                  + (cube == prediction ? "prediction" : "reference")
                  + " is "
                  + value
                  + " at "
                  + cube.wavelengths().label(band)
                  + ", "
                  + where
                  + others
                  + ", inside the mask; correct the cube or leave those pixels out of the mask.");
        }
      }
    }
    return new SkinSpectraException(
        "The values at "
            + where
            + others
            + " are too large to be reflectance: their squares overflow. Check the scale of both cubes.");
  }
}

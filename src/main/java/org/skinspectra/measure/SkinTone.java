package org.skinspectra.measure;

import java.util.OptionalDouble;
import org.skinspectra.spectra.CieLab;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.Wavelengths;

/**
 * Classes of constitutive skin colour by the individual typology angle (Chardon, Cretois and
 * Hourseau, Int. J. Cosmet. Sci. 13:191, 1991), {@code ITA = atan((L* − 50)/b*)·180/π} with D65 and
 * the 2° observer.
 */
public enum SkinTone {
  VERY_LIGHT("very light", 55),
  LIGHT("light", 41),
  INTERMEDIATE("intermediate", 28),
  TAN("tan", 10),
  BROWN("brown", -30),
  DARK("dark", Double.NEGATIVE_INFINITY),
  /** b* is not positive, so that the angle means nothing. */
  UNDEFINED("undefined", Double.NaN);

  private final String label;
  private final double above;

  SkinTone(String label, double above) {
    this.label = label;
    this.above = above;
  }

  /** The name of the class for people. */
  public String label() {
    return label;
  }

  /**
   * The angle of a reflectance spectrum in degrees; empty where b* is not positive.
   *
   * @throws org.skinspectra.SkinSpectraException if the grid does not cover the visible
   */
  public static OptionalDouble typologyAngle(Wavelengths grid, double[] reflectance) {
    return CieLab.of(grid, reflectance, Illuminant.d65()).typologyAngle();
  }

  /** The class of a reflectance spectrum. */
  public static SkinTone of(Wavelengths grid, double[] reflectance) {
    OptionalDouble angle = typologyAngle(grid, reflectance);
    if (angle.isEmpty()) {
      return UNDEFINED;
    }
    for (SkinTone tone : values()) {
      if (angle.getAsDouble() > tone.above) {
        return tone;
      }
    }
    return DARK;
  }
}

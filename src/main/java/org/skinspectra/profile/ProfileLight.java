package org.skinspectra.profile;

import java.util.Optional;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.SpectralTable;

/**
 * The light that a profile is for.
 *
 * @param name as {@link Illuminant#named} knows it, or any name of a measured light
 * @param power relative spectral power in the column {@value #COLUMN}, of a measured light
 */
public record ProfileLight(String name, Optional<SpectralTable> power) {

  static final String COLUMN = "power";

  /**
   * @throws SkinSpectraException if the name means no illuminant and there is no table, or the
   *     table is none of a light
   */
  public ProfileLight {
    light(name, power);
  }

  /** A light by its name alone. */
  public static ProfileLight named(String name) {
    return new ProfileLight(name, Optional.empty());
  }

  /** The light at work. */
  public Illuminant illuminant() {
    return light(name, power);
  }

  private static Illuminant light(String name, Optional<SpectralTable> power) {
    return power
        .map(table -> Illuminant.measured(name, table, COLUMN))
        .orElseGet(() -> Illuminant.named(name));
  }
}

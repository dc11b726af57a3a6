package org.skinspectra.skin;

/** The skin of one person: a reflectance spectrum for every spot. Thread-safe. */
public interface PersonalSkin {

  /**
   * Writes the reflectance factor of a spot.
   *
   * @param into one value for each band of 400:10:1000 nm
   */
  void spectrum(SkinSpot spot, double[] into);
}

package org.skinspectra.skin;

import org.apache.commons.math3.random.RandomGenerator;
import org.skinspectra.spectra.Wavelengths;

/**
 * People by the optics of layered skin: each a skin of {@link SkinSampler} whose parameters vary
 * with the smooth maps, times a curve of some percent of their own. Immutable.
 */
public final class OpticalSkin implements SkinSource {

  private final SkinReflectance optics = new SkinReflectance(Wavelengths.VIS_NIR);

  @Override
  public PersonalSkin person(RandomGenerator random) {
    SkinParameters skin = new SkinSampler(random.nextLong()).next();
    return OpticalPerson.of(optics, skin, random).unlikeTheModel(random);
  }
}

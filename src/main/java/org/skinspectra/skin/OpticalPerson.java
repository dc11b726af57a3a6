package org.skinspectra.skin;

import static org.skinspectra.skin.SkinParameter.BASELINE_ABSORPTION;
import static org.skinspectra.skin.SkinParameter.BLOOD_FRACTION;
import static org.skinspectra.skin.SkinParameter.DERMIS_THICKNESS;
import static org.skinspectra.skin.SkinParameter.EPIDERMIS_THICKNESS;
import static org.skinspectra.skin.SkinParameter.MELANOSOME_FRACTION;
import static org.skinspectra.skin.SkinParameter.OXYGEN_SATURATION;
import static org.skinspectra.skin.SkinParameter.SCATTERING_AMPLITUDE;
import static org.skinspectra.skin.SkinParameter.VESSEL_RADIUS;
import static org.skinspectra.skin.SkinParameter.WATER_FRACTION;

import java.util.Arrays;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.spectra.Wavelengths;

/** The skin of one person by the optics of layered skin: one skin, varied from spot to spot. */
final class OpticalPerson implements PersonalSkin {

  private static final int BUMPS = 4;

  private final SkinReflectance optics;
  private final SkinParameters skin;
  private final double unevenness;
  private final double mole;
  private final double[] gain;

  private OpticalPerson(
      SkinReflectance optics, SkinParameters skin, double unevenness, double mole, double[] gain) {
    this.optics = optics;
    this.skin = skin;
    this.unevenness = unevenness;
    this.mole = mole;
    this.gain = gain;
  }

  /** A person of this skin, more or less evenly coloured. */
  static OpticalPerson of(SkinReflectance optics, SkinParameters skin, RandomGenerator random) {
    double unevenness = FastMath.exp(-0.4 + 0.5 * random.nextGaussian());
    double[] even = new double[optics.wavelengths().size()];
    Arrays.fill(even, 1);
    return new OpticalPerson(
        optics, skin, Math.min(unevenness, 2), 0.7 + 0.6 * random.nextDouble(), even);
  }

  /**
   * The same person with a smooth curve of some percent multiplied on, for what layered optics
   * leaves out: other pigments, fat, and the instruments that real spectra are measured with.
   */
  OpticalPerson unlikeTheModel(RandomGenerator random) {
    Wavelengths grid = optics.wavelengths();
    double slope = 0.03 * random.nextGaussian();
    // Optics and instruments are least sure at both ends: measured forearms fall from 950 to
    // 1000 nm where the layers of the model rise.
    double violetEnd = 0.03 * random.nextGaussian();
    double infraredEnd = 0.03 * random.nextGaussian();
    double[] centre = new double[BUMPS];
    double[] width = new double[BUMPS];
    double[] strength = new double[BUMPS];
    for (int n = 0; n < BUMPS; n++) {
      centre[n] = 400 + 600 * random.nextDouble();
      width[n] = 40 + 160 * random.nextDouble();
      strength[n] = 0.02 * random.nextGaussian();
    }
    double[] curve = new double[grid.size()];
    for (int i = 0; i < curve.length; i++) {
      double nm = grid.get(i);
      double logarithm =
          slope * (nm - 700) / 300
              + violetEnd * FaceGeometry.bump((nm - 400) / 40)
              + infraredEnd * FaceGeometry.bump((nm - 1000) / 40);
      for (int n = 0; n < BUMPS; n++) {
        logarithm += strength[n] * FaceGeometry.bump((nm - centre[n]) / width[n]);
      }
      curve[i] = FastMath.exp(logarithm);
    }
    return new OpticalPerson(optics, skin, unevenness, mole, curve);
  }

  @Override
  public void spectrum(SkinSpot spot, double[] into) {
    double[] reflectance = optics.of(parameters(spot));
    for (int i = 0; i < gain.length; i++) {
      into[i] = gain[i] * reflectance[i];
    }
  }

  private SkinParameters parameters(SkinSpot spot) {
    double lips = spot.feature(SkinFeature.LIPS);
    double moles = spot.feature(SkinFeature.MOLE) * mole;
    double vein = spot.feature(SkinFeature.VEIN);
    double flush = spot.feature(SkinFeature.FLUSH);
    double pallor = spot.feature(SkinFeature.PALLOR);
    double pigment =
        FastMath.exp(
                0.22 * varied(spot, 0)
                    + 0.5 * spot.feature(SkinFeature.FRECKLE)
                    + 2.4 * moles
                    - 0.7 * pallor)
            * (1 - 0.45 * lips);
    double supply =
        FastMath.exp(
            0.28 * varied(spot, 1) + 0.8 * flush + 1.25 * lips + 0.55 * vein - 0.5 * pallor);
    return skin.with(
            MELANOSOME_FRACTION,
            Math.min(skin.get(MELANOSOME_FRACTION) * pigment + 0.02 * moles, 0.43))
        .with(BLOOD_FRACTION, plausible(BLOOD_FRACTION, skin.get(BLOOD_FRACTION) * supply))
        .with(
            OXYGEN_SATURATION,
            changed(OXYGEN_SATURATION, 0.05 * varied(spot, 2) + 0.05 * flush - 0.3 * vein))
        .with(WATER_FRACTION, changed(WATER_FRACTION, 0.02 * varied(spot, 3) + 0.05 * lips))
        .with(EPIDERMIS_THICKNESS, changed(EPIDERMIS_THICKNESS, 7 * varied(spot, 4) - 25 * lips))
        .with(
            VESSEL_RADIUS,
            plausible(
                VESSEL_RADIUS,
                skin.get(VESSEL_RADIUS) * FastMath.exp(0.15 * varied(spot, 5)) + 20 * vein))
        .with(SCATTERING_AMPLITUDE, changed(SCATTERING_AMPLITUDE, 2 * varied(spot, 6)))
        .with(DERMIS_THICKNESS, scaled(DERMIS_THICKNESS, 0.12 * varied(spot, 6)))
        .with(BASELINE_ABSORPTION, scaled(BASELINE_ABSORPTION, 0.15 * varied(spot, 7)));
  }

  private double varied(SkinSpot spot, int map) {
    return unevenness * spot.map(map);
  }

  private double changed(SkinParameter parameter, double change) {
    return plausible(parameter, skin.get(parameter) + change);
  }

  private double scaled(SkinParameter parameter, double logarithm) {
    return plausible(parameter, skin.get(parameter) * FastMath.exp(logarithm));
  }

  private static double plausible(SkinParameter parameter, double value) {
    return parameter.clampToPlausible(value);
  }
}

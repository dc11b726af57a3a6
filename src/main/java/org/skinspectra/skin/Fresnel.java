package org.skinspectra.skin;

/**
 * Share of unpolarised light that a smooth dielectric surface in air reflects (Fresnel's equations,
 * for instance Born and Wolf, <i>Principles of Optics</i>, 1.5.2).
 *
 * @param index refractive index of the material, above 1
 */
record Fresnel(double index) {

  /** Skin: 1.4 throughout the visible (Bashkatov et al., J. Innov. Opt. Health Sci. 4, 2011). */
  static final Fresnel SKIN = new Fresnel(1.4);

  /**
   * @param cosine between the light and the surface's normal, 0 (grazing) to 1 (upright)
   * @return 0 to 1
   */
  double reflected(double cosine) {
    double refracted = Math.sqrt(1 - (1 - cosine * cosine) / (index * index));
    double across = (cosine - index * refracted) / (cosine + index * refracted);
    double along = (index * cosine - refracted) / (index * cosine + refracted);
    return (across * across + along * along) / 2;
  }

  /** The same relative to upright light. */
  double relative(double cosine) {
    double upright = (index - 1) / (index + 1);
    return reflected(cosine) / (upright * upright);
  }
}

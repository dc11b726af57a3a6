package org.skinspectra.skin;

/**
 * What the reflectance of layered skin depends on. Each parameter has a range outside which it has
 * no meaning, and a range in which living human skin is found.
 */
public enum SkinParameter {
  /**
   * Volume fraction of melanosomes, averaged over the epidermis. Jacques (1998) states 1–43 %; the
   * measured forearms, cheeks and other sites this model was held against (NIST 2017, HySpex 2013,
   * Xiao 2016) need 0.3–15 % in the mean of the whole epidermis, moles more.
   */
  MELANOSOME_FRACTION("melanosome fraction", "", 0, 1, 0.003, 0.15, 0.012),

  /** Thickness of the epidermis; 50–120 µm (Whitton and Everall 1973). */
  EPIDERMIS_THICKNESS("epidermis thickness", "µm", 1, 2000, 50, 120, 80),

  /** Volume fraction of blood in the dermis; 0.2–7 % (Jacques 1998). */
  BLOOD_FRACTION("blood fraction", "", 0, 1, 0.002, 0.07, 0.012),

  /** Share of the haemoglobin that carries oxygen; 40–98 %. */
  OXYGEN_SATURATION("oxygen saturation", "", 0, 1, 0.4, 0.98, 0.75),

  /**
   * Radius of the vessels the blood is packed in; capillaries 2 µm, plexus venules up to 40 µm. A
   * vessel hides blood from light it has already absorbed (van Veen et al. 2002).
   */
  VESSEL_RADIUS("vessel radius", "µm", 0, 5000, 2, 40, 8),

  /** Volume fraction of water in epidermis and dermis; 50–75 %. */
  WATER_FRACTION("water fraction", "", 0, 1, 0.5, 0.75, 0.65),

  /** Thickness of the dermis, beneath which fat lies; 0.7–4 mm. */
  DERMIS_THICKNESS("dermis thickness", "mm", 0.01, 100, 0.7, 4, 1.7),

  /** Reduced scattering coefficient at 500 nm; 30–60 1/cm (Jacques 2013), 25 on thin skin. */
  SCATTERING_AMPLITUDE("scattering amplitude", "1/cm", 1, 1000, 25, 60, 38),

  /** Power b of the reduced scattering (λ/500 nm)^-b; 0.7–1.5 (Jacques 2013), rarely 0.6–1.6. */
  SCATTERING_POWER("scattering power", "", 0, 4, 0.6, 1.6, 1.05),

  /**
   * Absorption of bloodless, melanin-free skin as a multiple of the coefficient found on neonatal
   * skin in vitro (Saidi 1994). Above 1 it also stands for light lost sideways under a small probe.
   */
  BASELINE_ABSORPTION("baseline absorption", "", 0, 100, 0.1, 3, 0.4),

  /**
   * Share of the light reflected by the surface itself that reaches the detector: 0 between crossed
   * polarizers, 1 in a sphere that includes the specular component.
   */
  SURFACE_REFLECTION("surface reflection", "", 0, 1, 0, 1, 0.25);

  private final String label;
  private final String unit;
  private final double min;
  private final double max;
  private final double plausibleMin;
  private final double plausibleMax;
  private final double typical;

  SkinParameter(
      String label,
      String unit,
      double min,
      double max,
      double plausibleMin,
      double plausibleMax,
      double typical) {
    this.label = label;
    this.unit = unit;
    this.min = min;
    this.max = max;
    this.plausibleMin = plausibleMin;
    this.plausibleMax = plausibleMax;
    this.typical = typical;
  }

  /** The name people read. */
  public String label() {
    return label;
  }

  /** Unit, empty for a fraction or factor. */
  public String unit() {
    return unit;
  }

  /** Smallest meaningful value. */
  public double min() {
    return min;
  }

  /** Largest meaningful value. */
  public double max() {
    return max;
  }

  /** Lower end of the range found in living skin. */
  public double plausibleMin() {
    return plausibleMin;
  }

  /** Upper end of the range found in living skin. */
  public double plausibleMax() {
    return plausibleMax;
  }

  /** A value in the middle of what is found. */
  public double typical() {
    return typical;
  }

  /** The value, moved to the nearer end of the plausible range where it lies outside. */
  double clampToPlausible(double value) {
    return Math.min(Math.max(value, plausibleMin), plausibleMax);
  }

  double requireMeaningful(double value) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          "A " + label + " of " + value + " is outside " + range() + ".");
    }
    return value;
  }

  private String range() {
    return min + " to " + max + (unit.isEmpty() ? "" : " " + unit);
  }
}

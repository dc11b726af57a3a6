package org.skinspectra.skin;

/** What lies on or in skin here and there, on top of its smooth variation. */
public enum SkinFeature {
  /** Lips: a thin, little pigmented epidermis over much blood. Nail beds are much the same. */
  LIPS,
  /** A mole: much melanin. */
  MOLE,
  /** A freckle or a sun spot: some more melanin. */
  FRECKLE,
  /** A vein near the surface: wide vessels with little oxygen. */
  VEIN,
  /** Redness of cheeks, nose, knuckles or a pressed spot: more, well oxygenated blood. */
  FLUSH,
  /** Paler skin, as in palms and where blood is pressed out: less melanin and blood. */
  PALLOR
}

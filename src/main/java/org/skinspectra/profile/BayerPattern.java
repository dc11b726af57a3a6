package org.skinspectra.profile;

/** Colours of a Bayer mosaic: those of its first two rows, each from the left. */
public enum BayerPattern {
  RGGB,
  BGGR,
  GRBG,
  GBRG
}

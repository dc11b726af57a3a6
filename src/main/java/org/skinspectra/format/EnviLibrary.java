package org.skinspectra.format;

/** ENVI spectral libraries. */
final class EnviLibrary {

  private EnviLibrary() {}

  /** Whether a header is that of a spectral library. */
  static boolean isStatedIn(EnviHeader header) {
    return header.get("file type").orElse("").equalsIgnoreCase("ENVI Spectral Library");
  }
}

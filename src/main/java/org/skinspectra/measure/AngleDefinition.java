package org.skinspectra.measure;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.skinspectra.SkinSpectraException;

/**
 * What is meant by the spectral angle of a pixel and of an image. The two definitions give figures
 * that must not be compared with each other, so the {@link #key} is written beside every one.
 */
public enum AngleDefinition {

  /**
   * The score of the ICASSP 2024 challenge "Hyperspectral Skin Vision". The mask weight multiplies
   * both spectra, so every pixel with a weight above 0 counts fully. Spectra whose cosine is no
   * number or beyond ±1 by rounding leave the mean.
   */
  CHALLENGE(
      "challenge",
      "mask weight multiplied into both cubes, float32, cosine not clamped, NaN angles left out"),

  /** Pixels whose mask weight is above one half, with a cosine that cannot leave [-1, 1]. */
  CLAMPED(
      "clamped", "mask above 0.5, float64, cosine clamped to -1 to 1, all-zero spectra left out");

  private final String key;
  private final String description;

  AngleDefinition(String key, String description) {
    this.key = key;
    this.description = description;
  }

  /** The name as it is typed and shown. */
  public String key() {
    return key;
  }

  /** One line for people that says what is computed. */
  public String description() {
    return description;
  }

  /**
   * The definition with this key, in upper or lower case.
   *
   * @throws SkinSpectraException if there is none, naming those there are
   */
  public static AngleDefinition of(String key) {
    for (AngleDefinition definition : values()) {
      if (definition.key.equalsIgnoreCase(key)) {
        return definition;
      }
    }
    throw new SkinSpectraException(
        "There is no angle definition '"
            + key
            + "'; choose one of "
            + Arrays.stream(values()).map(AngleDefinition::key).collect(Collectors.joining(", "))
            + ".");
  }

  @Override
  public String toString() {
    return key;
  }
}

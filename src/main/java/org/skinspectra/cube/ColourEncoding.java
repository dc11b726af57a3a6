package org.skinspectra.cube;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.skinspectra.SkinSpectraException;

/**
 * What the red, green and blue of a user's image mean. A file does not say it, and a wrong guess
 * gives a wrong spectrum, so it is always stated.
 */
public enum ColourEncoding {

  /**
   * Canonical channels as {@link Msi} has them: values proportional to the light, weighted by the
   * CIE 1931 2° functions under equal energy.
   */
  LINEAR("linear"),

  /**
   * A picture to look at, such as a photograph's JPEG: gamma and colours of sRGB (IEC 61966-2-1),
   * which are undone.
   */
  SRGB("sRGB");

  private final String key;

  ColourEncoding(String key) {
    this.key = key;
  }

  /** The name people type and see: {@code linear} or {@code sRGB}. */
  public String key() {
    return key;
  }

  /**
   * Reads {@link #key()}, in upper or lower case.
   *
   * @throws SkinSpectraException if it is none, naming those there are
   */
  public static ColourEncoding parse(String text) {
    for (ColourEncoding encoding : values()) {
      if (encoding.key.equalsIgnoreCase(text)) {
        return encoding;
      }
    }
    throw new SkinSpectraException(
        "There is no encoding '%s'; choose one of %s."
            .formatted(
                text,
                Arrays.stream(values())
                    .map(ColourEncoding::key)
                    .collect(Collectors.joining(", "))));
  }
}

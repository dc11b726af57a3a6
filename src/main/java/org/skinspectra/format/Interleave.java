package org.skinspectra.format;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.skinspectra.SkinSpectraException;

/** The order of samples in a file, by ENVI's names. */
public enum Interleave {
  /** Band sequential: one plane after the other. */
  BSQ,
  /** Band interleaved by line: the first line of every band, then the second. */
  BIL,
  /** Band interleaved by pixel: the spectrum of one pixel after the other. */
  BIP;

  /** The name in lower case. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The order of this name; empty where there is none. */
  public static Optional<Interleave> ofKey(String key) {
    return Arrays.stream(values()).filter(order -> order.key().equals(key)).findFirst();
  }

  /**
   * Reads {@link #key()}, in upper or lower case.
   *
   * @throws SkinSpectraException if it is none, naming those there are
   */
  public static Interleave parse(String text) {
    return ofKey(text.toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                new SkinSpectraException(
                    "There is no interleave '%s'; choose one of %s."
                        .formatted(
                            text,
                            Arrays.stream(values())
                                .map(Interleave::key)
                                .collect(Collectors.joining(", ")))));
  }
}

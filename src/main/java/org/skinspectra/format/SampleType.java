package org.skinspectra.format;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.skinspectra.SkinSpectraException;

/** How one value of a cube is stored in a file that is written. */
public enum SampleType {
  FLOAT32(Float.BYTES, 0, 1),
  FLOAT64(Double.BYTES, 0, 1),
  /** Usually 10000 for a reflectance of 1, as in most reflectance products. */
  UINT16(Short.BYTES, 65_535, 10_000),
  /** Usually 255 for a reflectance of 1. */
  UINT8(Byte.BYTES, 255, 255);

  private final int bytes;
  private final int highest;
  private final double usualScale;

  SampleType(int bytes, int highest, double usualScale) {
    this.bytes = bytes;
    this.highest = highest;
    this.usualScale = usualScale;
  }

  /** The name that people give, such as {@code uint16}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type of this name; empty where there is none. */
  public static Optional<SampleType> ofKey(String key) {
    return Arrays.stream(values()).filter(type -> type.key().equals(key)).findFirst();
  }

  /**
   * Reads {@link #key()}, in upper or lower case.
   *
   * @throws SkinSpectraException if it is none, naming those there are
   */
  public static SampleType parse(String text) {
    return ofKey(text.toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                new SkinSpectraException(
                    "There is no type of samples '%s'; choose one of %s."
                        .formatted(
                            text,
                            Arrays.stream(values())
                                .map(SampleType::key)
                                .collect(Collectors.joining(", ")))));
  }

  public int bytes() {
    return bytes;
  }

  /** Whether values are rounded to whole numbers from 0 to {@link #highest}. */
  public boolean isInteger() {
    return highest > 0;
  }

  /** The highest number that can be stored; 0 for floating point, which has no such bound. */
  public int highest() {
    return highest;
  }

  /** What is stored for the value 1 where nobody says otherwise; 1 for floating point. */
  public double usualScale() {
    return usualScale;
  }
}

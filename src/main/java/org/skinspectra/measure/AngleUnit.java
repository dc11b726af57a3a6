package org.skinspectra.measure;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.skinspectra.SkinSpectraException;

/** Units that angles are shown in. */
public enum AngleUnit {
  DEGREES("degrees"),
  RADIANS("rad");

  private final String key;

  AngleUnit(String key) {
    this.key = key;
  }

  /** The name as it is typed and shown. */
  public String key() {
    return key;
  }

  /** An angle in this unit. */
  public double of(double radians) {
    return this == DEGREES ? Math.toDegrees(radians) : radians;
  }

  /** A copy of a map's angles in this unit {@code [y][x]}, NaN where a pixel does not count. */
  public float[] of(AngleMap map) {
    return this == DEGREES ? map.toDegrees() : map.radians().clone();
  }

  /**
   * Reads {@link #key()}, in upper or lower case.
   *
   * @throws SkinSpectraException if it is none, naming those there are
   */
  public static AngleUnit parse(String text) {
    for (AngleUnit unit : values()) {
      if (unit.key.equalsIgnoreCase(text)) {
        return unit;
      }
    }
    throw new SkinSpectraException(
        "There is no unit '%s' of angles; choose one of %s."
            .formatted(
                text,
                Arrays.stream(values()).map(AngleUnit::key).collect(Collectors.joining(", "))));
  }
}

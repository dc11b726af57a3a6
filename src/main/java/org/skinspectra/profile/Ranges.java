package org.skinspectra.profile;

import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraException;

/** Checks of the numbers of a profile, by the keys that its file has for them. */
final class Ranges {

  private Ranges() {}

  static void require(String key, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new SkinSpectraException(
          "'%s' is %s, but lies between %s and %s."
              .formatted(
                  key,
                  JsonText.printable(value),
                  JsonText.printable(min),
                  JsonText.printable(max)));
    }
  }

  static void require(String key, double[] values, double min, double max) {
    for (int i = 0; i < values.length; i++) {
      require(key + "[" + i + "]", values[i], min, max);
    }
  }

  static void requireIncreasing(String key, double[] values) {
    for (int i = 1; i < values.length; i++) {
      if (!(values[i] > values[i - 1])) {
        throw new SkinSpectraException(
            "'%s[%d]' is %s, but must be above %s before it."
                .formatted(
                    key, i, JsonText.printable(values[i]), JsonText.printable(values[i - 1])));
      }
    }
  }

  static void requireRows(String key, int size, int min, int max) {
    if (size < min || size > max) {
      throw new SkinSpectraException(
          "'%s' has %d values, but needs %d to %d.".formatted(key, size, min, max));
    }
  }

  static void requireSameRows(String key, int size, String other, int otherSize) {
    if (size != otherSize) {
      throw new SkinSpectraException(
          "'%s' has %d values, but '%s' has %d; there must be one for each."
              .formatted(key, size, other, otherSize));
    }
  }

  /** Not blank, not endless, without line breaks and other control characters. */
  static void requireText(String key, String text, int maxLength) {
    if (text.isBlank()
        || text.codePointCount(0, text.length()) > maxLength
        || text.codePoints().anyMatch(Character::isISOControl)) {
      throw new SkinSpectraException(
          "'%s' is '%s', but should be text of 1 to %d characters without line breaks or tabs."
              .formatted(key, JsonText.printable(text), maxLength));
    }
  }
}

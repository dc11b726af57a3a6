package org.skinspectra.report;

import java.util.Locale;

/** Text from files and of users as a page may hold it. */
final class Html {

  private Html() {}

  /**
   * Text that stands for itself between tags and in quoted attributes: no character of it is
   * markup, and none moves or hides the text beside it.
   */
  static String text(Object value) {
    StringBuilder escaped = new StringBuilder();
    String.valueOf(value)
        .replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ")
        .codePoints()
        .forEach(
            character -> {
              switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(character);
              }
            });
    return escaped.toString();
  }

  /** A place in a drawing. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** A colour {@code 0xRRGGBB}. */
  static String colour(int rgb) {
    return String.format(Locale.ROOT, "#%06x", rgb & 0xffffff);
  }
}

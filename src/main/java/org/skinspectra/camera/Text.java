package org.skinspectra.camera;

import java.util.regex.Pattern;
import org.skinspectra.JsonText;

/** Checks of the texts of rigs. */
final class Text {

  private static final int MAX_LENGTH = 200;
  private static final Pattern SAYS_SOMETHING = Pattern.compile("\\S");

  private Text() {}

  /**
   * @throws IllegalArgumentException if the text says nothing or is very long
   */
  static void require(String what, String text) {
    requireLength(what, text);
    if (!SAYS_SOMETHING.matcher(text).find()) {
      throw bad(what, 1, text);
    }
  }

  /**
   * @throws IllegalArgumentException if the text is very long
   */
  static void requireLength(String what, String text) {
    if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
      throw bad(what, 0, text);
    }
  }

  private static IllegalArgumentException bad(String what, int shortest, String text) {
    return new IllegalArgumentException(
        "The %s of a rig is a text of %d to %d characters, not '%s'."
            .formatted(what, shortest, MAX_LENGTH, JsonText.printable(text)));
  }
}

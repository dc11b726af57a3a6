package org.skinspectra.model;

/** Names from files as messages show them: quoted, of bearable length, without control codes. */
final class Quoted {

  private static final int MAX_CHARACTERS = 120;

  private Quoted() {}

  static String of(String name) {
    String shown =
        name.length() <= MAX_CHARACTERS ? name : name.substring(0, MAX_CHARACTERS) + "...";
    return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}

package org.skinspectra.profile;

import java.time.LocalDate;
import java.util.List;
import org.skinspectra.SkinSpectraException;

/**
 * Where a camera profile comes from.
 *
 * @param name of the camera and what is before it, for people
 * @param author who made the profile
 * @param licence under which its numbers may be used, by SPDX identifier or in words
 * @param source of the numbers: instrument, publication or formula
 * @param created day it was made
 * @param updated day it was last changed
 * @param notes what else must be known, above all what was assumed and not measured
 */
public record ProfileOrigin(
    String name,
    String author,
    String licence,
    String source,
    LocalDate created,
    LocalDate updated,
    List<String> notes) {

  static final int SHORT_TEXT = 200;
  static final int LONG_TEXT = 2000;
  static final int MAX_NOTES = 50;
  private static final int FIRST_YEAR = 1900;
  private static final int LAST_YEAR = 9999;

  /**
   * @throws SkinSpectraException if a text is blank, too long or has line breaks, or a date cannot
   *     be
   */
  public ProfileOrigin {
    notes = List.copyOf(notes);
    Ranges.requireText("name", name, SHORT_TEXT);
    Ranges.requireText("author", author, SHORT_TEXT);
    Ranges.requireText("licence", licence, SHORT_TEXT);
    Ranges.requireText("source", source, LONG_TEXT);
    Ranges.require("year of created", created.getYear(), FIRST_YEAR, LAST_YEAR);
    Ranges.require("year of updated", updated.getYear(), FIRST_YEAR, LAST_YEAR);
    Ranges.requireRows("notes", notes.size(), 0, MAX_NOTES);
    for (int i = 0; i < notes.size(); i++) {
      Ranges.requireText("notes[" + i + "]", notes.get(i), LONG_TEXT);
    }
    if (updated.isBefore(created)) {
      throw new SkinSpectraException(
          "'updated' is %s, before 'created' (%s).".formatted(updated, created));
    }
  }

  /** The same, changed on a day; a day before its making counts as that of its making. */
  public ProfileOrigin updatedOn(LocalDate day) {
    return new ProfileOrigin(
        name, author, licence, source, created, day.isBefore(created) ? created : day, notes);
  }
}

package org.skinspectra.train;

import java.util.List;

/**
 * An image of a data set that cannot be used because some of its files are not there.
 *
 * @param split {@code train}, {@code valid} or {@code test}; empty for a subject of a list of which
 *     there is no image anywhere
 * @param name of the image, or of that subject
 * @param kinds what is missing, such as {@code NIR} or {@code mask}
 */
public record MissingFiles(String split, String name, List<String> kinds) {

  public MissingFiles {
    kinds = List.copyOf(kinds);
  }

  /** The subject, the part of the name before the first underscore. */
  public String subject() {
    return HyperSkinImage.subject(name);
  }

  /** For people: {@code test/p001_smile_left has no NIR, mask}. */
  public String text() {
    return (split.isEmpty() ? "" : split + "/") + name + " has no " + String.join(", ", kinds);
  }
}

package org.skinspectra.model;

/**
 * What made a spectrum, as far as the model goes.
 *
 * @param name file name or built-in name
 * @param id SHA-256 of the weights file, hexadecimal, as {@code sha256sum} prints it
 * @param architecture network and sizes in words
 */
public record ModelDescription(String name, String id, String architecture) {

  /** The id cut to what people compare by eye. */
  public String shortId() {
    return id.substring(0, Math.min(12, id.length()));
  }

  @Override
  public String toString() {
    return name + " (" + architecture + ", id " + shortId() + ")";
  }
}

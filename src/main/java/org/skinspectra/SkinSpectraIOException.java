package org.skinspectra;

/** A file could not be read or written; the message names the file. */
public class SkinSpectraIOException extends SkinSpectraException {

  private static final long serialVersionUID = 1L;

  public SkinSpectraIOException(String message) {
    super(message);
  }

  public SkinSpectraIOException(String message, Throwable cause) {
    super(message, cause);
  }
}

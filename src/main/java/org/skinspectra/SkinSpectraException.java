package org.skinspectra;

/**
 * Root of the errors that a user can act on. The message says what was wrong, with the value, and
 * what to do; it is shown as it is, without a stack trace.
 */
public class SkinSpectraException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public SkinSpectraException(String message) {
    super(message);
  }

  public SkinSpectraException(String message, Throwable cause) {
    super(message, cause);
  }
}

package org.skinspectra;

/** The user canceled the work; nothing was written. */
public final class CanceledException extends SkinSpectraException {

  private static final long serialVersionUID = 1L;

  public CanceledException(String work) {
    super(work + " was canceled; nothing was written.");
  }
}

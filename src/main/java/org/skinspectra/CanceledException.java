package org.skinspectra;

/** The user canceled the work; nothing is left half done. */
public final class CanceledException extends SkinSpectraException {

  private static final long serialVersionUID = 1L;

  public CanceledException(String work) {
    this(work, "nothing was written");
  }

  /**
   * Work of many parts, of which some were done.
   *
   * @param left what is there of it now
   */
  public CanceledException(String work, String left) {
    super("%s was canceled; %s.".formatted(work, left));
  }
}

package org.skinspectra;

/** The user canceled the work. */
public final class CanceledException extends SkinSpectraException {

  private static final long serialVersionUID = 1L;

  public CanceledException(String work) {
    this(work, "nothing was written");
  }

  /**
   * @param work that was canceled, such as {@code The capture}
   * @param left what it leaves, such as {@code nothing was written}
   */
  public CanceledException(String work, String left) {
    super("%s was canceled; %s.".formatted(work, left));
  }
}

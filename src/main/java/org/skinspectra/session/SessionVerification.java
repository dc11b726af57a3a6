package org.skinspectra.session;

import java.util.List;

/**
 * What was found when a session was held against its manifest.
 *
 * @param files that were read and compared
 * @param problems every one that was found, by file
 */
public record SessionVerification(int files, List<Problem> problems) {

  public SessionVerification {
    problems = List.copyOf(problems);
  }

  /** What can be wrong with a file. */
  public enum Kind {
    /**
     * It is not what was stored: another length, another SHA-256, or other words than the manifest.
     */
    DAMAGED,
    /** The manifest names it, and it is not there. */
    MISSING,
    /** It is there, and the manifest does not name it. */
    UNKNOWN,
    /** A whole frame, document or result that the manifest does not name yet; it is in use. */
    RECOVERED,
    /** A writer was killed in it; nothing of the session is in it. */
    UNFINISHED
  }

  /**
   * Something wrong with a file.
   *
   * @param path within the session
   * @param what is wrong, for people
   */
  public record Problem(Kind kind, String path, String what) {}

  /** Whether all that was stored is there as it was stored. */
  public boolean sound() {
    return problems.stream()
        .noneMatch(problem -> problem.kind() == Kind.DAMAGED || problem.kind() == Kind.MISSING);
  }
}

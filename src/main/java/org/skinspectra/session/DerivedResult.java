package org.skinspectra.session;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * What was computed from a session's frames and stored with them.
 *
 * @param folder within the session: {@code derived/001-reflectance}
 * @param made when
 * @param files in it, {@code provenance.json} first
 */
public record DerivedResult(String folder, OffsetDateTime made, List<StoredFile> files) {
  public DerivedResult {
    files = List.copyOf(files);
  }
}

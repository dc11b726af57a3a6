package org.skinspectra.session;

import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One time that a session was open for writing.
 *
 * @param from when it was opened; frames with a later time belong to it
 * @param software versions by name: ours, Java's, the system's, those of the source of frames
 */
public record SessionUse(OffsetDateTime from, Map<String, String> software) {
  public SessionUse {
    software = Collections.unmodifiableMap(new LinkedHashMap<>(software));
  }
}

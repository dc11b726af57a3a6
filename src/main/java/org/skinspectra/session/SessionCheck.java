package org.skinspectra.session;

import java.time.OffsetDateTime;
import org.skinspectra.profile.CalibrationCheck;

/**
 * Something that was checked of a session's frames, such as the level of a white reference, and
 * when.
 *
 * @param check what was checked, found and advised
 * @param checked when
 */
public record SessionCheck(CalibrationCheck check, OffsetDateTime checked) {}

package org.skinspectra.session;

import java.time.OffsetDateTime;

/**
 * Something that was checked of a session's frames, such as the level of a white reference.
 *
 * @param name what was checked, with its frame and channel
 * @param passed whether it was good
 * @param value that was found
 * @param limit that it was held against
 * @param remedy what to do where it has not passed
 * @param checked when
 */
public record SessionCheck(
    String name,
    boolean passed,
    double value,
    double limit,
    String remedy,
    OffsetDateTime checked) {}

package org.skinspectra.session;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * Which frame of which session a file holds, so that a session can be put together again from its
 * files alone.
 *
 * @param session that it belongs to
 * @param created when the session began
 * @param number in the session, from 1
 * @param copiedFrom session and file that it was copied from
 */
record FrameIdentity(
    UUID session,
    OffsetDateTime created,
    int number,
    FrameKind kind,
    int timePoint,
    int repetition,
    Optional<String> copiedFrom) {}

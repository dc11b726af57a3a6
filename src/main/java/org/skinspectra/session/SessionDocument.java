package org.skinspectra.session;

import java.time.OffsetDateTime;

/**
 * A text that a session keeps a copy of, such as its rig.
 *
 * @param name {@code rig} or {@code profile}, or another of lower-case letters
 * @param added when
 * @param file that holds it: {@code rig.json}, then {@code rig-2.json} and so on
 */
public record SessionDocument(String name, OffsetDateTime added, StoredFile file) {}

package org.skinspectra.session;

/**
 * A file of a session as its manifest knows it.
 *
 * @param path within the session's folder, its parts separated by {@code /}
 * @param length bytes
 * @param sha256 64 hexadecimal digits, lower case
 */
public record StoredFile(String path, long length, String sha256) {}

package org.skinspectra.camera;

import java.util.Map;

/**
 * An image as MMCore gives it. Public since it is made in another class loader.
 *
 * @param pixels an array of byte, short or float, or null where MMCore has none
 * @param tags by name
 */
public record MMCoreImage(Object pixels, Map<String, String> tags) {}

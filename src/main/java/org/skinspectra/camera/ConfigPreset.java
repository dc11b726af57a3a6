package org.skinspectra.camera;

/**
 * A preset of Micro-Manager's configuration groups.
 *
 * @param group such as {@code Channel}
 * @param preset such as {@code RGB}
 */
public record ConfigPreset(String group, String preset) {

  /**
   * @throws IllegalArgumentException if a name says nothing
   */
  public ConfigPreset {
    Text.require("group", group);
    Text.require("preset", preset);
  }
}

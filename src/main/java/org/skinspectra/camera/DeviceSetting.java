package org.skinspectra.camera;

/**
 * A property of a device and the value it is to have.
 *
 * @param device label
 * @param property name
 * @param value as text, which may be empty
 */
public record DeviceSetting(String device, String property, String value) {

  /**
   * @throws IllegalArgumentException if a name says nothing or a text is very long
   */
  public DeviceSetting {
    Text.require("device", device);
    Text.require("property", property);
    Text.requireLength("value", value);
  }
}

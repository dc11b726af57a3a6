package org.skinspectra.camera;

/**
 * A property of a device and the value it is to have.
 *
 * @param device label
 * @param property name
 * @param value as text
 */
public record DeviceSetting(String device, String property, String value) {

  /**
   * @throws IllegalArgumentException if a name says nothing
   */
  public DeviceSetting {
    Text.require("device", device);
    Text.require("property", property);
    Text.require("value", value);
  }
}

package org.skinspectra.model;

import java.util.Locale;
import org.skinspectra.SkinSpectraException;

/** Where a network should run. */
public enum Device {
  /** A GPU if TensorFlow can use one, else the CPU. */
  AUTO,
  CPU,
  /** A GPU, or an error. */
  GPU;

  /** The name people type: {@code auto}, {@code cpu} or {@code gpu}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #key()}. */
  public static Device parse(String text) {
    for (Device device : values()) {
      if (device.key().equalsIgnoreCase(text)) {
        return device;
      }
    }
    throw new SkinSpectraException("Device '" + text + "' is not known; use auto, cpu or gpu.");
  }
}

package org.skinspectra.camera;

/** What lies in front of the demo camera. */
public enum DemoTarget {
  /** The person. */
  SCENE("scene"),
  /** A flat white reference that fills the view. */
  WHITE("white"),
  /** The lid of the lens. */
  DARK("dark");

  private final String key;

  DemoTarget(String key) {
    this.key = key;
  }

  /** Value of the setting {@code Scene/Target}. */
  public String key() {
    return key;
  }
}

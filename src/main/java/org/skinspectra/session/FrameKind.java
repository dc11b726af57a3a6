package org.skinspectra.session;

import java.util.Locale;

/** What was in front of the camera when a frame was taken. */
public enum FrameKind {
  /** The object. */
  IMAGE,
  /** Nothing: the lid or the shutter was closed. */
  DARK,
  /** The white reference. */
  WHITE,
  /** A uniform field, one of a series of exposures from which linearity is found. */
  LINEARITY;

  /** As files name it: {@code image}, {@code dark}, {@code white}, {@code linearity}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}

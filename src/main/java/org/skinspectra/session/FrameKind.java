package org.skinspectra.session;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

  /** The kind that files name so; empty where it is none of these. */
  public static Optional<FrameKind> ofKey(String key) {
    return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
  }
}

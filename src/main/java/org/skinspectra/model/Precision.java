package org.skinspectra.model;

import java.util.Locale;
import org.skinspectra.SkinSpectraException;

/**
 * Number format of the network's activations. Weights are kept in float32; Gram matrices, softmax
 * and layer-norm statistics are computed in float32 in either precision.
 */
public enum Precision {
  FLOAT32,
  BFLOAT16;

  /** The name people type: {@code float32} or {@code bfloat16}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Bytes of one number. */
  public int bytes() {
    return this == FLOAT32 ? Float.BYTES : Short.BYTES;
  }

  /** Reads {@link #key()}. */
  public static Precision parse(String text) {
    for (Precision precision : values()) {
      if (precision.key().equalsIgnoreCase(text)) {
        return precision;
      }
    }
    throw new SkinSpectraException(
        "Precision '" + text + "' is not known; use float32 or bfloat16.");
  }
}

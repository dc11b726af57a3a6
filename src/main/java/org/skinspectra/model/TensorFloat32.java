package org.skinspectra.model;

import java.util.Locale;
import java.util.Optional;

/**
 * Whether float32 on an NVIDIA GPU may mean TF32: products of numbers rounded to 10 bits of
 * mantissa, summed in float32. TensorFlow allows it, and GPUs since Ampere do it; NVIDIA's
 * libraries can be told not to.
 */
public final class TensorFloat32 {

  /** Environment variable of NVIDIA's libraries, read when they are loaded; 0 forbids TF32. */
  public static final String SWITCH = "NVIDIA_TF32_OVERRIDE";

  private TensorFloat32() {}

  /**
   * What is to be said beside the precision; empty where TF32 has no part in it.
   *
   * @param device such as {@code GPU:0}
   * @param override value of {@link #SWITCH}, or null without one
   */
  public static Optional<String> statement(String device, Precision precision, String override) {
    if (!isFloat32OnGpu(device, precision)) {
      return Optional.empty();
    }
    return Optional.of(
        !isAllowed(device, precision, override)
            ? "off (" + SWITCH + "=0)"
            : "allowed: products of numbers rounded to 10 bits where the GPU has it ("
                + SWITCH
                + "=0 forbids it)");
  }

  /**
   * Whether products may be TF32.
   *
   * @param device such as {@code GPU:0}
   * @param override value of {@link #SWITCH}, or null without one
   */
  public static boolean isAllowed(String device, Precision precision, String override) {
    return isFloat32OnGpu(device, precision) && !"0".equals(override);
  }

  private static boolean isFloat32OnGpu(String device, Precision precision) {
    return precision == Precision.FLOAT32 && device.toUpperCase(Locale.ROOT).startsWith("GPU");
  }
}

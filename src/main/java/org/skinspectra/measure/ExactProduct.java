package org.skinspectra.measure;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * Adds the product of two float32 values to a float64 sum. The product is exact in float64, so a
 * fused multiply-add gives the very same sum in half of the instructions; but where the processor
 * or the Java virtual machine has none, {@link Math#fma} takes microseconds.
 */
final class ExactProduct {

  private static final boolean FUSED = hasFusedMultiplyAdd();

  private ExactProduct() {}

  /** {@code sum + a * b}, for a and b that were float32. */
  static double add(double sum, double a, double b) {
    return FUSED ? Math.fma(a, b, sum) : sum + a * b;
  }

  private static boolean hasFusedMultiplyAdd() {
    try {
      var diagnostics = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return diagnostics != null
          && Boolean.parseBoolean(diagnostics.getVMOption("UseFMA").getValue());
    } catch (IllegalArgumentException e) {
      // Another virtual machine, which knows no such option.
      return false;
    }
  }
}

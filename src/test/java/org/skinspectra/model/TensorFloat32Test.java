package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TensorFloat32Test {

  @Test
  void float32OnAGpuSaysWhetherItMayBeTf32() {
    String allowed = TensorFloat32.statement("GPU:0", Precision.FLOAT32, null).orElseThrow();
    assertTrue(allowed.startsWith("allowed"), allowed);
    assertEquals(allowed, TensorFloat32.statement("GPU:1", Precision.FLOAT32, "1").orElseThrow());
    String off = TensorFloat32.statement("GPU:0", Precision.FLOAT32, "0").orElseThrow();
    assertTrue(off.startsWith("off"), off);
  }

  @Test
  void nothingIsSaidOfACpuOrOfBfloat16() {
    assertEquals(Optional.empty(), TensorFloat32.statement("CPU:0", Precision.FLOAT32, null));
    assertEquals(Optional.empty(), TensorFloat32.statement("Java", Precision.FLOAT32, null));
    assertEquals(Optional.empty(), TensorFloat32.statement("GPU:0", Precision.BFLOAT16, null));
  }
}

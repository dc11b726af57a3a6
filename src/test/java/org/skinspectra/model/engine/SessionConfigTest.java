package org.skinspectra.model.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.tensorflow.proto.GPUOptions;

/** What TensorFlow is told of a GPU's memory; no library is loaded. */
class SessionConfigTest {

  @Test
  void memoryOfAGpuIsTakenAsNeededAndWithoutLimit() {
    GPUOptions options = TensorFlowDevices.gpuOptions(null);
    assertTrue(options.getAllowGrowth());
    assertEquals(0, options.getPerProcessGpuMemoryFraction());
    assertFalse(TensorFlowDevices.sessionConfig().getAllowSoftPlacement());
  }

  @Test
  void aShareOfAGpusMemoryIsTheMostThatIsTaken() {
    GPUOptions options = TensorFlowDevices.gpuOptions(" 0.25 ");
    assertTrue(options.getAllowGrowth());
    assertEquals(0.25, options.getPerProcessGpuMemoryFraction());
    assertEquals(1, TensorFlowDevices.gpuOptions("1").getPerProcessGpuMemoryFraction());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-0.5", "1.01", "50%", "NaN", "half"})
  void whatIsNoShareIsRefusedWithTheValueAndAnExample(String share) {
    String message =
        assertThrows(SkinSpectraException.class, () -> TensorFlowDevices.gpuOptions(share))
            .getMessage();
    assertTrue(message.contains("-Dskinspectra.gpu.memory=" + share + " "), message);
    assertTrue(message.contains("such as 0.5"), message);
  }

  @Test
  void theSessionsOptionsFollowTheProperty() {
    System.setProperty(TensorFlowDevices.GPU_MEMORY, "0.5");
    try {
      GPUOptions options = TensorFlowDevices.sessionConfig().getGpuOptions();
      assertEquals(0.5, options.getPerProcessGpuMemoryFraction());
    } finally {
      System.clearProperty(TensorFlowDevices.GPU_MEMORY);
    }
  }
}

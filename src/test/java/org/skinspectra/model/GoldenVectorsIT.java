package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Msi;
import org.skinspectra.spectra.Wavelengths;

/**
 * The graphs against outputs of the published PyTorch models: random weights, float32, sizes that
 * need padding and sizes that do not. Agreement is the relative L2 error.
 */
class GoldenVectorsIT {

  private static final Wavelengths SIX_BANDS = Wavelengths.range(400, 10, 450);

  @ParameterizedTest(name = "{0} from {1} at {2}")
  @CsvSource({
    "mstpp_tiny, safetensors, 8x8",
    "mstpp_tiny, safetensors, 11x50",
    "mstpp_tiny, safetensors, 32x32",
    "mstpp_tiny, safetensors, 37x29",
    "mstpp_tiny, safetensors, 40x24",
    "mstpp_tiny, pt, 37x29",
    "mstpp_tiny_checkpoint, pt, 37x29",
    "mst_tiny, safetensors, 32x32",
    "mst_tiny, safetensors, 37x29",
    "mst_tiny, safetensors, 40x24",
    "mst_tiny, pt, 37x29",
    "mst_tiny_checkpoint, pt, 37x29",
  })
  void equalsThePublishedModelToAMillionth(String model, String format, String size) {
    Weights weights = Weights.read(Golden.path(model + "." + format));
    Weights expected =
        Weights.read(Golden.path(model.replace("_checkpoint", "") + "_" + size + ".safetensors"));
    float[] truth = expected.tensor("output").values();
    try (var reconstructor =
        NetworkReconstructor.open(weights, SIX_BANDS, Device.CPU, Precision.FLOAT32)) {
      Reconstruction result =
          reconstructor.reconstruct(image(expected.tensor("input")), ProgressMonitor.NONE);
      double error = relativeError(result.cube().planes(), truth);
      System.out.printf("%s.%s %s: relative error %.2e%n", model, format, size, error);
      assertTrue(error <= 1e-6, "relative error " + error);
      assertEquals("CPU:0", result.device());
    }
  }

  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource({"mstpp_tiny, 37x29", "mst_tiny, 37x29"})
  void staysWithinThePrecisionOfBfloat16(String model, String size) {
    Weights expected = Weights.read(Golden.path(model + "_" + size + ".safetensors"));
    float[] truth = expected.tensor("output").values();
    try (var reconstructor =
        NetworkReconstructor.open(
            Weights.read(Golden.path(model + ".safetensors")),
            SIX_BANDS,
            Device.CPU,
            Precision.BFLOAT16)) {
      Reconstruction result =
          reconstructor.reconstruct(image(expected.tensor("input")), ProgressMonitor.NONE);
      double error = relativeError(result.cube().planes(), truth);
      System.out.printf("%s bfloat16 %s: relative error %.2e%n", model, size, error);
      assertTrue(error > 1e-6 && error < 0.03, "relative error " + error);
      assertEquals(Precision.BFLOAT16, result.precision());
    }
  }

  /** From PyTorch's [1, c, y, x] to channel-last. */
  static Msi image(WeightTensor tensor) {
    int channels = tensor.shape()[1];
    int height = tensor.shape()[2];
    int width = tensor.shape()[3];
    float[] pixels = new float[tensor.size()];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < width * height; i++) {
        pixels[i * channels + c] = tensor.values()[c * width * height + i];
      }
    }
    return new Msi(width, height, channels, pixels);
  }

  static double relativeError(float[][] planes, float[] truth) {
    double difference = 0;
    double norm = 0;
    int i = 0;
    for (float[] plane : planes) {
      for (float value : plane) {
        difference += Math.pow(value - truth[i], 2);
        norm += Math.pow(truth[i], 2);
        i++;
      }
    }
    assertEquals(truth.length, i);
    return Math.sqrt(difference / norm);
  }
}

package org.skinspectra.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.benchmark.ReconstructionTask.Tf32;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.model.Device;
import org.skinspectra.model.Precision;
import org.skinspectra.model.WeightTensor;
import org.skinspectra.model.Weights;
import org.skinspectra.spectra.Wavelengths;

class ParityTest {

  @TempDir Path folder;

  @Test
  void anErrorWithinTheLimitPassesAndNoneThatIsNoNumber() {
    assertTrue(parity(1e-5).passed());
    assertFalse(parity(1.1e-5).passed());
    assertFalse(parity(Double.NaN).passed());
    assertFalse(parity(Double.POSITIVE_INFINITY).passed());
  }

  @Test
  void resultsAreToldFromOneProcessToAnother() {
    List<Parity> all = List.of(parity(1e-7), parity(Double.NaN));
    assertEquals(all, Parity.of(JsonText.parse(Parity.toJson(all) + "", "x", "y"), "x"));
  }

  @Test
  void theArgumentsNameTheGoldenFolderOnlyWhereThereIsOne() {
    ParityTask task =
        new ParityTask(Device.GPU, Precision.FLOAT32, Tf32.OFF, 64, Optional.of(folder));
    assertEquals(
        List.of(
            "parity",
            "--device=gpu",
            "--precision=float32",
            "--side=64",
            "--golden=" + folder.toAbsolutePath()),
        task.arguments());
    assertEquals(
        4,
        new ParityTask(Device.GPU, Precision.FLOAT32, Tf32.OFF, 64, Optional.empty())
            .arguments()
            .size());
  }

  @Test
  void theErrorIsTheNormOfTheDifference() {
    Wavelengths two = Wavelengths.of(400, 410);
    SpectralCube truth = SpectralCube.ofPlanes(1, 1, two, new float[][] {{3}, {4}});
    SpectralCube result = SpectralCube.ofPlanes(1, 1, two, new float[][] {{3}, {4.5f}});
    assertEquals(0.1, ParityCheck.relativeError(result, truth), 1e-12);
  }

  @Test
  void goldenVectorsAreReadWithTheWeightsBesideThem() {
    write("m.safetensors", Map.of("w", WeightTensor.zeros(1)));
    write(
        "m_3x2.safetensors",
        Map.of(
            "input", new WeightTensor(new int[] {1, 3, 2, 3}, counting(18)),
            "output", new WeightTensor(new int[] {1, 2, 2, 3}, counting(12))));
    List<GoldenFolder.Vectors> all = GoldenFolder.read(folder);
    assertEquals(1, all.size());
    assertEquals("m_3x2.safetensors", all.get(0).name());
    assertEquals(3, all.get(0).input().width());
    assertEquals(2, all.get(0).input().height());
    // [c, y, x] is counted; channel 2 of x = 1, y = 1.
    assertEquals(2 * 6 + 3 + 1, all.get(0).input().get(1, 1, 2));
    assertEquals(6 + 3 + 1, all.get(0).output()[1][4]);
  }

  @Test
  void vectorsOfAnotherShapeAreRefusedWithTheirShapes() {
    write("m.safetensors", Map.of("w", WeightTensor.zeros(1)));
    write(
        "m_3x2.safetensors",
        Map.of("input", WeightTensor.zeros(1, 3, 2, 3), "output", WeightTensor.zeros(1, 2, 3, 3)));
    String message =
        assertThrows(SkinSpectraException.class, () -> GoldenFolder.read(folder)).getMessage();
    assertTrue(message.contains("m_3x2") && message.contains("[1, channels, y, x]"), message);
  }

  @Test
  void vectorsWithoutWeightsAndFoldersWithoutVectorsAreRefused() throws IOException {
    assertThrows(SkinSpectraException.class, () -> GoldenFolder.read(folder));
    assertThrows(SkinSpectraException.class, () -> GoldenFolder.read(folder.resolve("missing")));
    Files.writeString(folder.resolve("m_3x2.safetensors"), "nonsense");
    String message =
        assertThrows(SkinSpectraException.class, () -> GoldenFolder.read(folder)).getMessage();
    assertTrue(message.contains("m.safetensors"), message);
  }

  private void write(String name, Map<String, WeightTensor> tensors) {
    Weights.of(tensors, Map.of(), "test").writeSafetensors(folder.resolve(name));
  }

  private static float[] counting(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i;
    }
    return values;
  }

  private static Parity parity(double error) {
    return new Parity("default, 64x64", "CPU float32", "GPU:0", error, 0.001, 1e-5);
  }
}

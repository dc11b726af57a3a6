package org.skinspectra.model.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.model.Architecture;
import org.skinspectra.model.Device;
import org.skinspectra.model.Devices;
import org.skinspectra.model.Golden;
import org.skinspectra.model.MemoryCheck;
import org.skinspectra.model.NetworkReconstructor;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstruction;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.model.WeightTensor;
import org.skinspectra.model.Weights;
import org.skinspectra.model.WienerEstimator;
import org.skinspectra.model.WienerMatrix;
import org.skinspectra.spectra.Wavelengths;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Session;

class TensorFlowReconstructorIT {

  private static final Wavelengths SIX_BANDS = Wavelengths.range(400, 10, 450);

  @ParameterizedTest(name = "{0}x{1}")
  @CsvSource({"8, 8", "9, 15", "37, 29", "64, 8"})
  void anMstPlusPlusMadeFromAWienerMatrixComputesItsEstimate(int width, int height) {
    WienerMatrix matrix = randomMatrix();
    Msi msi = randomImage(width, height, 4);
    try (var network = open(matrix.mstPlusPlus(2, 5, Map.of(), "w"));
        var wiener = WienerEstimator.open(matrix.weights(Map.of(), "w"))) {
      float[][] expected = wiener.reconstruct(msi, ProgressMonitor.NONE).cube().planes();
      float[][] planes = network.reconstruct(msi, ProgressMonitor.NONE).cube().planes();
      for (int band = 0; band < planes.length; band++) {
        assertArrayEquals(expected[band], planes[band], 1e-6f);
      }
    }
  }

  @Test
  void theSameInputGivesTheSameNumbersAgain() {
    Msi msi = randomImage(40, 32, 4);
    try (var network = open(Golden.weights("mstpp_tiny.safetensors"))) {
      float[][] first = network.reconstruct(msi, ProgressMonitor.NONE).cube().planes();
      float[][] second = network.reconstruct(msi, ProgressMonitor.NONE).cube().planes();
      for (int band = 0; band < first.length; band++) {
        assertArrayEquals(first[band], second[band], 0);
      }
    }
  }

  @Test
  void weightsReadBackFromASessionAreTheOnesAssigned() {
    Weights weights = Golden.weights("mstpp_tiny.safetensors");
    NetworkGraph network =
        NetworkGraph.build(
            Architecture.infer(weights), Precision.FLOAT32, TensorFlowDevices.resolve(Device.CPU));
    try (var session = new Session(network.graph(), TensorFlowDevices.sessionConfig())) {
      network.weights().assign(session, weights);
      Map<String, WeightTensor> read = network.weights().read(session);
      assertEquals(weights.tensors().keySet(), new TreeSet<>(read.keySet()));
      weights.tensors().forEach((name, tensor) -> assertEquals(tensor, read.get(name), name));
    } finally {
      network.graph().close();
    }
  }

  @Test
  void reportsEveryPassAndSaysWhatMadeTheCube() {
    List<Long> done = new ArrayList<>();
    Set<String> steps = new LinkedHashSet<>();
    Weights weights = Golden.weights("mstpp_tiny.safetensors");
    try (var network = open(weights)) {
      Reconstruction result =
          network.reconstruct(
              randomImage(16, 16, 4),
              (step, n, total) -> {
                steps.add(step);
                done.add(n);
              });
      // 3 stages of 5 blocks, the halvings and doublings between them, a map in and a map out.
      assertTrue(done.size() >= 1 + 3 * (1 + 5 + 4 + 1) + 1 + 1, done + "");
      assertTrue(steps.containsAll(List.of("stage 1 down 1", "stage 3 bottleneck", "done")));
      assertEquals(done.stream().sorted().toList(), done);
      assertEquals(1000, done.get(done.size() - 1));
      assertEquals(weights.id(), result.cube().provenance().get("model id"));
      assertEquals("CPU:0", result.cube().provenance().get("device"));
      assertEquals("float32", result.cube().provenance().get("precision"));
      assertTrue(result.seconds() > 0);
    }
  }

  @Test
  void stopsWithinOneStepWhenCanceledAndWorksAgainAfterwards() {
    List<String> steps = new ArrayList<>();
    ProgressMonitor cancelAtThird =
        new ProgressMonitor() {
          @Override
          public void report(String step, long n, long total) {
            steps.add(step);
          }

          @Override
          public boolean isCanceled() {
            return steps.size() >= 3;
          }
        };
    try (var network = open(Golden.weights("mstpp_tiny.safetensors"))) {
      Msi msi = randomImage(16, 16, 4);
      assertThrows(CanceledException.class, () -> network.reconstruct(msi, cancelAtThird));
      assertEquals(3, steps.size());
      assertEquals(6, network.reconstruct(msi, ProgressMonitor.NONE).cube().bands());
    }
  }

  @Test
  void refusesImagesItCannotTakeBeforeItStarts() {
    try (var network = open(Golden.weights("mstpp_tiny.safetensors"))) {
      assertMessage("needs 4 channels", network, randomImage(16, 16, 3));
      assertMessage("7x16 pixels; the smallest", network, randomImage(7, 16, 4));
      Msi broken = randomImage(16, 16, 4);
      broken.pixels()[(3 * 16 + 5) * 4 + 3] = Float.POSITIVE_INFINITY;
      assertMessage("Infinity at pixel x=5, y=3, channel 960 nm", network, broken);
    }
  }

  @Test
  void refusesAFrameThatDoesNotFitBeforeItStarts() {
    MemoryCheck small = new MemoryCheck(() -> 100_000, () -> Long.MAX_VALUE);
    List<String> steps = new ArrayList<>();
    Weights weights = Golden.weights("mstpp_tiny.safetensors");
    try (var network =
        TensorFlowReconstructor.open(
            weights,
            Architecture.infer(weights),
            SIX_BANDS,
            TensorFlowDevices.resolve(Device.CPU),
            Precision.FLOAT32,
            small)) {
      String message =
          assertThrows(
                  SkinSpectraException.class,
                  () ->
                      network.reconstruct(
                          randomImage(64, 64, 4), (step, n, total) -> steps.add(step)))
              .getMessage();
      assertTrue(message.contains("64x64") && message.contains("are free"), message);
      assertTrue(steps.isEmpty());
    }
  }

  @Test
  void aModelOfThreeChannelsTakesTheRgbOfFour() {
    WienerMatrix rgb =
        new WienerMatrix(
            SIX_BANDS,
            new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 0}, {0, 1, 1}, {1, 0, 1}});
    try (var network = open(rgb.mstPlusPlus(1, 1, Map.of(), "rgb"))) {
      Msi msi = randomImage(16, 16, 4);
      float[][] planes = network.reconstruct(msi, ProgressMonitor.NONE).cube().planes();
      assertEquals(msi.get(7, 9, 2), planes[2][9 * 16 + 7], 1e-6);
    }
  }

  @Test
  void aRequiredGpuThatIsMissingIsAnErrorThatSaysWhy() {
    boolean gpu = Devices.probe().stream().anyMatch(d -> d.name().startsWith("GPU") && d.usable());
    Assumptions.assumeFalse(gpu, "This machine has a GPU that TensorFlow can use.");
    String message =
        assertThrows(
                SkinSpectraException.class,
                () ->
                    NetworkReconstructor.open(
                        Golden.weights("mstpp_tiny.safetensors"),
                        SIX_BANDS,
                        Device.GPU,
                        Precision.FLOAT32))
            .getMessage();
    assertTrue(message.contains("A GPU was asked for"), message);
  }

  @Test
  void theCpuIsProvenByAnOperationThatRan() {
    Devices.Status cpu = Devices.probe().get(0);
    assertEquals("CPU:0", cpu.name());
    assertTrue(cpu.usable(), cpu.detail());
    assertEquals(TensorFlowRuntime.EXPECTED_VERSION, Devices.tensorFlowVersion());
  }

  @Test
  void anErrorOfTensorFlowWhileOpeningSaysWhereItHappened() {
    Weights weights = Golden.weights("mstpp_tiny.safetensors");
    DeviceSpec missing = TensorFlowDevices.spec(DeviceSpec.DeviceType.CPU, 7);
    String message =
        assertThrows(
                SkinSpectraException.class,
                () ->
                    TensorFlowReconstructor.open(
                        weights,
                        Architecture.infer(weights),
                        SIX_BANDS,
                        missing,
                        Precision.FLOAT32,
                        MemoryCheck.OF_THIS_PROCESS))
            .getMessage();
    assertTrue(message.startsWith("TensorFlow failed on CPU:7: "), message);
  }

  /** Resident memory settles: the second hundred runs may not add what a leaked map would. */
  @Test
  void twoHundredRunsLeakNothing() throws IOException {
    Path status = Path.of("/proc/self/status");
    Assumptions.assumeTrue(
        Files.isReadable(status), "Resident memory is read from /proc/self/status (Linux only).");
    Msi msi = randomImage(96, 96, 4);
    long afterHundred = 0;
    try (var network = open(Golden.weights("mstpp_tiny.safetensors"))) {
      for (int run = 0; run < 200; run++) {
        network.reconstruct(msi, ProgressMonitor.NONE);
        if (run == 99) {
          System.gc();
          afterHundred = residentBytes(status);
        }
      }
    }
    System.gc();
    long growth = residentBytes(status) - afterHundred;
    // One leaked output a run would be 100 x 96 x 96 x 6 x 4 bytes = 21 MiB, one hidden map 84 MiB.
    System.out.printf("Resident memory grew by %.1f MiB in runs 101 to 200%n", growth / 1048576.0);
    assertTrue(growth < 16 << 20, "grew by " + growth + " bytes");
  }

  private static long residentBytes(Path status) throws IOException {
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private static Reconstructor open(Weights weights) {
    return NetworkReconstructor.open(weights, SIX_BANDS, Device.CPU, Precision.FLOAT32);
  }

  private static void assertMessage(String expected, Reconstructor model, Msi msi) {
    String message =
        assertThrows(SkinSpectraException.class, () -> model.reconstruct(msi, ProgressMonitor.NONE))
            .getMessage();
    assertTrue(message.contains(expected), message);
  }

  private static WienerMatrix randomMatrix() {
    Random random = new Random(1);
    double[][] values = new double[6][4];
    for (double[] row : values) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextGaussian();
      }
    }
    return new WienerMatrix(SIX_BANDS, values);
  }

  private static Msi randomImage(int width, int height, int channels) {
    Random random = new Random(2);
    float[] pixels = new float[width * height * channels];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    return new Msi(width, height, channels, pixels);
  }
}

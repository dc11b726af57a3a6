package org.skinspectra.benchmark;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.OptionalLong;
import org.skinspectra.JsonFields;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.benchmark.ReconstructionTask.Form;
import org.skinspectra.cube.Msi;
import org.skinspectra.model.Architecture;
import org.skinspectra.model.Devices;
import org.skinspectra.model.EngineMeasurements;
import org.skinspectra.model.NetworkReconstructor;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.model.Weights;
import org.skinspectra.spectra.Wavelengths;

/**
 * What a reconstruction took, measured in a process that did nothing else.
 *
 * @param architecture of the model, in words
 * @param device that did the work, such as {@code CPU:0}
 * @param tensorFlow version of the native library
 * @param coldSeconds from the start of the process to its first result
 * @param openSeconds for reading the weights, loading TensorFlow and putting the network together
 * @param firstSeconds of the first image
 * @param warm of the images after that
 * @param peakBytes resident memory of the process at its peak; empty where only Linux tells
 */
public record ReconstructionTiming(
    String architecture,
    String device,
    String tensorFlow,
    double coldSeconds,
    double openSeconds,
    double firstSeconds,
    Timing warm,
    OptionalLong peakBytes) {

  private static final int MAX_TEXT = 200;

  /** Measures in this process. */
  public static ReconstructionTiming measure(ReconstructionTask task, ProgressMonitor progress) {
    long start = System.nanoTime();
    Weights weights = BenchmarkModel.weights(task.model());
    Architecture architecture = Architecture.infer(weights);
    try (Reconstructor reconstructor = open(task, weights, architecture)) {
      double open = (System.nanoTime() - start) * 1e-9;
      Msi image = TestImages.square(task.side(), architecture.inputs());
      start = System.nanoTime();
      String device = reconstructor.reconstruct(image, progress).device();
      double first = (System.nanoTime() - start) * 1e-9;
      double cold =
          1e-3 * (System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime());
      Timing warm = Timing.of(task.runs(), () -> reconstructor.reconstruct(image, progress));
      return new ReconstructionTiming(
          architecture.describe(),
          device,
          Devices.tensorFlowVersion(),
          cold,
          open,
          first,
          warm,
          Machine.peakResidentBytes());
    }
  }

  private static Reconstructor open(
      ReconstructionTask task, Weights weights, Architecture architecture) {
    Wavelengths wavelengths = BenchmarkModel.wavelengths(weights, architecture);
    return task.form() == Form.OURS
        ? NetworkReconstructor.open(weights, wavelengths, task.device(), task.precision())
        : EngineMeasurements.ofThisProcess()
            .literal(weights, wavelengths, task.device(), task.precision());
  }

  /** As one process tells it another. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("architecture", architecture);
    json.addProperty("device", device);
    json.addProperty("tensorflow", tensorFlow);
    json.addProperty("cold_s", coldSeconds);
    json.addProperty("open_s", openSeconds);
    json.addProperty("first_s", firstSeconds);
    JsonArray seconds = new JsonArray();
    warm.seconds().forEach(seconds::add);
    json.add("warm_s", seconds);
    peakBytes.ifPresent(bytes -> json.addProperty("peak_bytes", bytes));
    return json;
  }

  /**
   * The reverse of {@link #toJson}.
   *
   * @throws org.skinspectra.SkinSpectraIOException if it is something else
   */
  static ReconstructionTiming of(JsonObject json, String source) {
    JsonFields fields = JsonFields.ofForeign(json, source);
    return new ReconstructionTiming(
        fields.text("architecture", MAX_TEXT),
        fields.text("device", MAX_TEXT),
        fields.text("tensorflow", MAX_TEXT),
        fields.number("cold_s"),
        fields.number("open_s"),
        fields.number("first_s"),
        new Timing(Arrays.stream(fields.numbers("warm_s")).boxed().toList()),
        fields.has("peak_bytes")
            ? OptionalLong.of(fields.whole("peak_bytes", 0, 1L << 50))
            : OptionalLong.empty());
  }
}

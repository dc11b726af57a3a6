package org.skinspectra.model.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.model.Device;
import org.skinspectra.model.Devices.Status;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;

/** The devices that TensorFlow can use here, each proven by an operation that ran on it. */
final class TensorFlowDevices {

  private static final String GPU_NATIVE = "/org/tensorflow/internal/c_api/linux-x86_64-gpu";

  /** Share of a GPU's memory that this process may take, above 0 and at most 1; without it, all. */
  static final String GPU_MEMORY = "skinspectra.gpu.memory";

  private static final int[] KERNEL = {3, 3, 1, 1};

  /** Held by a traced run: TensorFlow refuses a second one in the same program. */
  private static final Object TRACE = new Object();

  private TensorFlowDevices() {}

  /** Tries the CPU and every GPU that TensorFlow finds; a first GPU that fails says why. */
  static List<Status> probe() {
    TensorFlowRuntime.load();
    List<Status> found = new ArrayList<>();
    found.add(probe(DeviceSpec.DeviceType.CPU, 0));
    Status gpu = probe(DeviceSpec.DeviceType.GPU, 0);
    found.add(gpu);
    for (int index = 1; gpu.usable(); index++) {
      gpu = probe(DeviceSpec.DeviceType.GPU, index);
      if (gpu.usable()) {
        found.add(gpu);
      }
    }
    return found;
  }

  /**
   * The device that a request means on this machine.
   *
   * @throws SkinSpectraException if a GPU is required and none can be used, saying why
   */
  static DeviceSpec resolve(Device request) {
    if (request != Device.CPU) {
      Status gpu = probe(DeviceSpec.DeviceType.GPU, 0);
      if (gpu.usable()) {
        return spec(DeviceSpec.DeviceType.GPU, 0);
      }
      if (request == Device.GPU) {
        throw new SkinSpectraException(
            "A GPU was asked for, but none can be used: " + gpu.detail());
      }
    }
    return spec(DeviceSpec.DeviceType.CPU, 0);
  }

  static DeviceSpec spec(DeviceSpec.DeviceType type, int index) {
    return DeviceSpec.newBuilder().deviceType(type).deviceIndex(index).build();
  }

  /**
   * Operations run where they are told to, or fail; a GPU's memory is taken as it is needed.
   * TensorFlow's graph rewriting is off: it works through the graph anew for every step, which adds
   * six seconds to the first image of a network of three stages, and then saves some 15 % of an
   * image of 512² pixels (measured on two cores). A single image below about 1000² gains nothing.
   */
  static ConfigProto sessionConfig() {
    return ConfigProto.newBuilder()
        .setAllowSoftPlacement(false)
        .setGpuOptions(gpuOptions(System.getProperty(GPU_MEMORY)))
        .setGraphOptions(
            GraphOptions.newBuilder()
                .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
        .build();
  }

  /**
   * A GPU's memory is taken as it is needed, up to a share of it.
   *
   * @param share above 0 and at most 1, or null for all
   */
  static GPUOptions gpuOptions(String share) {
    GPUOptions.Builder options = GPUOptions.newBuilder().setAllowGrowth(true);
    return share == null
        ? options.build()
        : options.setPerProcessGpuMemoryFraction(share(share)).build();
  }

  private static double share(String text) {
    try {
      double share = Double.parseDouble(text.trim());
      if (share > 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      // Told below, as is a number out of range.
    }
    throw new SkinSpectraException(
        "-D%s=%s is no share of a GPU's memory; give a number above 0 and at most 1, such as 0.5."
            .formatted(GPU_MEMORY, text));
  }

  /**
   * As {@link #sessionConfig}, with graph rewriting: thousands of equal steps repay its seconds.
   */
  static ConfigProto trainingSessionConfig() {
    return sessionConfig().toBuilder().clearGraphOptions().build();
  }

  /**
   * Runs a network and reads from the trace where it ran.
   *
   * @return the device, such as {@code CPU:0}
   * @throws SkinSpectraException if it ran elsewhere
   */
  static String proven(DeviceSpec spec, Session.Runner network) {
    String wanted = name(spec);
    Set<String> used = devicesOf(network);
    if (!used.contains(wanted)) {
      throw new SkinSpectraException(
          "The network was to run on " + wanted + ", but TensorFlow ran it on " + used + ".");
    }
    return wanted;
  }

  /** TensorFlow's short name of a device, such as {@code CPU:0}. */
  static String name(DeviceSpec spec) {
    return spec.deviceType() + ":" + spec.deviceIndex();
  }

  /** An error of TensorFlow in words to act on; any other error as it is. */
  static RuntimeException explained(String device, RuntimeException e) {
    if (e instanceof TFResourceExhaustedException) {
      return new SkinSpectraException(
          device
              + " ran out of memory. Use bfloat16, reconstruct a smaller region, or choose another"
              + " device: "
              + firstLine(e),
          e);
    }
    return isOfTensorFlow(e)
        ? new SkinSpectraException("TensorFlow failed on " + device + ": " + firstLine(e), e)
        : e;
  }

  /** Runs once and gives the short names of the devices that executed operations. */
  private static Set<String> devicesOf(Session.Runner runner) {
    try (Result result = traced(runner)) {
      return usedDevices(result.getMetadata().orElseThrow());
    }
  }

  /** Runs once with a trace, which the result's metadata hold; the caller closes the result. */
  static Result traced(Session.Runner runner) {
    RunOptions traced =
        RunOptions.newBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build();
    synchronized (TRACE) {
      return runner.setOptions(traced).runAndFetchMetadata();
    }
  }

  private static Set<String> usedDevices(RunMetadata metadata) {
    return metadata.getStepStats().getDevStatsList().stream()
        .map(stats -> stats.getDevice())
        .filter(device -> device.matches(".*/device:[A-Z]+:\\d+"))
        .map(device -> device.substring(device.lastIndexOf("device:") + "device:".length()))
        .collect(Collectors.toSet());
  }

  private static Status probe(DeviceSpec.DeviceType type, int index) {
    TensorFlowRuntime.load();
    DeviceSpec spec = spec(type, index);
    String name = name(spec);
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph).withDevice(spec);
      // A convolution, not a sum: on a GPU it needs cuDNN, as the networks do.
      var ones = tf.fill(tf.constant(new int[] {1, 3, 3, 1}), tf.constant(1f));
      var convolved =
          tf.nn.conv2d(
              ones, tf.reshape(ones, tf.constant(KERNEL)), List.of(1L, 1L, 1L, 1L), "SAME");
      try (Session session = new Session(graph, sessionConfig())) {
        Set<String> used = devicesOf(session.runner().fetch(convolved));
        return used.contains(name)
            ? new Status(name, true, "a convolution ran there")
            : new Status(name, false, "TensorFlow ran a convolution on " + used + " instead");
      }
    } catch (RuntimeException e) {
      if (!isOfTensorFlow(e)) {
        throw e;
      }
      return new Status(
          name, false, type == DeviceSpec.DeviceType.GPU ? noGpuReason(e) : firstLine(e));
    }
  }

  private static String noGpuReason(RuntimeException e) {
    if (TensorFlowDevices.class.getResource(GPU_NATIVE) == null) {
      return "this TensorFlow is the build for the CPU. On Linux x86_64 there is one for NVIDIA GPUs:"
          + " set SKIN_SPECTRA_GPU=1 for scripts/skin-spectra or scripts/install-fiji, or use"
          + " tensorflow-core-native with the classifier linux-x86_64-gpu.";
    }
    return "TensorFlow's GPU build found no usable GPU; it needs an NVIDIA driver, CUDA 12.5 and"
        + " cuDNN 9.3 in LD_LIBRARY_PATH (set TF_CPP_MIN_LOG_LEVEL=0 to see which library is"
        + " missing): "
        + firstLine(e);
  }

  /** TensorFlow's errors have no common type, since some extend Java's own. */
  private static boolean isOfTensorFlow(RuntimeException e) {
    return e.getClass().getPackage().equals(TensorFlowException.class.getPackage());
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}

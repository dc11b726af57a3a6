package org.skinspectra.model.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.model.Architecture;
import org.skinspectra.model.ImageCheck;
import org.skinspectra.model.MemoryCheck;
import org.skinspectra.model.ModelDescription;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstruction;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.model.Weights;
import org.skinspectra.spectra.Wavelengths;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Reconstruction by MST++ or MST: one graph and one session for all images. On the CPU an image
 * runs in steps from cut to cut, so that progress is real and a cancel works within one step; on a
 * GPU, where a step is short and moving maps is dear, it runs at once.
 */
final class TensorFlowReconstructor implements Reconstructor {

  private final ModelDescription model;
  private final Architecture architecture;
  private final Wavelengths wavelengths;
  private final Precision precision;
  private final MemoryCheck memory;
  private final NetworkGraph network;
  private final List<Cuts.Cut> steps;
  private final Session session;
  private final String device;
  private boolean closed;

  private TensorFlowReconstructor(
      NetworkGraph network,
      Weights weights,
      Architecture architecture,
      Wavelengths wavelengths,
      DeviceSpec spec,
      Precision precision,
      MemoryCheck memory) {
    this.network = network;
    this.architecture = architecture;
    this.wavelengths = wavelengths;
    this.precision = precision;
    this.memory = memory;
    model = new ModelDescription(weights.source(), weights.id(), architecture.describe());
    steps = steps(network.cuts(), spec);
    session = new Session(network.graph(), TensorFlowDevices.sessionConfig());
    try {
      network.weights().assign(session, weights);
      device = provenDevice(spec);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static List<Cuts.Cut> steps(List<Cuts.Cut> cuts, DeviceSpec spec) {
    return spec.deviceType() == DeviceSpec.DeviceType.GPU
        ? List.of(cuts.get(0), cuts.get(cuts.size() - 1))
        : cuts;
  }

  static TensorFlowReconstructor open(
      Weights weights,
      Architecture architecture,
      Wavelengths wavelengths,
      DeviceSpec spec,
      Precision precision,
      MemoryCheck memory) {
    NetworkGraph network = NetworkGraph.build(architecture, precision, spec);
    try {
      return new TensorFlowReconstructor(
          network, weights, architecture, wavelengths, spec, precision, memory);
    } catch (RuntimeException e) {
      network.graph().close();
      throw TensorFlowDevices.explained(TensorFlowDevices.name(spec), e);
    }
  }

  @Override
  public ModelDescription model() {
    return model;
  }

  @Override
  public int inputChannels() {
    return architecture.inputs();
  }

  @Override
  public Wavelengths wavelengths() {
    return wavelengths;
  }

  @Override
  public synchronized Reconstruction reconstruct(Msi msi, ProgressMonitor progress) {
    if (closed) {
      throw new IllegalStateException("This reconstructor is closed.");
    }
    ImageCheck.check(msi, model, inputChannels());
    PaddedImage padded = PaddedImage.of(msi, NetworkGraph.sideMultiple(architecture));
    memory.check(
        msi.width(),
        msi.height(),
        MemoryCheck.nativeNeed(architecture, precision, padded.pixels()),
        MemoryCheck.heapNeed(architecture.outputs(), (long) msi.width() * msi.height()));
    long start = System.nanoTime();
    float[][] planes;
    try (TFloat32 output = (TFloat32) run(padded.toTensor(msi, inputChannels()), progress)) {
      planes = padded.planes(output, architecture.outputs());
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    SpectralCube cube = SpectralCube.ofPlanes(msi.width(), msi.height(), wavelengths, planes);
    return Reconstruction.of(cube, model, device, precision, seconds);
  }

  /** Runs all steps; closes the input and everything but the result. */
  private Tensor run(TFloat32 input, ProgressMonitor progress) {
    Map<Operand<?>, Tensor> live = new LinkedHashMap<>();
    live.put(network.input(), input);
    try {
      for (int step = 1; step < steps.size(); step++) {
        progress.report(steps.get(step).label(), step - 1L, steps.size() - 1L);
        progress.checkCanceled("Reconstruction");
        advance(live, steps.get(step).live());
      }
      progress.report("done", steps.size() - 1L, steps.size() - 1L);
      return live.remove(network.output());
    } catch (RuntimeException e) {
      throw TensorFlowDevices.explained(device, e);
    } finally {
      live.values().forEach(Tensor::close);
    }
  }

  /** Computes the tensors in {@code next} from those alive and closes those no longer needed. */
  private void advance(Map<Operand<?>, Tensor> live, List<Operand<?>> next) {
    List<Operand<?>> wanted = next.stream().filter(tensor -> !live.containsKey(tensor)).toList();
    Session.Runner runner = session.runner();
    live.forEach(runner::feed);
    wanted.forEach(runner::fetch);
    // The result is not closed as a whole: each of its tensors lives until its own last use.
    var result = runner.run();
    for (int i = 0; i < wanted.size(); i++) {
      live.put(wanted.get(i), result.get(i));
    }
    for (Operand<?> tensor : List.copyOf(live.keySet())) {
      if (!next.contains(tensor)) {
        live.remove(tensor).close();
      }
    }
  }

  /** Runs the network once on a tiny image and reads from the trace where it ran. */
  private String provenDevice(DeviceSpec spec) {
    int side = NetworkGraph.sideMultiple(architecture);
    String wanted = TensorFlowDevices.name(spec);
    try (TFloat32 input = TFloat32.tensorOf(Shape.of(1, side, side, architecture.inputs()));
        var result =
            session
                .runner()
                .feed(network.input(), input)
                .fetch(network.output())
                .setOptions(TensorFlowDevices.traced())
                .runAndFetchMetadata()) {
      Set<String> used = TensorFlowDevices.usedDevices(result.getMetadata().orElseThrow());
      if (!used.contains(wanted)) {
        throw new SkinSpectraException(
            "The network was to run on " + wanted + ", but TensorFlow ran it on " + used + ".");
      }
      return wanted;
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      session.close();
      network.graph().close();
    }
  }
}

package org.skinspectra.model.engine;

import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Msi;
import org.skinspectra.model.Architecture;
import org.skinspectra.model.MemoryCheck;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Weights;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A network that runs on the whole image at once: right for a GPU, whose many threads need all of
 * an image and to which moving maps is dear.
 */
final class WholeNetwork implements ImageNetwork {

  private final Architecture architecture;
  private final Precision precision;
  private final NetworkGraph network;
  private final Session session;
  private final String device;

  private WholeNetwork(
      NetworkGraph network,
      Weights weights,
      Architecture architecture,
      DeviceSpec spec,
      Precision precision) {
    this.network = network;
    this.architecture = architecture;
    this.precision = precision;
    session = new Session(network.graph(), TensorFlowDevices.sessionConfig());
    try {
      network.weights().assign(session, weights);
      device = provenDevice(spec);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  static WholeNetwork open(
      Weights weights, Architecture architecture, DeviceSpec spec, Precision precision) {
    return open(weights, architecture, spec, precision, NetworkGraph.Attention.BY_GRAM_MATRIX);
  }

  static WholeNetwork open(
      Weights weights,
      Architecture architecture,
      DeviceSpec spec,
      Precision precision,
      NetworkGraph.Attention attention) {
    NetworkGraph network = NetworkGraph.build(architecture, precision, spec, attention);
    try {
      return new WholeNetwork(network, weights, architecture, spec, precision);
    } catch (RuntimeException e) {
      network.graph().close();
      throw e;
    }
  }

  @Override
  public String device() {
    return device;
  }

  @Override
  public Run prepare(PaddedImage image, MemoryCheck memory) {
    memory.check(
        image.width(),
        image.height(),
        MemoryCheck.nativeNeed(architecture, precision, image.pixels()),
        MemoryCheck.heapNeed(architecture.outputs(), (long) image.width() * image.height()));
    return (msi, progress) -> run(msi, image, progress);
  }

  private float[][] run(Msi msi, PaddedImage image, ProgressMonitor progress) {
    progress.report("network", 0, 1);
    progress.checkCanceled("Reconstruction");
    try (Feeds feeds = new Feeds(session)) {
      feeds.give(network.input(), image.toTensor(msi, architecture.inputs()));
      try (var result = feeds.runner().fetch(network.output()).run()) {
        progress.report("done", 1, 1);
        return image.planes((TFloat32) result.get(0), architecture.outputs());
      }
    }
  }

  /** Runs the network once on a tiny image and reads from the trace where it ran. */
  private String provenDevice(DeviceSpec spec) {
    int side = NetworkGraph.sideMultiple(architecture);
    try (Feeds feeds = new Feeds(session)) {
      feeds.give(
          network.input(), TFloat32.tensorOf(Shape.of(1, side, side, architecture.inputs())));
      return TensorFlowDevices.proven(spec, feeds.runner().fetch(network.output()));
    }
  }

  @Override
  public void close() {
    session.close();
    network.graph().close();
  }
}

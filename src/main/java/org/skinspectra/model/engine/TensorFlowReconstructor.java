package org.skinspectra.model.engine;

import java.util.function.Supplier;
import org.skinspectra.ProgressMonitor;
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

/** Reconstruction by MST++ or MST: one graph and one session for all images. */
final class TensorFlowReconstructor implements Reconstructor {

  private final ModelDescription model;
  private final Architecture architecture;
  private final Wavelengths wavelengths;
  private final Precision precision;
  private final MemoryCheck memory;
  private final ImageNetwork network;
  private boolean closed;

  private TensorFlowReconstructor(
      ImageNetwork network,
      Weights weights,
      Architecture architecture,
      Wavelengths wavelengths,
      Precision precision,
      MemoryCheck memory) {
    this.network = network;
    this.architecture = architecture;
    this.wavelengths = wavelengths;
    this.precision = precision;
    this.memory = memory;
    model = new ModelDescription(weights.source(), weights.id(), architecture.describe());
  }

  static TensorFlowReconstructor open(
      Weights weights,
      Architecture architecture,
      Wavelengths wavelengths,
      DeviceSpec spec,
      Precision precision,
      MemoryCheck memory) {
    return open(
        weights,
        architecture,
        wavelengths,
        spec,
        precision,
        memory,
        () ->
            spec.deviceType() == DeviceSpec.DeviceType.GPU
                ? WholeNetwork.open(weights, architecture, spec, precision)
                : TiledNetwork.open(weights, architecture, spec, precision, Tiles.DEFAULT));
  }

  /** As published, a yardstick; see {@link LiteralAttention}. */
  static TensorFlowReconstructor literal(
      Weights weights,
      Architecture architecture,
      Wavelengths wavelengths,
      DeviceSpec spec,
      Precision precision) {
    return open(
        weights,
        architecture,
        wavelengths,
        spec,
        precision,
        MemoryCheck.OF_THIS_PROCESS,
        () ->
            WholeNetwork.open(
                weights, architecture, spec, precision, NetworkGraph.Attention.LITERAL));
  }

  private static TensorFlowReconstructor open(
      Weights weights,
      Architecture architecture,
      Wavelengths wavelengths,
      DeviceSpec spec,
      Precision precision,
      MemoryCheck memory,
      Supplier<ImageNetwork> opened) {
    try {
      ImageNetwork network = opened.get();
      return new TensorFlowReconstructor(
          network, weights, architecture, wavelengths, precision, memory);
    } catch (RuntimeException e) {
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
    PaddedImage image = PaddedImage.of(msi, NetworkGraph.sideMultiple(architecture));
    ImageNetwork.Run run = network.prepare(image, memory);
    long start = System.nanoTime();
    float[][] planes;
    try {
      planes = run.on(msi, progress);
    } catch (RuntimeException e) {
      throw TensorFlowDevices.explained(network.device(), e);
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    SpectralCube cube = SpectralCube.ofPlanes(msi.width(), msi.height(), wavelengths, planes);
    return Reconstruction.of(cube, model, network.device(), precision, seconds);
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      network.close();
    }
  }
}

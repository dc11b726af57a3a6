package org.skinspectra.model.engine;

import java.util.List;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.model.AdamOptions;
import org.skinspectra.model.Architecture;
import org.skinspectra.model.Device;
import org.skinspectra.model.Devices;
import org.skinspectra.model.Engine;
import org.skinspectra.model.EngineMeasurements;
import org.skinspectra.model.MemoryCheck;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.model.TrainableNetwork;
import org.skinspectra.model.Weights;
import org.skinspectra.spectra.Wavelengths;

/** The engine, found by its name alone; what it gives is known by its interfaces. */
public final class TensorFlowEngine implements Engine {

  private final String version;

  /**
   * Loads TensorFlow.
   *
   * @throws SkinSpectraException if there is none for this platform, or another version is loaded
   */
  public TensorFlowEngine() {
    version = TensorFlowRuntime.load();
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public String source() {
    return TensorFlowRuntime.source();
  }

  @Override
  public List<Devices.Status> probe() {
    return TensorFlowDevices.probe();
  }

  @Override
  public Reconstructor reconstructor(
      Weights weights,
      Architecture architecture,
      Wavelengths wavelengths,
      Device device,
      Precision precision) {
    return TensorFlowReconstructor.open(
        weights,
        architecture,
        wavelengths,
        TensorFlowDevices.resolve(device),
        precision,
        MemoryCheck.OF_THIS_PROCESS);
  }

  @Override
  public TrainableNetwork trainable(
      Weights initial,
      Architecture architecture,
      Device device,
      double angleWeight,
      AdamOptions adam) {
    return new TensorFlowTrainableNetwork(
        initial, architecture, TensorFlowDevices.resolve(device), angleWeight, adam);
  }

  @Override
  public EngineMeasurements measurements() {
    return new TensorFlowMeasurements();
  }
}

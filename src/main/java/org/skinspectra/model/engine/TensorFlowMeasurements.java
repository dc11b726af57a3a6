package org.skinspectra.model.engine;

import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Msi;
import org.skinspectra.model.Architecture;
import org.skinspectra.model.Device;
import org.skinspectra.model.EngineMeasurements;
import org.skinspectra.model.NetworkProfile;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.model.Weights;
import org.skinspectra.spectra.Wavelengths;

/** Yardsticks and measurements inside the engine. */
final class TensorFlowMeasurements implements EngineMeasurements {

  @Override
  public Reconstructor literal(
      Weights weights, Wavelengths wavelengths, Device device, Precision precision) {
    return TensorFlowReconstructor.literal(
        weights, checked(weights), wavelengths, TensorFlowDevices.resolve(device), precision);
  }

  @Override
  public NetworkProfile profile(
      Weights weights, Precision precision, Msi image, ProgressMonitor progress) {
    return NetworkProfiler.profile(weights, checked(weights), precision, image, progress);
  }

  @Override
  public LayoutConversion layout(int width, int height, int bands) {
    return new TensorLayoutConversion(width, height, bands);
  }

  private static Architecture checked(Weights weights) {
    Architecture architecture = Architecture.infer(weights);
    architecture.check(weights);
    return architecture;
  }
}

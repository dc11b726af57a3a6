package org.skinspectra.model;

import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Wavelengths;

/** Opens the reconstruction by MST++ or MST, which TensorFlow computes. */
public final class NetworkReconstructor {

  private NetworkReconstructor() {}

  /**
   * Loads weights onto a device; the caller closes the result.
   *
   * @param wavelengths bands of the result, as many as the network has outputs
   * @throws SkinSpectraException if the weights are not those of a known network, TensorFlow cannot
   *     be used here, or the device cannot
   */
  public static Reconstructor open(
      Weights weights, Wavelengths wavelengths, Device device, Precision precision) {
    Architecture architecture = Architecture.infer(weights);
    architecture.check(weights);
    if (wavelengths.size() != architecture.outputs()) {
      throw new SkinSpectraException(
          weights.source()
              + " has "
              + architecture.outputs()
              + " outputs, but "
              + wavelengths.size()
              + " wavelengths were given ("
              + wavelengths
              + ").");
    }
    return EngineLoader.engine()
        .reconstructor(weights, architecture, wavelengths, device, precision);
  }
}

package org.skinspectra.model;

import java.util.List;
import org.skinspectra.spectra.Wavelengths;

/**
 * What computes networks: TensorFlow, behind an interface of our own types. Its classes live in the
 * package {@code engine}, which nothing else refers to, so that they and the TensorFlow they use
 * can come from a class loader of their own where other programs share the class path.
 */
public interface Engine {

  /** Version of the native TensorFlow in use. */
  String version();

  /** The jar or folder that TensorFlow's Java classes came from. */
  String source();

  /** As {@link Devices#probe}. */
  List<Devices.Status> probe();

  /**
   * Loads checked weights onto a device.
   *
   * @param architecture that of the weights
   * @param wavelengths bands of the result, as many as the network has outputs
   * @throws org.skinspectra.SkinSpectraException if the device cannot be used
   */
  Reconstructor reconstructor(
      Weights weights,
      Architecture architecture,
      Wavelengths wavelengths,
      Device device,
      Precision precision);

  /**
   * Puts checked weights onto a device to be trained.
   *
   * @param architecture that of the weights
   * @param angleWeight λ of the loss L1 + λ·spectral angle
   * @throws org.skinspectra.SkinSpectraException if the device cannot be used
   */
  TrainableNetwork trainable(
      Weights initial,
      Architecture architecture,
      Device device,
      double angleWeight,
      AdamOptions adam);

  /** What a benchmark needs beyond reconstruction. */
  EngineMeasurements measurements();
}

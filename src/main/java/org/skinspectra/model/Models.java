package org.skinspectra.model;

import java.nio.file.Path;
import java.util.Optional;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Wavelengths;

/** Opens models by name: the built-in ones, or any weights file. */
public final class Models {

  /** Name of the model that is used when none is named. */
  public static final String DEFAULT = "default";

  /** Name of the built-in Wiener estimation. */
  public static final String WIENER = "wiener";

  private static final String DEFAULT_RESOURCE = "mstpp-skin.safetensors";
  private static final String WIENER_RESOURCE = "wiener.safetensors";

  private Models() {}

  /**
   * The weights of a built-in model ({@link #DEFAULT}, {@link #WIENER}) or of a file.
   *
   * @throws SkinSpectraException if there is no such model, or the file is not one
   */
  public static Weights weights(String nameOrPath) {
    return switch (nameOrPath) {
      case DEFAULT -> Weights.readResource(Models.class, DEFAULT_RESOURCE);
      case WIENER -> Weights.readResource(Models.class, WIENER_RESOURCE);
      default -> Weights.read(Path.of(nameOrPath));
    };
  }

  /**
   * A reconstructor of a built-in model or a weights file; the caller closes it.
   *
   * @param wavelengths bands of the result where the file does not say them or says them wrong;
   *     without, the file's metadata count, then the convention of Hyper-Skin
   * @throws SkinSpectraException if the model cannot be opened as asked
   */
  public static Reconstructor open(
      String nameOrPath, Optional<Wavelengths> wavelengths, Device device, Precision precision) {
    Weights weights = weights(nameOrPath);
    if (!WienerMatrix.isHeldBy(weights)) {
      Architecture architecture = Architecture.infer(weights);
      return NetworkReconstructor.open(
          weights, WavelengthConvention.of(weights, architecture, wavelengths), device, precision);
    }
    if (device == Device.GPU || precision != Precision.FLOAT32 || wavelengths.isPresent()) {
      throw new SkinSpectraException(
          "Wiener estimation runs in Java on the CPU, in float32 and at the wavelengths of its"
              + " matrix; it takes no GPU, no bfloat16 and no other wavelengths.");
    }
    return WienerEstimator.open(weights);
  }
}

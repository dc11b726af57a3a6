package org.skinspectra.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.spectra.Wavelengths;

/**
 * Opens models by name: the built-in ones, those in the folder {@code models} of a Fiji, or any
 * weights file.
 */
public final class Models {

  /** Name of the model that is used when none is named. */
  public static final String DEFAULT = "default";

  /** Name of the built-in Wiener estimation. */
  public static final String WIENER = "wiener";

  private static final String DEFAULT_RESOURCE = "mstpp-skin.safetensors";
  private static final String WIENER_RESOURCE = "wiener.safetensors";

  private Models() {}

  /**
   * The folder in which a file's name is looked for: {@code models} of the Fiji that our jar lies
   * in, or the one that {@code -Dskinspectra.models.dir} names; empty where there is none.
   *
   * @throws SkinSpectraException if the property names no folder
   */
  public static Optional<Path> folder() {
    return ModelFolder.find().map(ModelFolder::path);
  }

  /**
   * The weights in the {@link #folder}, by their names.
   *
   * @throws SkinSpectraException if the folder cannot be read
   */
  public static List<Path> inFolder() {
    return ModelFolder.find().map(ModelFolder::files).orElse(List.of());
  }

  /**
   * The file that a name stands for: the file of that path; otherwise that of the {@link #folder},
   * where the ending may be left out. Empty for a built-in model.
   *
   * @throws SkinSpectraException if there is no such file, naming where it was looked for
   */
  public static Optional<Path> file(String nameOrPath) {
    if (nameOrPath.equals(DEFAULT) || nameOrPath.equals(WIENER)) {
      return Optional.empty();
    }
    Optional<Path> path = ModelFolder.parsed(nameOrPath);
    if (path.isPresent() && Files.isRegularFile(path.get())) {
      return path;
    }
    Optional<ModelFolder> folder = ModelFolder.find();
    return Optional.of(
        folder
            .flatMap(models -> models.file(nameOrPath))
            .orElseThrow(() -> none(nameOrPath, folder)));
  }

  private static SkinSpectraException none(String nameOrPath, Optional<ModelFolder> folder) {
    boolean exists = ModelFolder.parsed(nameOrPath).filter(Files::exists).isPresent();
    return new SkinSpectraIOException(
        "%s%s. Give a .safetensors or .pt file, or the name of a built-in model (%s, %s)%s."
            .formatted(
                exists ? "" : "There is no weights file ",
                exists ? nameOrPath + " is not a file" : nameOrPath,
                DEFAULT,
                WIENER,
                folder.map(models -> " or of a file in " + models.path()).orElse("")));
  }

  /**
   * The weights of a built-in model ({@link #DEFAULT}, {@link #WIENER}) or of a {@link #file}.
   *
   * @throws SkinSpectraException if there is no such model, or the file is not one
   */
  public static Weights weights(String nameOrPath) {
    return switch (nameOrPath) {
      case DEFAULT -> Weights.readResource(Models.class, DEFAULT_RESOURCE);
      case WIENER -> Weights.readResource(Models.class, WIENER_RESOURCE);
      default -> Weights.read(file(nameOrPath).orElseThrow());
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

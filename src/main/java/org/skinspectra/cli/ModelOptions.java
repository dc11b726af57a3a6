package org.skinspectra.cli;

import java.util.Optional;
import org.skinspectra.batch.BatchOptions;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.spectra.Wavelengths;
import picocli.CommandLine.Option;

/** Which model runs, where and how: the same options for all verbs that reconstruct. */
final class ModelOptions {

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      description =
          "Weights (.safetensors or PyTorch .pt), or 'default' or 'wiener' (default: default).")
  private String model = Models.DEFAULT;

  @Option(
      names = {"-d", "--device"},
      paramLabel = "auto|cpu|gpu",
      description = "Where to run; gpu fails if no GPU is truly used (default: auto).")
  private Device device = Device.AUTO;

  @Option(
      names = "--precision",
      paramLabel = "float32|bfloat16",
      description = "Number format of the activations (default: float32).")
  private Precision precision = Precision.FLOAT32;

  @Option(
      names = "--wavelengths",
      paramLabel = "first:step:last",
      description =
          "Bands of the model's outputs in nm (or a list: 450,550), in place of what its file says.")
  private Wavelengths wavelengths;

  Reconstructor open() {
    return Models.open(model, Optional.ofNullable(wavelengths), device, precision);
  }

  /**
   * The same for the pictures of a batch.
   *
   * @param ending of the cubes' files
   */
  BatchOptions batch(String ending) {
    String bands = wavelengths == null ? "" : wavelengths.toString();
    return new BatchOptions(model, bands, device, precision, ending);
  }
}

package org.skinspectra.batch;

import java.io.Serializable;
import java.util.Optional;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.spectra.Wavelengths;

/**
 * How the pictures of a batch are reconstructed and written, the same for all.
 *
 * @param model name or file of the weights, as {@link Models#open} takes it
 * @param wavelengths bands of the results as {@link Wavelengths#parse} takes them; empty where the
 *     model says them
 * @param ending of the cubes' files, which decides their format: {@code .tif}
 */
public record BatchOptions(
    String model, String wavelengths, Device device, Precision precision, String ending)
    implements Serializable {

  /** Ending of the cubes where none is asked for. */
  public static final String TIFF = ".tif";

  private static final long serialVersionUID = 1L;

  /** A model that says its wavelengths, cubes as TIFF. */
  public static BatchOptions of(String model, Device device, Precision precision) {
    return new BatchOptions(model, "", device, precision, TIFF);
  }

  /** The same in another format. */
  public BatchOptions withEnding(String other) {
    return new BatchOptions(model, wavelengths, device, precision, other);
  }

  /** The same with other weights, such as a copy of the file on this computer. */
  public BatchOptions withModel(String other) {
    return new BatchOptions(other, wavelengths, device, precision, ending);
  }

  /**
   * Opens the model; the caller closes it.
   *
   * @throws org.skinspectra.SkinSpectraException if it cannot be opened so
   */
  public Reconstructor open() {
    return Models.open(
        model,
        wavelengths.isEmpty() ? Optional.empty() : Optional.of(Wavelengths.parse(wavelengths)),
        device,
        precision);
  }
}

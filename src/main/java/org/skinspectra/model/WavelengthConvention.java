package org.skinspectra.model;

import java.util.Optional;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Wavelengths;

/** Which wavelengths the output bands of a model stand for. */
public final class WavelengthConvention {

  /**
   * Metadata key of a weights file that names its wavelengths, as {@link Wavelengths} reads them.
   */
  public static final String METADATA_KEY = "wavelengths";

  private WavelengthConvention() {}

  /**
   * The wavelengths of a model's output: those {@code given}, else those of the weights' metadata,
   * else the convention of Hyper-Skin (Ng et al., NeurIPS 2023) for its number of bands and inputs:
   * 61 bands are 400 to 1000 nm; 31 bands are 400 to 700 nm from 3 inputs (RGB to visible) and 700
   * to 1000 nm from 4 (MSI to near infrared).
   *
   * @param given what the user asked for
   * @throws SkinSpectraException if the number of wavelengths is not that of the output bands, or
   *     nothing tells them
   */
  public static Wavelengths of(
      Weights weights, Architecture architecture, Optional<Wavelengths> given) {
    if (given.isPresent()) {
      return checked(given.get(), architecture, "The wavelengths given");
    }
    String text = weights.metadata().get(METADATA_KEY);
    if (text != null) {
      String origin =
          "The wavelengths " + Quoted.of(text) + " in the metadata of " + weights.source();
      try {
        return checked(Wavelengths.parse(text), architecture, origin);
      } catch (IllegalArgumentException e) {
        throw new SkinSpectraException(origin + " cannot be read: " + e.getMessage(), e);
      }
    }
    if (architecture.outputs() == Wavelengths.VIS_NIR.size()) {
      return Wavelengths.VIS_NIR;
    }
    if (architecture.outputs() == Wavelengths.VIS.size() && architecture.inputs() == 3) {
      return Wavelengths.VIS;
    }
    if (architecture.outputs() == Wavelengths.NIR.size() && architecture.inputs() == 4) {
      return Wavelengths.NIR;
    }
    throw new SkinSpectraException(
        "Nothing tells which wavelengths the "
            + architecture.outputs()
            + " bands of "
            + weights.source()
            + " are ("
            + architecture.describe()
            + "); give them with --wavelengths first:step:last, such as 400:10:1000.");
  }

  private static Wavelengths checked(
      Wavelengths wavelengths, Architecture architecture, String origin) {
    if (wavelengths.size() != architecture.outputs()) {
      throw new SkinSpectraException(
          origin
              + " are "
              + wavelengths.size()
              + " bands ("
              + wavelengths
              + "), but the model has "
              + architecture.outputs()
              + " output bands.");
    }
    return wavelengths;
  }
}

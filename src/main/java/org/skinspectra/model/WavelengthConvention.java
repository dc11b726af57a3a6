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
    Optional<Wavelengths> stated = stated(weights);
    if (stated.isPresent()) {
      return checked(stated.get(), architecture, origin(weights));
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
            + "); give them with --wavelengths first:step:last on the command line, such as 400:10:1000,"
            + " or in the metadata of the weights as '"
            + METADATA_KEY
            + "'.");
  }

  /**
   * The wavelengths that the metadata of the weights state.
   *
   * @throws SkinSpectraException if they cannot be read
   */
  static Optional<Wavelengths> stated(Weights weights) {
    try {
      return Optional.ofNullable(weights.metadata().get(METADATA_KEY)).map(Wavelengths::parse);
    } catch (IllegalArgumentException e) {
      throw new SkinSpectraException(
          origin(weights)
              + " cannot be used; they must increase and be written as first:step:last in nm, such"
              + " as 400:10:1000, or as a list.",
          e);
    }
  }

  private static String origin(Weights weights) {
    String text = weights.metadata().get(METADATA_KEY);
    return "The wavelengths " + Quoted.of(text) + " in the metadata of " + weights.source();
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

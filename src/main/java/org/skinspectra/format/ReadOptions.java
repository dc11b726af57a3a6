package org.skinspectra.format;

import java.util.Optional;
import org.skinspectra.spectra.Wavelengths;

/**
 * What a user says about a file that it does not say itself.
 *
 * @param variable which variable to read from a file that holds several
 * @param wavelengths the wavelengths of the bands, in place of those the file states
 */
public record ReadOptions(Optional<String> variable, Optional<Wavelengths> wavelengths) {

  /** Nothing said: the file decides. */
  public static final ReadOptions DEFAULT = new ReadOptions(Optional.empty(), Optional.empty());

  public ReadOptions withVariable(String name) {
    return new ReadOptions(Optional.ofNullable(name), wavelengths);
  }

  public ReadOptions withWavelengths(Wavelengths given) {
    return new ReadOptions(variable, Optional.ofNullable(given));
  }
}

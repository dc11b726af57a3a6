package org.skinspectra.cli;

import org.skinspectra.spectra.Wavelengths;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 400:10:1000}; anything else is wrong use. */
final class WavelengthsConverter implements ITypeConverter<Wavelengths> {

  @Override
  public Wavelengths convert(String text) {
    try {
      return Wavelengths.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}

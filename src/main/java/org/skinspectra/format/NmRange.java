package org.skinspectra.format;

import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Wavelengths;

/**
 * Wavelengths from one to another, both included.
 *
 * @param first in nm, above 0
 * @param last in nm, not below {@code first}
 */
public record NmRange(double first, double last) {

  /**
   * Checks the numbers.
   *
   * @throws SkinSpectraException if they are no such range
   */
  public NmRange {
    if (!(first > 0 && last >= first && last < Double.POSITIVE_INFINITY)) {
      throw new SkinSpectraException(
          "%s to %s nm is no range of wavelengths; give the lower end first, such as 400:700."
              .formatted(JsonText.printable(first), JsonText.printable(last)));
    }
  }

  /**
   * Reads {@code first:last} in nm.
   *
   * @throws SkinSpectraException if the text is no such range
   */
  public static NmRange parse(String text) {
    String[] ends = text.trim().split(":", -1);
    try {
      if (ends.length == 2) {
        return new NmRange(Double.parseDouble(ends[0].trim()), Double.parseDouble(ends[1].trim()));
      }
    } catch (NumberFormatException e) {
      // Reported below, with the whole text.
    }
    throw new SkinSpectraException(
        "'%s' is no range of wavelengths; write first:last in nm, such as 400:700."
            .formatted(text));
  }

  /** Whether a wavelength (nm) lies in the range, within {@link Wavelengths#TOLERANCE_NM}. */
  public boolean contains(double wavelength) {
    return wavelength >= first - Wavelengths.TOLERANCE_NM
        && wavelength <= last + Wavelengths.TOLERANCE_NM;
  }

  @Override
  public String toString() {
    return JsonText.number(first) + " to " + JsonText.number(last) + " nm";
  }
}

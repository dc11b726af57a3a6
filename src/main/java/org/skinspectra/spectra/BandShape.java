package org.skinspectra.spectra;

/** How the sensitivity of a band spreads round its centre wavelength. */
public sealed interface BandShape {

  /** Equal weight from the midpoint below to the midpoint above, between neighbouring bands. */
  record Rectangular() implements BandShape {}

  /**
   * A normal curve, cut at three standard deviations.
   *
   * @param fwhm full width at half maximum (nm)
   */
  record Gaussian(double fwhm) implements BandShape {

    /**
     * @throws IllegalArgumentException if the width is not a positive number
     */
    public Gaussian {
      if (!(fwhm > 0 && fwhm < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("A band cannot be " + fwhm + " nm wide.");
      }
    }

    double standardDeviation() {
      return fwhm / (2 * Math.sqrt(2 * Math.log(2)));
    }
  }
}

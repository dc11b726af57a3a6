package org.skinspectra.profile;

import org.apache.commons.math3.util.FastMath;

/**
 * A narrow filter round 960 nm, taken as a normal curve that is cut at one and a half widths.
 *
 * @param centreNm wavelength of its maximum, 930 to 990 nm
 * @param fwhmNm full width at half maximum, 0.5 to 100 nm
 */
public record BandFilter(double centreNm, double fwhmNm) {

  /** Of a camera that states none. */
  public static final BandFilter ASSUMED =
      new BandFilter(SpectralResponse.INFRARED_NM, SpectralResponse.INFRARED_FWHM_NM);

  private static final double REACH = 1.5;

  /**
   * @throws org.skinspectra.SkinSpectraException if a number is out of its range
   */
  public BandFilter {
    Ranges.require("filter960.centreNm", centreNm, 930, 990);
    Ranges.require("filter960.fwhmNm", fwhmNm, 0.5, 100);
  }

  /** Transmission relative to its maximum. */
  public double transmission(double nm) {
    double widths = (nm - centreNm) / fwhmNm;
    return Math.abs(widths) < REACH ? FastMath.pow(2, -4 * widths * widths) : 0;
  }

  /** Below that nothing passes, nm. */
  double first() {
    return centreNm - REACH * fwhmNm;
  }

  /** Above that nothing passes, nm. */
  double last() {
    return centreNm + REACH * fwhmNm;
  }
}

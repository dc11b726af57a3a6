package org.skinspectra.skin;

import org.skinspectra.spectra.Wavelengths;

/** Features by which skin spectra are known, on the grid {@link Wavelengths#VIS_NIR}. */
final class SkinFeatures {

  private SkinFeatures() {}

  static double at(double[] spectrum, double nm) {
    return spectrum[Wavelengths.VIS_NIR.indexOf(nm)];
  }

  /** Depth at 970 nm below the straight line from 900 to 1000 nm, as a share of that line. */
  static double waterDip(double[] spectrum) {
    double continuum = 0.3 * at(spectrum, 900) + 0.7 * at(spectrum, 1000);
    return 1 - at(spectrum, 970) / continuum;
  }

  static int localMinima(double[] values) {
    int count = 0;
    for (int i = 1; i + 1 < values.length; i++) {
      if (values[i] < values[i - 1] && values[i] <= values[i + 1]) {
        count++;
      }
    }
    return count;
  }

  /** Angle between two spectra, radians. */
  static double angle(double[] a, double[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return Math.acos(Math.min(1, ab / Math.sqrt(aa * bb)));
  }
}

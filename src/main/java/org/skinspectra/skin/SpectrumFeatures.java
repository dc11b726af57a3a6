package org.skinspectra.skin;

import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.spectra.CieLab;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.Tristimulus;
import org.skinspectra.spectra.Wavelengths;

/**
 * Features by which skin is known in a reflectance spectrum on {@link Wavelengths#VIS_NIR}. NaN
 * where a feature is not there, or was not measured.
 *
 * <p>A dip is where absorbance, -ln R, is highest above the straight line between two wavelengths
 * that enclose it; between bands its place is that of the parabola through the three highest bands.
 *
 * @param betaNm dip of oxygenated haemoglobin near 542 nm (nm), found within 530–555 nm
 * @param alphaNm dip of oxygenated haemoglobin near 577 nm (nm), found within 565–590 nm
 * @param waterNm dip of water near 970 nm (nm), found within 950–990 nm
 * @param infraredRatio R(950 nm) / R(900 nm)
 * @param ita individual typology angle, atan((L* - 50) / b*) under D65 for 2° (degrees; Chardon et
 *     al. 1991); none where b* is not positive
 */
public record SpectrumFeatures(
    double betaNm, double alphaNm, double waterNm, double infraredRatio, double ita) {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;
  private static final RealMatrix TO_XYZ =
      MatrixUtils.createRealMatrix(Tristimulus.matrix(GRID, Illuminant.d65()));
  private static final double[] WHITE = Tristimulus.white(Illuminant.d65());

  /** What colour may lack at its blue end, where the eye is all but blind (nm). */
  private static final double FIRST_FOR_COLOUR_NM = 420;

  private static final double LAST_FOR_COLOUR_NM = 700;

  /**
   * Features of a spectrum.
   *
   * @param spectrum one value per band of {@link Wavelengths#VIS_NIR}
   * @param measured the bands whose values were measured; what needs others is NaN, but for colour,
   *     which needs 420 to 700 nm
   * @throws IllegalArgumentException if the spectrum has another length than the grid
   */
  public static SpectrumFeatures of(double[] spectrum, Wavelengths measured) {
    if (spectrum.length != GRID.size()) {
      throw new IllegalArgumentException(
          spectrum.length + " values for the " + GRID.size() + " bands " + GRID + ".");
    }
    boolean colour = measured.covers(FIRST_FOR_COLOUR_NM) && measured.covers(LAST_FOR_COLOUR_NM);
    boolean infrared = measured.covers(900) && measured.covers(950);
    return new SpectrumFeatures(
        dip(spectrum, measured, 510, 560, 530, 555),
        dip(spectrum, measured, 560, 610, 565, 590),
        dip(spectrum, measured, 900, 1000, 950, 990),
        infrared ? at(spectrum, 950) / at(spectrum, 900) : Double.NaN,
        colour ? ita(CieLab.of(TO_XYZ.operate(spectrum), WHITE)) : Double.NaN);
  }

  private static double at(double[] spectrum, double nm) {
    return spectrum[GRID.indexOf(nm)];
  }

  private static double ita(CieLab colour) {
    return colour.b() > 0
        ? FastMath.toDegrees(FastMath.atan((colour.lightness() - 50) / colour.b()))
        : Double.NaN;
  }

  /** Where absorbance rises most above its line from {@code first} to {@code last}, if within. */
  private static double dip(
      double[] spectrum, Wavelengths measured, double first, double last, double from, double to) {
    if (!measured.covers(first) || !measured.covers(last)) {
      return Double.NaN;
    }
    int low = GRID.indexOf(first);
    int high = GRID.indexOf(last);
    double[] above = new double[high - low + 1];
    int peak = 0;
    for (int i = 0; i < above.length; i++) {
      double t = i / (double) (high - low);
      double line = (1 - t) * FastMath.log(spectrum[low]) + t * FastMath.log(spectrum[high]);
      above[i] = line - FastMath.log(spectrum[low + i]);
      peak = above[i] > above[peak] ? i : peak;
    }
    if (peak == 0 || peak == above.length - 1) {
      return Double.NaN;
    }
    double left = above[peak] - above[peak - 1];
    double right = above[peak] - above[peak + 1];
    double nm = GRID.get(low + peak) + 10 * (left - right) / (2 * (left + right));
    return nm >= from && nm <= to ? nm : Double.NaN;
  }
}

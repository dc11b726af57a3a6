package org.skinspectra.skin;

import java.util.Arrays;
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
 * <p>The dips of haemoglobin lie on a slope: they are where absorbance, -ln R, is highest above the
 * straight line between two wavelengths that enclose each. The dip of water is where absorbance
 * itself is highest. Between bands a place is that of the parabola through the three highest bands.
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

  private static final double STEP_NM = 10;

  /** Less than this is rounding. */
  private static final double LEAST_CURVATURE = 1e-9;

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
    double[] absorbance = Arrays.stream(spectrum).map(r -> -FastMath.log(r)).toArray();
    return new SpectrumFeatures(
        within(530, 555, peak(aboveLine(absorbance, measured, 510, 560), 510)),
        within(565, 590, peak(aboveLine(absorbance, measured, 560, 610), 560)),
        within(950, 990, peak(part(absorbance, measured, 940, 1000), 940)),
        infrared ? at(spectrum, 950) / at(spectrum, 900) : Double.NaN,
        colour ? ita(CieLab.of(TO_XYZ.operate(spectrum), WHITE)) : Double.NaN);
  }

  private static double at(double[] spectrum, double nm) {
    return spectrum[GRID.indexOf(nm)];
  }

  private static double ita(CieLab colour) {
    return colour.typologyAngle().orElse(Double.NaN);
  }

  private static double within(double from, double to, double nm) {
    return nm >= from && nm <= to ? nm : Double.NaN;
  }

  /** The values from one wavelength to another; none where they were not measured. */
  private static double[] part(double[] values, Wavelengths measured, double first, double last) {
    return measured.covers(first) && measured.covers(last)
        ? Arrays.copyOfRange(values, GRID.indexOf(first), GRID.indexOf(last) + 1)
        : new double[0];
  }

  private static double[] aboveLine(
      double[] values, Wavelengths measured, double first, double last) {
    double[] above = part(values, measured, first, last);
    int end = above.length - 1;
    double start = above.length == 0 ? 0 : above[0];
    double slope = above.length == 0 ? 0 : (above[end] - start) / end;
    for (int i = 0; i <= end; i++) {
      above[i] -= start + i * slope;
    }
    return above;
  }

  /** Wavelength of the highest value, of which the first is at {@code first}; NaN at an end. */
  private static double peak(double[] values, double first) {
    int peak = 0;
    for (int i = 0; i < values.length; i++) {
      peak = values[i] > values[peak] ? i : peak;
    }
    if (peak == 0 || peak == values.length - 1) {
      return Double.NaN;
    }
    double left = values[peak] - values[peak - 1];
    double right = values[peak] - values[peak + 1];
    return left + right > LEAST_CURVATURE
        ? first + STEP_NM * (peak + (left - right) / (2 * (left + right)))
        : Double.NaN;
  }
}

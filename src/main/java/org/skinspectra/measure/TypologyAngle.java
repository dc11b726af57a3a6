package org.skinspectra.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.scijava.plugin.Plugin;
import org.skinspectra.spectra.CieLab;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.Tristimulus;
import org.skinspectra.spectra.Wavelengths;

/** Constitutive colour of skin, ITA°, whose classes are those of {@link SkinTone}. */
@Plugin(type = SkinIndex.class, priority = 70)
public final class TypologyAngle implements SkinIndex {

  @Override
  public Description description() {
    return new Description(
        "ita",
        "Individual typology angle",
        "°",
        "atan((L* − 50)/b*)·180/π under D65 for the 2° observer; none where b* ≤ 0",
        "Chardon et al. 1991",
        List.of(new BandWindow(400, 700)));
  }

  @Override
  public ToDoubleFunction<double[]> on(Wavelengths grid) {
    requireBands(grid);
    Illuminant light = Illuminant.d65();
    RealMatrix toXyz = MatrixUtils.createRealMatrix(Tristimulus.matrix(grid, light));
    double[] white = Tristimulus.white(light);
    return reflectance ->
        CieLab.of(toXyz.operate(reflectance), white).typologyAngle().orElse(Double.NaN);
  }
}

package org.skinspectra.measure;

import java.util.function.ToDoubleFunction;

/**
 * (mean A of some bands / mean A of others − offset) / span, the form of the tissue indices of open
 * TIVITA; NaN where the denominator is not positive.
 */
record AbsorbanceRatio(int[] above, int[] below, double offset, double span)
    implements ToDoubleFunction<double[]> {

  static final String SOURCE = "open TIVITA; Holmer et al. 2018";

  @Override
  public double applyAsDouble(double[] reflectance) {
    double denominator = Absorbance.mean(reflectance, below);
    return denominator > 0
        ? (Absorbance.mean(reflectance, above) / denominator - offset) / span
        : Double.NaN;
  }
}

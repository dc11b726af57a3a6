package org.skinspectra.measure;

import org.skinspectra.cube.Mask;

/** {@link AngleDefinition#CLAMPED}: float64 sums of the unweighted spectra. */
final class ClampedAngle extends AngleKernel {

  /** Bands added at once: fewer leave the sums waiting for memory, more run out of registers. */
  private static final int STEP = 4;

  private final float[][] prediction;
  private final float[][] reference;
  private final Mask mask;
  private final double[] dot;
  private final double[] squareP;
  private final double[] squareT;

  ClampedAngle(CubePair pair, float[] radians) {
    super(radians);
    prediction = pair.prediction().planes();
    reference = pair.reference().planes();
    mask = pair.mask();
    dot = new double[radians.length];
    squareP = new double[radians.length];
    squareT = new double[radians.length];
  }

  @Override
  boolean counts(int pixel) {
    return mask.contains(pixel);
  }

  @Override
  void sumOverBands(int from, int to) {
    int band = 0;
    for (; band + STEP <= prediction.length; band += STEP) {
      addFour(band, from, to);
    }
    for (; band < prediction.length; band++) {
      addOne(prediction[band], reference[band], from, to);
    }
  }

  private void addOne(float[] p, float[] t, int from, int to) {
    for (int i = from; i < to; i++) {
      dot[i] += (double) p[i] * t[i];
      squareP[i] += (double) p[i] * p[i];
      squareT[i] += (double) t[i] * t[i];
    }
  }

  private void addFour(int band, int from, int to) {
    float[] pa = prediction[band];
    float[] pb = prediction[band + 1];
    float[] pc = prediction[band + 2];
    float[] pd = prediction[band + 3];
    float[] ta = reference[band];
    float[] tb = reference[band + 1];
    float[] tc = reference[band + 2];
    float[] td = reference[band + 3];
    for (int i = from; i < to; i++) {
      double p0 = pa[i];
      double p1 = pb[i];
      double p2 = pc[i];
      double p3 = pd[i];
      double t0 = ta[i];
      double t1 = tb[i];
      double t2 = tc[i];
      double t3 = td[i];
      dot[i] += p0 * t0 + p1 * t1 + p2 * t2 + p3 * t3;
      squareP[i] += p0 * p0 + p1 * p1 + p2 * p2 + p3 * p3;
      squareT[i] += t0 * t0 + t1 * t1 + t2 * t2 + t3 * t3;
    }
  }

  @Override
  double cosine(int pixel) {
    double norms = Math.sqrt(squareP[pixel]) * Math.sqrt(squareT[pixel]);
    return Double.isFinite(norms) ? Math.max(-1, Math.min(1, dot[pixel] / norms)) : Double.NaN;
  }

  @Override
  boolean isMeasurable(int pixel) {
    return Double.isFinite(squareP[pixel]) && Double.isFinite(squareT[pixel]);
  }

  @Override
  boolean isZero(int pixel) {
    return squareP[pixel] == 0 || squareT[pixel] == 0;
  }
}

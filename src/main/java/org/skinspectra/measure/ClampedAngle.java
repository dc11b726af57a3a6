package org.skinspectra.measure;

import static org.skinspectra.measure.ExactProduct.add;

import java.util.Arrays;
import org.skinspectra.cube.Mask;

/** {@link AngleDefinition#CLAMPED}: float64 sums of the unweighted spectra. */
final class ClampedAngle extends AngleKernel {

  /** Bands added at once: it saves traffic between sums and cache; more run out of registers. */
  private static final int STEP = 4;

  private final float[][] prediction;
  private final float[][] reference;
  private final Mask mask;

  ClampedAngle(CubePair pair, float[] radians) {
    super(pair, radians);
    prediction = pair.prediction().planes();
    reference = pair.reference().planes();
    mask = pair.mask();
  }

  @Override
  boolean counts(int pixel) {
    return mask.contains(pixel);
  }

  @Override
  void cosines(int from, int length, double[][] work) {
    double[] dot = work[0];
    double[] squareP = work[1];
    double[] squareT = work[2];
    for (double[] sum : work) {
      Arrays.fill(sum, 0, length, 0);
    }
    int band = 0;
    for (; band + STEP <= prediction.length; band += STEP) {
      addFour(prediction, reference, band, from, length, dot, squareP, squareT);
    }
    for (; band < prediction.length; band++) {
      addOne(prediction[band], reference[band], from, length, dot, squareP, squareT);
    }
    for (int i = 0; i < length; i++) {
      // No overflow and no underflow: squares of float32 values are far inside float64.
      dot[i] /= Math.sqrt(squareP[i] * squareT[i]);
    }
    for (int i = 0; i < length; i++) {
      if (Math.abs(dot[i]) > 1) {
        dot[i] = Math.signum(dot[i]);
      }
    }
  }

  private static void addFour(
      float[][] prediction,
      float[][] reference,
      int band,
      int from,
      int length,
      double[] dot,
      double[] squareP,
      double[] squareT) {
    float[] pa = prediction[band];
    float[] pb = prediction[band + 1];
    float[] pc = prediction[band + 2];
    float[] pd = prediction[band + 3];
    float[] ta = reference[band];
    float[] tb = reference[band + 1];
    float[] tc = reference[band + 2];
    float[] td = reference[band + 3];
    for (int i = 0; i < length; i++) {
      double p0 = pa[from + i];
      double p1 = pb[from + i];
      double p2 = pc[from + i];
      double p3 = pd[from + i];
      double t0 = ta[from + i];
      double t1 = tb[from + i];
      double t2 = tc[from + i];
      double t3 = td[from + i];
      dot[i] = add(add(add(add(dot[i], p0, t0), p1, t1), p2, t2), p3, t3);
      squareP[i] = add(add(add(add(squareP[i], p0, p0), p1, p1), p2, p2), p3, p3);
      squareT[i] = add(add(add(add(squareT[i], t0, t0), t1, t1), t2, t2), t3, t3);
    }
  }

  private static void addOne(
      float[] p,
      float[] t,
      int from,
      int length,
      double[] dot,
      double[] squareP,
      double[] squareT) {
    for (int i = 0; i < length; i++) {
      double a = p[from + i];
      double c = t[from + i];
      dot[i] = add(dot[i], a, c);
      squareP[i] = add(squareP[i], a, a);
      squareT[i] = add(squareT[i], c, c);
    }
  }
}

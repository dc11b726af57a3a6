package org.skinspectra.measure;

/**
 * {@link AngleDefinition#CHALLENGE} in the arithmetic of the published scores: float32 throughout,
 * and sums over bands in PyTorch's order on a CPU, which adds runs of 16 bands and then the runs,
 * the incomplete one first (up to 256 bands). The order matters: near a cosine of 1 the last bit of
 * a float32 sum moves the angle by up to 3e-4 rad, or makes it NaN.
 */
final class ChallengeAngle extends AngleKernel {

  private static final int RUN = 16;

  private final float[][] prediction;
  private final float[][] reference;
  private final float[] weights;
  private final Sum dot;
  private final Sum squareP;
  private final Sum squareT;

  ChallengeAngle(CubePair pair, float[] radians) {
    super(pair, radians);
    prediction = pair.prediction().planes();
    reference = pair.reference().planes();
    weights = pair.mask().weights();
    dot = new Sum(weights.length);
    squareP = new Sum(weights.length);
    squareT = new Sum(weights.length);
  }

  @Override
  boolean counts(int pixel) {
    return weights[pixel] > 0;
  }

  @Override
  void cosines(int from, int length, double[][] work) {
    int to = from + length;
    sumOverBands(from, to);
    dot.close(from, to);
    squareP.close(from, to);
    squareT.close(from, to);
    divide(dot.run, squareP.run, squareT.run, from, to);
    for (int i = 0; i < length; i++) {
      work[0][i] = dot.run[from + i];
    }
  }

  /** The difference of the norms is 0, or NaN if they overflowed and would give a cosine of 0. */
  private static void divide(float[] dot, float[] squareP, float[] squareT, int from, int to) {
    for (int i = from; i < to; i++) {
      float norms = (float) Math.sqrt(squareT[i]) * (float) Math.sqrt(squareP[i]);
      dot[i] = dot[i] / norms + (norms - norms);
    }
  }

  private void sumOverBands(int from, int to) {
    int bands = prediction.length;
    for (int start = 0; start < bands; start += RUN) {
      int end = Math.min(start + RUN, bands);
      int band = start;
      for (; band + 1 < end; band += 2) {
        addTwo(band, from, to);
      }
      if (band < end) {
        addLast(band, from, to);
      }
      if (end - start == RUN) {
        dot.endRun(from, to);
        squareP.endRun(from, to);
        squareT.endRun(from, to);
      }
    }
  }

  /** Two bands at once, one after the other, save half of the traffic between sums and cache. */
  private void addTwo(int band, int from, int to) {
    float[] p0 = prediction[band];
    float[] p1 = prediction[band + 1];
    float[] t0 = reference[band];
    float[] t1 = reference[band + 1];
    addProducts(dot.run, p0, t0, p1, t1, weights, from, to);
    addSquares(squareP.run, p0, p1, weights, from, to);
    addSquares(squareT.run, t0, t1, weights, from, to);
  }

  private void addLast(int band, int from, int to) {
    float[] p = prediction[band];
    float[] t = reference[band];
    addProducts(dot.run, p, t, weights, from, to);
    addProducts(squareP.run, p, p, weights, from, to);
    addProducts(squareT.run, t, t, weights, from, to);
  }

  private static void addProducts(
      float[] sum, float[] a0, float[] b0, float[] a1, float[] b1, float[] w, int from, int to) {
    for (int i = from; i < to; i++) {
      sum[i] = (sum[i] + (a0[i] * w[i]) * (b0[i] * w[i])) + (a1[i] * w[i]) * (b1[i] * w[i]);
    }
  }

  private static void addSquares(float[] sum, float[] a0, float[] a1, float[] w, int from, int to) {
    for (int i = from; i < to; i++) {
      float first = a0[i] * w[i];
      float second = a1[i] * w[i];
      sum[i] = (sum[i] + first * first) + second * second;
    }
  }

  private static void addProducts(float[] sum, float[] a, float[] b, float[] w, int from, int to) {
    for (int i = from; i < to; i++) {
      sum[i] += (a[i] * w[i]) * (b[i] * w[i]);
    }
  }

  /**
   * A float32 sum over bands for each pixel. It has the length of a plane because C2 vectorises a
   * loop over several arrays only if it indexes all of them alike.
   */
  private static final class Sum {

    private final float[] run;
    private final float[] runs;

    Sum(int pixels) {
      run = new float[pixels];
      runs = new float[pixels];
    }

    void endRun(int from, int to) {
      for (int i = from; i < to; i++) {
        runs[i] += run[i];
        run[i] = 0;
      }
    }

    /** Adds the runs to the incomplete one. */
    void close(int from, int to) {
      for (int i = from; i < to; i++) {
        run[i] += runs[i];
      }
    }
  }
}

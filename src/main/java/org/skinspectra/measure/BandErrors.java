package org.skinspectra.measure;

import org.skinspectra.cube.Mask;

/** Sums over the counted pixels of one band; {@code d = p - t}. */
record BandErrors(
    double differences,
    double squares,
    double relative,
    long relativeCount,
    double similarity,
    int firstNotFinite) {

  static BandErrors measure(CubePair pair, int band, StructuralSimilarity ssim) {
    float[] p = pair.prediction().plane(band);
    float[] t = pair.reference().plane(band);
    Mask mask = pair.mask();
    double differences = 0;
    double squares = 0;
    double relative = 0;
    long relativeCount = 0;
    for (int i = 0; i < p.length; i++) {
      if (mask.contains(i)) {
        double difference = (double) p[i] - t[i];
        differences += difference;
        squares += difference * difference;
        double size = Math.abs(t[i]);
        if (size >= CubeErrors.MIN_REFERENCE) {
          relative += Math.abs(difference) / size;
          relativeCount++;
        }
      }
    }
    int firstNotFinite = Double.isFinite(squares) ? Integer.MAX_VALUE : firstNotFinite(p, t, mask);
    return new BandErrors(
        differences, squares, relative, relativeCount, ssim.of(p, t), firstNotFinite);
  }

  private static int firstNotFinite(float[] p, float[] t, Mask mask) {
    for (int i = 0; i < p.length; i++) {
      if (mask.contains(i) && !(Float.isFinite(p[i]) && Float.isFinite(t[i]))) {
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }
}

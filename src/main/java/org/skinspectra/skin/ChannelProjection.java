package org.skinspectra.skin;

/** What a channel of a camera sees of reflectance planes, the same for every camera here. */
final class ChannelProjection {

  private ChannelProjection() {}

  /**
   * Sums planes by the weights of a channel, in double precision.
   *
   * @param planes reflectance, one plane per band
   * @param weights of the channel, one per band
   * @param start first pixel
   * @param end pixel after the last one
   * @param channel takes the sums of these pixels
   */
  static void project(float[][] planes, double[] weights, int start, int end, float[] channel) {
    double[] sum = new double[end - start];
    for (int band = 0; band < planes.length; band++) {
      double weight = weights[band];
      float[] plane = planes[band];
      // A channel does not see what it has no weight for, not even a NaN.
      for (int i = 0; i < sum.length && weight != 0; i++) {
        sum[i] += weight * plane[start + i];
      }
    }
    for (int i = 0; i < sum.length; i++) {
      channel[start + i] = (float) sum[i];
    }
  }
}

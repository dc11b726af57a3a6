package org.skinspectra.camera;

import java.util.stream.IntStream;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.profile.Homography;

/**
 * The picture of a camera that looks through a homography: each pixel takes the value at its place
 * by a Lanczos kernel of six pixels (Duchon 1979) whose weights sum to 1, so that what is flat
 * stays so. ImgLib2's does not normalise its weights. Not {@link org.skinspectra.profile.Warp},
 * which takes such a picture back: half a pixel off, that one loses 12 % of a wave of four pixels,
 * where this one errs by 2 %, and a simulation must not have the errors of what is tested by it.
 */
final class DemoWarp {

  private static final int RADIUS = 3;

  private DemoWarp() {}

  /**
   * @param plane with a margin on every side
   * @param toPlane from pixels of the result to those of the plane within its margin
   * @return {@code width * height} values
   */
  static float[] seen(float[] plane, int margin, int width, int height, Homography toPlane) {
    int wideWidth = width + 2 * margin;
    int wideHeight = height + 2 * margin;
    double[] h = toPlane.toArray();
    float[] seen = new float[width * height];
    IntStream.range(0, height)
        .parallel()
        .forEach(
            y -> {
              double[] across = new double[2 * RADIUS];
              double[] down = new double[2 * RADIUS];
              for (int x = 0; x < width; x++) {
                double w = h[6] * x + h[7] * y + h[8];
                double u = (h[0] * x + h[1] * y + h[2]) / w + margin;
                double v = (h[3] * x + h[4] * y + h[5]) / w + margin;
                int left = weigh(u, across);
                int top = weigh(v, down);
                double sum = 0;
                for (int j = 0; j < down.length; j++) {
                  int row = Math.max(0, Math.min(wideHeight - 1, top + j)) * wideWidth;
                  double line = 0;
                  for (int i = 0; i < across.length; i++) {
                    int column = Math.max(0, Math.min(wideWidth - 1, left + i));
                    line += across[i] * plane[row + column];
                  }
                  sum += down[j] * line;
                }
                // There is no negative light where the kernel swings below a dark edge.
                seen[y * width + x] = (float) Math.max(0, sum);
              }
            });
    return seen;
  }

  /** Fills in the weights of the pixels about a place and tells the first of them. */
  private static int weigh(double place, double[] weights) {
    int first = (int) Math.floor(place) - RADIUS + 1;
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = lanczos(place - first - i);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return first;
  }

  private static double lanczos(double x) {
    if (Math.abs(x) < 1e-9) {
      return 1;
    }
    double a = Math.PI * x;
    return Math.abs(x) >= RADIUS
        ? 0
        : RADIUS * FastMath.sin(a) * FastMath.sin(a / RADIUS) / (a * a);
  }
}

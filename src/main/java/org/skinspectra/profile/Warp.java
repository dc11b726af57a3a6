package org.skinspectra.profile;

import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;

/**
 * Resamples a plane through a homography, by cubic convolution (Keys 1981, a = -1/2: 4x4 pixels,
 * exact for quadratic surfaces, linear in the values, not bounded by them). Lines go on straight
 * beyond the plane's edge for the pixels that the cubic still needs there.
 *
 * <p>A pixel whose place in the source lies outside of the rectangle between the centres of the
 * source's corner pixels is NaN: nothing is made up where no light was measured. {@link #coverage}
 * has weight 0 there, 1 elsewhere. A NaN in the source makes NaN of every pixel that it has a part
 * in.
 *
 * <p>Immutable and thread-safe; works on ImgLib2's executor of the calling thread, with the same
 * result for any number of threads.
 */
public final class Warp {

  /** Rounding may put the image of a border pixel this far outside, in pixels. */
  private static final double TOLERANCE = 1e-6;

  private final double[] back;
  private final int sourceWidth;
  private final int sourceHeight;
  private final int width;
  private final int height;

  /**
   * A resampling of planes of one size to planes of another.
   *
   * @param homography from pixels of the source to pixels of the result
   * @throws SkinSpectraException if the homography cannot be reversed or a size is not above 0
   */
  public Warp(Homography homography, int sourceWidth, int sourceHeight, int width, int height) {
    requireSize(sourceWidth, sourceHeight);
    requireSize(width, height);
    this.back = homography.inverse().toArray();
    this.sourceWidth = sourceWidth;
    this.sourceHeight = sourceHeight;
    this.width = width;
    this.height = height;
  }

  private static void requireSize(int width, int height) {
    if (Math.min(width, height) < 1 || (long) width * height > Integer.MAX_VALUE - 8) {
      throw new SkinSpectraException(
          "There is no plane of %dx%d pixels to resample.".formatted(width, height));
    }
  }

  /**
   * The plane as it lies in the target.
   *
   * @param source float32 {@code [y][x]} of the source's size
   * @return float32 {@code [y][x]} of the target's size, NaN where the source has nothing
   * @throws SkinSpectraException if the plane has another size
   */
  public float[] apply(float[] source) {
    if (source.length != (long) sourceWidth * sourceHeight) {
      throw new SkinSpectraException(
          "The plane has %d pixels, but the registration is for %dx%d; register at this size."
              .formatted(source.length, sourceWidth, sourceHeight));
    }
    float[] result = new float[width * height];
    Rows.forEach(height, y -> resampleRow(source, result, y));
    return result;
  }

  /** Weight 1 where the target has a value, else 0. */
  public Mask coverage() {
    float[] weights = new float[width * height];
    Rows.forEach(
        height,
        y -> {
          for (int x = 0; x < width; x++) {
            double w = back[6] * x + back[7] * y + back[8];
            double u = (back[0] * x + back[1] * y + back[2]) / w;
            double v = (back[3] * x + back[4] * y + back[5]) / w;
            weights[y * width + x] = w > 0 && isInside(u, v) ? 1 : 0;
          }
        });
    return new Mask(width, height, weights);
  }

  private boolean isInside(double u, double v) {
    return u >= -TOLERANCE
        && v >= -TOLERANCE
        && u <= sourceWidth - 1 + TOLERANCE
        && v <= sourceHeight - 1 + TOLERANCE;
  }

  private void resampleRow(float[] source, float[] result, int y) {
    double numeratorX = back[1] * y + back[2];
    double numeratorY = back[4] * y + back[5];
    double denominator = back[7] * y + back[8];
    int start = y * width;
    for (int x = 0; x < width; x++) {
      double w = back[6] * x + denominator;
      double u = (back[0] * x + numeratorX) / w;
      double v = (back[3] * x + numeratorY) / w;
      // Behind the horizon of a homography the same points would be met a second time.
      result[start + x] = w > 0 && isInside(u, v) ? (float) value(source, u, v) : Float.NaN;
    }
  }

  private double value(float[] source, double u, double v) {
    double insideX = Math.max(0, Math.min(u, sourceWidth - 1));
    double insideY = Math.max(0, Math.min(v, sourceHeight - 1));
    int column = (int) insideX;
    int row = (int) insideY;
    double fx = insideX - column;
    double fy = insideY - row;
    double x0 = outer(fx);
    double x1 = inner(fx);
    double x2 = inner(1 - fx);
    double x3 = outer(1 - fx);
    double y0 = outer(fy);
    double y1 = inner(fy);
    double y2 = inner(1 - fy);
    double y3 = outer(1 - fy);
    if (column < 1 || row < 1 || column > sourceWidth - 3 || row > sourceHeight - 3) {
      double[] weightsX = straightOn(column, sourceWidth, x0, x1, x2, x3);
      double[] weightsY = straightOn(row, sourceHeight, y0, y1, y2, y3);
      return valueAtEdge(source, column, row, weightsX, weightsY);
    }
    int a = (row - 1) * sourceWidth + column - 1;
    int b = a + sourceWidth;
    int c = b + sourceWidth;
    int d = c + sourceWidth;
    return y0 * (x0 * source[a] + x1 * source[a + 1] + x2 * source[a + 2] + x3 * source[a + 3])
        + y1 * (x0 * source[b] + x1 * source[b + 1] + x2 * source[b + 2] + x3 * source[b + 3])
        + y2 * (x0 * source[c] + x1 * source[c + 1] + x2 * source[c + 2] + x3 * source[c + 3])
        + y3 * (x0 * source[d] + x1 * source[d + 1] + x2 * source[d + 2] + x3 * source[d + 3]);
  }

  /** Weight of a neighbour at the distance t from 0 to 1. */
  private static double inner(double t) {
    return 1 + t * t * (1.5 * t - 2.5);
  }

  /** Weight of a neighbour at the distance 1 + t, t from 0 to 1. */
  private static double outer(double t) {
    return t * (-0.5 + t * (1 - 0.5 * t));
  }

  /**
   * Weights of the pixels from {@code first} - 1 on, where the pixel before the first counts as
   * twice the first less the second, and that after the last likewise.
   */
  private static double[] straightOn(int first, int length, double... weights) {
    if (first == 0 && length > 1) {
      weights[1] += 2 * weights[0];
      weights[2] -= weights[0];
      weights[0] = 0;
    }
    if (first == length - 2) {
      weights[2] += 2 * weights[3];
      weights[1] -= weights[3];
      weights[3] = 0;
    }
    return weights;
  }

  private double valueAtEdge(
      float[] source, int column, int row, double[] weightsX, double[] weightsY) {
    double sum = 0;
    for (int j = 0; j < 4; j++) {
      for (int i = 0; i < 4; i++) {
        double weight = weightsY[j] * weightsX[i];
        // Outside of the source all weights are 0.
        if (weight != 0) {
          sum += weight * source[(row + j - 1) * sourceWidth + column + i - 1];
        }
      }
    }
    return sum;
  }
}

package org.skinspectra.measure;

import java.util.function.ToDoubleFunction;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Masks;
import org.skinspectra.cube.SpectralCube;

/**
 * A skin index at every pixel of a cube.
 *
 * @param index what the values are
 * @param values float32 {@code [y][x]} in the index's unit, NaN where it has none; shared, not
 *     copied: do not write to it
 * @param withoutValue number of pixels that have none
 * @param inference how far the values can be trusted
 */
public record IndexMap(
    SkinIndex.Description index,
    int width,
    int height,
    float[] values,
    int withoutValue,
    Inference inference) {

  /**
   * The index in a region.
   *
   * @param n number of pixels of the region that have a value
   * @param withoutValue number of those that have none
   * @param mean over pixels; NaN if {@code n} is 0
   * @param sd sample standard deviation over pixels (divisor n - 1); NaN if {@code n} is below 2
   */
  public record RoiValue(int n, int withoutValue, double mean, double sd) {}

  /**
   * Computes the index of every pixel.
   *
   * @throws SkinSpectraException if the cube lacks bands that the index needs
   * @throws CanceledException if {@code progress} asked to stop
   */
  public static IndexMap measure(SkinIndex index, SpectralCube cube, ProgressMonitor progress) {
    ToDoubleFunction<double[]> formula = index.on(cube.wavelengths());
    SkinIndex.Description about = index.description();
    float[][] planes = cube.planes();
    float[] values = new float[cube.width() * cube.height()];
    int width = cube.width();
    int withoutValue =
        Stripes.map(
                about.name(),
                cube.height(),
                progress,
                y -> computeRow(formula, planes, values, y * width, width))
            .stream()
            .mapToInt(Integer::intValue)
            .sum();
    return new IndexMap(about, width, cube.height(), values, withoutValue, Inference.of(cube));
  }

  /** Number of pixels of the row without a value. */
  private static int computeRow(
      ToDoubleFunction<double[]> formula, float[][] planes, float[] values, int start, int width) {
    double[] spectrum = new double[planes.length];
    int withoutValue = 0;
    for (int i = start; i < start + width; i++) {
      for (int band = 0; band < planes.length; band++) {
        spectrum[band] = planes[band][i];
      }
      double value = formula.applyAsDouble(spectrum);
      values[i] = Double.isFinite(value) ? (float) value : Float.NaN;
      withoutValue += Double.isFinite(value) ? 0 : 1;
    }
    return withoutValue;
  }

  /**
   * The values within a region: its pixels whose mask weight is above one half.
   *
   * @throws SkinSpectraException if the mask has another size than the map
   */
  public RoiValue in(Mask roi) {
    Masks.requireSize(roi, width, height);
    double sum = 0;
    int n = 0;
    int none = 0;
    for (int i = 0; i < values.length; i++) {
      if (roi.contains(i)) {
        boolean valid = !Float.isNaN(values[i]);
        sum += valid ? values[i] : 0;
        n += valid ? 1 : 0;
        none += valid ? 0 : 1;
      }
    }
    double mean = sum / n;
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      if (roi.contains(i) && !Float.isNaN(values[i])) {
        squares += (values[i] - mean) * (values[i] - mean);
      }
    }
    return new RoiValue(n, none, mean, n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1)));
  }
}

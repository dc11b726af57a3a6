package org.skinspectra.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Masks;
import org.skinspectra.cube.SpectralCube;

/**
 * How far a skin index of a predicted cube is from that of the true one, over the pixels whose mask
 * weight is above one half. It says how well the index is reproduced, not that it is right: no
 * index is clinically validated here.
 *
 * @param key of the index
 * @param pixels number of pixels where both cubes have a value
 * @param withoutValue number of the mask's pixels where one of them has none
 * @param meanAbsolute mean of |p - t| over those pixels, in the unit of the index; NaN if there are
 *     none
 * @param bias mean of p - t over those pixels, in the unit of the index; NaN if there are none
 */
public record IndexError(
    String key, int pixels, int withoutValue, double meanAbsolute, double bias) {

  /**
   * The error of every index whose bands both cubes have.
   *
   * @throws SkinSpectraException if the sizes differ
   * @throws org.skinspectra.CanceledException if {@code progress} asked to stop
   */
  public static List<IndexError> measure(
      List<SkinIndex> indices,
      SpectralCube prediction,
      SpectralCube truth,
      Mask mask,
      ProgressMonitor progress) {
    Masks.requireSize(mask, prediction.width(), prediction.height());
    Masks.requireSize(mask, truth.width(), truth.height());
    return indices.stream()
        .filter(index -> isOn(index, prediction) && isOn(index, truth))
        .map(index -> of(index, prediction, truth, mask, progress))
        .toList();
  }

  private static boolean isOn(SkinIndex index, SpectralCube cube) {
    return index.description().bands().stream()
        .allMatch(window -> window.in(cube.wavelengths()).isPresent());
  }

  private static IndexError of(
      SkinIndex index,
      SpectralCube prediction,
      SpectralCube truth,
      Mask mask,
      ProgressMonitor progress) {
    ToDoubleFunction<double[]> ofPrediction = index.on(prediction.wavelengths());
    ToDoubleFunction<double[]> ofTruth = index.on(truth.wavelengths());
    float[][] p = prediction.planes();
    float[][] t = truth.planes();
    int width = mask.width();
    List<Sums> rows =
        Stripes.map(
            index.description().name(),
            mask.height(),
            progress,
            y -> {
              Sums sums = new Sums();
              double[] spectrumP = new double[p.length];
              double[] spectrumT = new double[t.length];
              for (int i = y * width; i < (y + 1) * width; i++) {
                if (mask.contains(i)) {
                  sums.add(value(ofPrediction, p, i, spectrumP) - value(ofTruth, t, i, spectrumT));
                }
              }
              return sums;
            });
    Sums all = new Sums();
    // In order, so that the number of threads cannot change the sums.
    rows.forEach(all::add);
    return new IndexError(
        index.description().key(),
        all.pixels,
        all.without,
        all.absolute / all.pixels,
        all.differences / all.pixels);
  }

  private static double value(
      ToDoubleFunction<double[]> formula, float[][] planes, int pixel, double[] spectrum) {
    for (int band = 0; band < planes.length; band++) {
      spectrum[band] = planes[band][pixel];
    }
    return formula.applyAsDouble(spectrum);
  }

  /** Running sums over pixels. */
  private static final class Sums {

    private int pixels;
    private int without;
    private double absolute;
    private double differences;

    void add(double difference) {
      if (Double.isFinite(difference)) {
        absolute += Math.abs(difference);
        differences += difference;
        pixels++;
      } else {
        without++;
      }
    }

    void add(Sums other) {
      pixels += other.pixels;
      without += other.without;
      absolute += other.absolute;
      differences += other.differences;
    }
  }
}

package org.skinspectra.measure;

import java.util.List;
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
        .map(
            index ->
                of(
                    IndexMap.measure(index, prediction, progress),
                    IndexMap.measure(index, truth, progress),
                    mask))
        .toList();
  }

  private static boolean isOn(SkinIndex index, SpectralCube cube) {
    return index.description().bands().stream()
        .allMatch(window -> window.in(cube.wavelengths()).isPresent());
  }

  private static IndexError of(IndexMap prediction, IndexMap truth, Mask mask) {
    double absolute = 0;
    double differences = 0;
    int pixels = 0;
    int without = 0;
    for (int i = 0; i < prediction.values().length; i++) {
      if (mask.contains(i)) {
        double difference = (double) prediction.values()[i] - truth.values()[i];
        if (Double.isNaN(difference)) {
          without++;
        } else {
          absolute += Math.abs(difference);
          differences += difference;
          pixels++;
        }
      }
    }
    return new IndexError(
        prediction.index().key(), pixels, without, absolute / pixels, differences / pixels);
  }
}

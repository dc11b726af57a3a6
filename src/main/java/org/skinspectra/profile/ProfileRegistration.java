package org.skinspectra.profile;

import java.time.LocalDate;
import java.util.Arrays;
import org.skinspectra.SkinSpectraException;

/**
 * Where the pixels of the 960 nm image lie in the RGB image, as it was measured once; it holds at
 * one depth.
 *
 * @param homography from pixels at 960 nm to those of RGB; none of its numbers above 1e6
 * @param residualPx root mean square distance that was left, 0 to 100 pixels
 * @param date day of the measurement
 */
public record ProfileRegistration(Homography homography, double residualPx, LocalDate date) {

  private static final double LEAST_DETERMINANT = 1e-6;

  /**
   * @throws SkinSpectraException if the homography folds the image up, or a number is out of range
   */
  public ProfileRegistration {
    Ranges.require("registration.residualPx", residualPx, 0, 100);
    if (!(Math.abs(homography.determinant()) > LEAST_DETERMINANT)) {
      throw folds(homography.toArray());
    }
  }

  /**
   * A registration as a file has it.
   *
   * @param homography nine numbers row by row, up to a factor
   * @throws SkinSpectraException as the constructor, or if they make no homography
   */
  static ProfileRegistration of(double[] homography, double residualPx, LocalDate date) {
    Ranges.requireRows("registration.homography", homography.length, 9, 9);
    Ranges.require("registration.homography", homography, -Homography.LIMIT, Homography.LIMIT);
    Homography map;
    try {
      map = Homography.of(homography);
    } catch (SkinSpectraException e) {
      throw folds(homography);
    }
    return new ProfileRegistration(map, residualPx, date);
  }

  private static SkinSpectraException folds(double[] homography) {
    return new SkinSpectraException(
        "'registration.homography' is %s, which folds the image up; measure it again."
            .formatted(Arrays.toString(homography)));
  }
}

package org.skinspectra.profile;

import java.time.LocalDate;
import java.util.Arrays;
import org.skinspectra.SkinSpectraException;

/**
 * Where the pixels of the 960 nm image lie in the RGB image, as it was measured once: a homography,
 * which holds at one depth. Immutable.
 */
public final class ProfileRegistration {

  private static final double MAX_ENTRY = 1e6;
  private static final double MIN_DETERMINANT = 1e-6;

  private final double[] homography;
  private final double residualPx;
  private final LocalDate date;

  /**
   * A registration.
   *
   * @param homography of pixels at 960 nm to those of RGB, nine numbers row by row; stored with its
   *     last number 1
   * @param residualPx root mean square distance that was left, 0 to 100 pixels
   * @throws SkinSpectraException if it has another size, cannot be inverted or has a number out of
   *     range
   */
  public ProfileRegistration(double[] homography, double residualPx, LocalDate date) {
    Ranges.requireRows("registration.homography", homography.length, 9, 9);
    Ranges.require("registration.homography", homography, -MAX_ENTRY, MAX_ENTRY);
    Ranges.require("registration.residualPx", residualPx, 0, 100);
    double last = homography[8];
    double[] h = Arrays.stream(homography).map(v -> v / last).toArray();
    double determinant =
        h[0] * (h[4] * h[8] - h[5] * h[7])
            - h[1] * (h[3] * h[8] - h[5] * h[6])
            + h[2] * (h[3] * h[7] - h[4] * h[6]);
    if (!(Math.abs(determinant) > MIN_DETERMINANT && Math.abs(determinant) < MAX_ENTRY)) {
      throw new SkinSpectraException(
          "'registration.homography' is %s, which folds the image up; measure it again."
              .formatted(Arrays.toString(homography)));
    }
    this.homography = h;
    this.residualPx = residualPx;
    this.date = date;
  }

  /** Nine numbers row by row, the last of which is 1; a copy. */
  public double[] homography() {
    return homography.clone();
  }

  /** Root mean square distance that was left, pixels. */
  public double residualPx() {
    return residualPx;
  }

  /** Day of the measurement. */
  public LocalDate date() {
    return date;
  }
}

package org.skinspectra.report;

import org.skinspectra.measure.AngleMap;
import org.skinspectra.measure.CubeErrors;

/** The numbers of a comparison of two cubes, one row for each. */
public final class AngleTable {

  private AngleTable() {}

  /**
   * One comparison.
   *
   * @param mask what chose the pixels, in words
   */
  public static TextTable of(
      String prediction, String reference, String mask, AngleMap angles, CubeErrors errors) {
    return TextTable.of(
            "prediction",
            "reference",
            "mask",
            "definition",
            "mean angle (degrees)",
            "mean angle (rad)",
            "RMSE (reflectance)",
            "MRAE",
            "PSNR (dB)",
            "SSIM",
            "pixels with an angle",
            "outside the mask",
            "all-zero spectra",
            "cosine beyond 1",
            "pixels of the errors")
        .with(
            prediction,
            reference,
            mask,
            angles.definition().key(),
            angles.meanDegrees(),
            angles.mean(),
            errors.rmse(),
            errors.mrae(),
            errors.psnr(),
            errors.ssim(),
            angles.counted(),
            angles.excluded().outsideMask(),
            angles.excluded().zeroSpectra(),
            angles.excluded().cosineOutOfRange(),
            errors.pixels());
  }
}

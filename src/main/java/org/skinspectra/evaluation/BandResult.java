package org.skinspectra.evaluation;

import org.skinspectra.measure.CubeErrors;
import org.skinspectra.measure.RoiSpectrum;
import org.skinspectra.spectra.Wavelengths;

/**
 * What is known of every band of an image: its errors and the spectra over the pixels whose mask
 * weight is above one half. All arrays have one value a band; they are shared, not copied.
 *
 * @param rmse reflectance
 * @param bias mean of p - t (reflectance)
 * @param truthMean mean reflectance factor of the truth
 * @param truthSd sample standard deviation over pixels
 * @param predictionMean mean reflectance factor of the prediction
 * @param predictionSd sample standard deviation over pixels
 */
public record BandResult(
    Wavelengths wavelengths,
    double[] rmse,
    double[] bias,
    double[] truthMean,
    double[] truthSd,
    double[] predictionMean,
    double[] predictionSd) {

  static BandResult of(CubeErrors errors, RoiSpectrum truth, RoiSpectrum prediction) {
    return new BandResult(
        errors.wavelengths(),
        errors.bandRmse(),
        errors.bandBias(),
        truth.mean(),
        truth.sd(),
        prediction.mean(),
        prediction.sd());
  }
}

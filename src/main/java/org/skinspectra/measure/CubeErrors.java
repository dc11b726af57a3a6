package org.skinspectra.measure;

import java.util.List;
import java.util.Locale;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/**
 * Errors of a predicted cube, which see the scale that the spectral angle does not. Pixels count
 * whose mask weight is above one half; sums are float64.
 *
 * @param wavelengths of the per-band figures
 * @param pixels number of counted pixels
 * @param rmse root of the mean squared error over all counted pixels and bands (reflectance)
 * @param mrae mean of |p - t| / |t| over the values with |t| ≥ {@link #MIN_REFERENCE}; NaN if there
 *     are none
 * @param mraeLeftOut number of values left out of {@code mrae} because their reference is smaller
 * @param psnr 10 log10(1 / mse) in dB for a data range of 1.0, from the error over all bands;
 *     infinite if the cubes are equal
 * @param ssim structural similarity (Wang et al. 2004; 11x11 Gaussian of sigma 1.5, K1 0.01, K2
 *     0.03, data range 1.0), mean over bands and over the windows wholly inside the mask; NaN if no
 *     window is
 * @param ssimWindows number of such windows
 * @param bandRmse RMSE of each band (reflectance)
 * @param bandBias mean of p - t of each band (reflectance)
 */
public record CubeErrors(
    Wavelengths wavelengths,
    int pixels,
    double rmse,
    double mrae,
    long mraeLeftOut,
    double psnr,
    double ssim,
    int ssimWindows,
    double[] bandRmse,
    double[] bandBias) {

  /** Reference reflectance below which a relative error says nothing and is left out. */
  public static final double MIN_REFERENCE = 0.001;

  /** The errors of {@code prediction} without progress. */
  public static CubeErrors measure(SpectralCube prediction, SpectralCube reference, Mask mask) {
    return measure(prediction, reference, mask, ProgressMonitor.NONE);
  }

  /**
   * The errors of {@code prediction}.
   *
   * @throws SkinSpectraException if sizes or wavelengths differ, if no mask weight is above one
   *     half, or if a value inside the mask is not finite, naming the pixel and the band
   * @throws org.skinspectra.CanceledException if {@code progress} asked to stop
   */
  public static CubeErrors measure(
      SpectralCube prediction, SpectralCube reference, Mask mask, ProgressMonitor progress) {
    CubePair pair = new CubePair(prediction, reference, mask);
    int pixels = mask.count();
    if (pixels == 0) {
      throw new SkinSpectraException(
          "No weight of the mask is above 0.5; take a mask that marks the skin.");
    }
    StructuralSimilarity similarity = new StructuralSimilarity(mask);
    List<BandErrors> bands =
        Stripes.map(
            "Errors", pair.bands(), progress, band -> BandErrors.measure(pair, band, similarity));
    return of(pair, pixels, similarity.windows(), bands);
  }

  private static CubeErrors of(CubePair pair, int pixels, int windows, List<BandErrors> bands) {
    int firstBad = bands.stream().mapToInt(BandErrors::firstNotFinite).min().orElseThrow();
    if (firstBad < Integer.MAX_VALUE) {
      throw pair.notMeasurable(firstBad, 1);
    }
    double mse = bands.stream().mapToDouble(BandErrors::squares).sum() / pixels / bands.size();
    long relativeCount = bands.stream().mapToLong(BandErrors::relativeCount).sum();
    return new CubeErrors(
        pair.reference().wavelengths(),
        pixels,
        Math.sqrt(mse),
        bands.stream().mapToDouble(BandErrors::relative).sum() / relativeCount,
        (long) pixels * bands.size() - relativeCount,
        -10 * Math.log10(mse),
        bands.stream().mapToDouble(BandErrors::similarity).average().orElseThrow(),
        windows,
        bands.stream().mapToDouble(band -> Math.sqrt(band.squares() / pixels)).toArray(),
        bands.stream().mapToDouble(band -> band.differences() / pixels).toArray());
  }

  /** A copy of the RMSE of each band (reflectance). */
  @Override
  public double[] bandRmse() {
    return bandRmse.clone();
  }

  /** A copy of the mean of p - t of each band (reflectance). */
  @Override
  public double[] bandBias() {
    return bandBias.clone();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "RMSE %.5f, MRAE %.5f (reference >= %s), PSNR %.2f dB (range 1), SSIM %.5f, %d pixels",
        rmse,
        mrae,
        MIN_REFERENCE,
        psnr,
        ssim,
        pixels);
  }
}

package org.skinspectra.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skinspectra.model.Weights;
import org.skinspectra.model.WienerMatrix;
import org.skinspectra.skin.CanonicalCamera;
import org.skinspectra.skin.SpectralStatistics;
import org.skinspectra.spectra.Wavelengths;

/** Where a training begins when no weights are given: at the Wiener estimate of its material. */
public final class StartingWeights {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;
  private static final int CROPS = 96;
  private static final int PIXELS_OF_A_CROP = 64;

  private StartingWeights() {}

  /** An MST++ that computes the Wiener estimate of what it is to learn from. */
  public static Weights wienerNetwork(
      TrainingMaterial material, TrainingConfiguration configuration) {
    return wiener(material, configuration.backgroundWeight())
        .mstPlusPlus(configuration.stages(), configuration.seed(), Map.of(), "Wiener estimate");
  }

  /**
   * The estimate from the first crops' pixels.
   *
   * @param backgroundWeight how much a pixel counts that is not skin
   */
  static WienerMatrix wiener(TrainingMaterial material, double backgroundWeight) {
    return wiener(material.crops(), backgroundWeight);
  }

  static WienerMatrix wiener(CropSource crops, double backgroundWeight) {
    List<double[]> spectra = new ArrayList<>();
    for (int i = 0; i < CROPS; i++) {
      Crop crop = crops.crop(i);
      int pixels = crop.skin().length;
      int bands = crop.truth().length / pixels;
      int stride = Math.max(1, pixels / PIXELS_OF_A_CROP);
      for (int pixel = stride / 2; pixel < pixels; pixel += stride) {
        double[] spectrum = new double[bands];
        double share = crop.skin()[pixel] ? 1 : Math.sqrt(backgroundWeight);
        for (int band = 0; band < bands; band++) {
          spectrum[band] = share * crop.truth()[pixel * bands + band];
        }
        spectra.add(spectrum);
      }
    }
    return WienerMatrix.of(
        SpectralStatistics.of(GRID, spectra.toArray(double[][]::new)),
        new CanonicalCamera(GRID).responseMatrix(),
        WienerMatrix.TYPICAL_SNR_DB);
  }
}

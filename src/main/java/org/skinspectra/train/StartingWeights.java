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
    CropSource crops = material.crops();
    List<double[]> spectra = new ArrayList<>();
    for (int i = 0; i < CROPS; i++) {
      Crop crop = crops.crop(i);
      int bands = crop.truth().length / crop.weight().length;
      int stride = Math.max(1, crop.weight().length / PIXELS_OF_A_CROP);
      for (int pixel = stride / 2; pixel < crop.weight().length; pixel += stride) {
        double[] spectrum = new double[bands];
        double share = crop.weight()[pixel] == 1 ? 1 : Math.sqrt(backgroundWeight);
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

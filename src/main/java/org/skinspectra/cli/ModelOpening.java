package org.skinspectra.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.model.ConstantSpectrum;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.model.WienerEstimator;
import org.skinspectra.model.WienerMatrix;
import org.skinspectra.skin.SpectralStatistics;

/** Opens one of the models that are compared, which one after the other keep only one in memory. */
interface ModelOpening {

  Reconstructor open();

  /**
   * What every model should beat: the mean of some spectra and the Wiener estimate from them.
   *
   * @param origin where the spectra come from, for people
   */
  static List<ModelOpening> baselines(
      SpectralStatistics statistics, WienerMatrix wiener, String origin) {
    return List.of(
        () -> new ConstantSpectrum(statistics),
        () -> WienerEstimator.open(wiener.weights(Map.of(), "Wiener from " + origin)));
  }

  /** A model by its file or its name. */
  static ModelOpening named(String model, Device device) {
    return () -> Models.open(model, Optional.empty(), device, Precision.FLOAT32);
  }
}

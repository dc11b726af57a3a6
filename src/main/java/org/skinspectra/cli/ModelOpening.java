package org.skinspectra.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.skinspectra.model.ConstantSpectrum;
import org.skinspectra.model.Device;
import org.skinspectra.model.ModelDescription;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.model.WienerEstimator;
import org.skinspectra.model.WienerMatrix;
import org.skinspectra.report.Labels;
import org.skinspectra.skin.SpectralStatistics;

/**
 * Opens one of the models that are compared, which one after the other keep only one in memory.
 *
 * @param place tells it apart from a model of the same name: its path, or what it is
 */
record ModelOpening(String place, Supplier<Reconstructor> opener) {

  Reconstructor open() {
    return opener.get();
  }

  /**
   * What every model should beat: the mean of some spectra and the Wiener estimate from them.
   *
   * @param origin where the spectra come from, for people
   */
  static List<ModelOpening> baselines(
      SpectralStatistics statistics, WienerMatrix wiener, String origin) {
    return List.of(
        new ModelOpening("mean of " + origin, () -> new ConstantSpectrum(statistics)),
        new ModelOpening(
            "Wiener from " + origin,
            () -> WienerEstimator.open(wiener.weights(Map.of(), "Wiener from " + origin))));
  }

  /** A model by its file or its name. */
  static ModelOpening named(String model, Device device) {
    return new ModelOpening(
        model, () -> Models.open(model, Optional.empty(), device, Precision.FLOAT32));
  }

  /** A label of its own for each of some opened models. */
  static List<String> labels(List<ModelOpening> openings, List<ModelDescription> models) {
    return Labels.distinct(
        models.stream().map(ModelDescription::name).toList(),
        openings.stream().map(ModelOpening::place).toList());
  }
}

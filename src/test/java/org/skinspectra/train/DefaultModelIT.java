package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.model.WienerEstimator;
import org.skinspectra.model.WienerMatrix;
import org.skinspectra.skin.CanonicalCamera;
import org.skinspectra.skin.SpectralStatistics;
import org.skinspectra.spectra.Wavelengths;

/** The default model beside Wiener estimation on images of people it has never seen. */
class DefaultModelIT {

  private static final Path DATA = Path.of("..", "shared", "data");
  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  private static final Map<String, Double> WIENER = new HashMap<>();
  private static final Map<String, Double> DEFAULT = new HashMap<>();

  @BeforeAll
  static void score() {
    for (String folder : List.of("hyperskin-layout", "skin")) {
      boolean present = Files.isDirectory(DATA.resolve(folder));
      if (!present) {
        System.out.println("Skipped: there is no folder " + DATA.resolve(folder));
      }
      assumeTrue(present, "there is no folder " + DATA.resolve(folder));
    }
    List<ScoringImage> images =
        ScoringImage.of(HyperSkinDataset.open(DATA.resolve("hyperskin-layout")));
    SpectralStatistics statistics =
        SpectralStatistics.of(GRID, MeasuredSpectra.read(DATA.resolve("skin"), GRID).tables());
    WienerMatrix matrix =
        WienerMatrix.of(
            statistics, new CanonicalCamera(GRID).responseMatrix(), WienerMatrix.TYPICAL_SNR_DB);
    List<ScoringCondition> conditions =
        ScoringCondition.all(Map.of()).stream()
            .filter(condition -> condition.group().equals("exposure"))
            .toList();
    Scoring scoring = new Scoring(images, conditions);
    try (Reconstructor wiener = WienerEstimator.open(matrix.weights(Map.of(), "wiener"));
        Reconstructor model =
            Models.open(Models.DEFAULT, Optional.empty(), Device.CPU, Precision.FLOAT32)) {
      add(WIENER, scoring.of(wiener, ProgressMonitor.NONE));
      add(DEFAULT, scoring.of(model, ProgressMonitor.NONE));
    }
  }

  private static void add(Map<String, Double> means, List<Scoring.Entry> entries) {
    for (Scoring.Entry entry : entries) {
      means.merge(entry.condition().label(), entry.means().clamped() / 4, Double::sum);
      means.merge(
          entry.condition().label() + " challenge", entry.means().challenge() / 4, Double::sum);
    }
    System.out.println(means);
  }

  @Test
  void onMaskedFacesWithTheirClothItIsNearerThanWiener() {
    assertTrue(DEFAULT.get("x1.0 challenge") < WIENER.get("x1.0 challenge"));
  }

  @Test
  void inDarkNoisyImagesItsAngleIsAtMostSevenTenthsOfWieners() {
    assertTrue(DEFAULT.get("x0.5 at 35 dB") <= 0.7 * WIENER.get("x0.5 at 35 dB"));
  }
}

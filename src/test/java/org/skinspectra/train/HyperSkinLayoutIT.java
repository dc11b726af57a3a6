package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.AngleDefinition;
import org.skinspectra.measure.MeanOverImages;
import org.skinspectra.model.ConstantSpectrum;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.model.WienerEstimator;
import org.skinspectra.model.WienerMatrix;
import org.skinspectra.skin.CanonicalCamera;
import org.skinspectra.skin.SpectralStatistics;
import org.skinspectra.spectra.Wavelengths;

/** Baselines on four images rendered in the layout of Hyper-Skin, where those are at hand. */
class HyperSkinLayoutIT {

  private static final Path DATA = Path.of("..", "shared", "data");
  private static final Wavelengths GRID = Wavelengths.VIS_NIR;
  private static final CanonicalCamera CAMERA = new CanonicalCamera(GRID);

  private static List<HyperSkinImage> images;
  private static SpectralStatistics statistics;

  @BeforeAll
  static void open() {
    for (String folder : List.of("hyperskin-layout", "skin")) {
      boolean present = Files.isDirectory(DATA.resolve(folder));
      if (!present) {
        System.out.println("Skipped: there is no folder " + DATA.resolve(folder));
      }
      assumeTrue(present, "there is no folder " + DATA.resolve(folder));
    }
    images = HyperSkinDataset.open(DATA.resolve("hyperskin-layout")).images();
    MeasuredSpectra measured = MeasuredSpectra.read(DATA.resolve("skin"), GRID);
    statistics = SpectralStatistics.of(GRID, measured.tables());
    assertEquals(4, images.size());
    assertEquals(70, statistics.count());
  }

  @Test
  void theImagesHoldReflectancesAndSkin() {
    for (HyperSkinImage image : images) {
      assertTrue(DatasetPictures.read(image).skin().count() > 1000, image.name());
    }
  }

  @Test
  void wienerEstimationScoresAsPublished() {
    WienerMatrix matrix = WienerMatrix.of(statistics, CAMERA.responseMatrix(), 40);
    try (Reconstructor wiener = WienerEstimator.open(matrix.weights(Map.of(), "wiener"))) {
      List<ImageScore> scores = scores(wiener);
      assertEquals(0.0253, mean(AngleDefinition.CHALLENGE, scores), 3e-4);
      assertEquals(0.0093, mean(AngleDefinition.CLAMPED, scores), 3e-4);
    }
  }

  @Test
  void predictingTheMeanScoresAsPublished() {
    try (Reconstructor constant = new ConstantSpectrum(statistics)) {
      assertEquals(0.0586, mean(AngleDefinition.CHALLENGE, scores(constant)), 3e-4);
    }
  }

  /**
   * The images hold shot noise of 45 dB at perfect white, so its variance is 10^-4.5 × reflectance.
   * Residuals in units of that noise tell whether anything else is in them: weights that end at 700
   * nm move their mean to 0.045.
   */
  @Test
  void theCanonicalCameraSeesTheTruthAsTheStoredImageUpToItsNoise() {
    for (HyperSkinImage image : images) {
      Msi stored = image.msi();
      Msi seen = CAMERA.capture(image.truth());
      for (int channel = 0; channel < stored.channels(); channel++) {
        double[] residuals = residuals(seen, stored, channel);
        double mean = StatUtils.mean(residuals);
        double sd = Math.sqrt(StatUtils.populationVariance(residuals, mean));
        String what = image.name() + ", " + stored.channelNames().get(channel);
        System.out.printf(Locale.ROOT, "%s: %.4f ± %.4f of the noise%n", what, mean, sd);
        assertEquals(0, mean, 0.035, what);
        assertEquals(1, sd, 0.03, what);
      }
    }
  }

  private static double[] residuals(Msi clean, Msi noisy, int channel) {
    return IntStream.range(0, clean.width() * clean.height())
        .map(pixel -> pixel * clean.channels() + channel)
        .mapToDouble(
            i ->
                (noisy.pixels()[i] - clean.pixels()[i])
                    / Math.sqrt(Math.pow(10, -4.5) * clean.pixels()[i]))
        .toArray();
  }

  private static List<ImageScore> scores(Reconstructor model) {
    return images.stream()
        .map(
            image -> {
              SpectralCube truth = image.truth();
              return ImageScore.of(
                  image.name(),
                  model.reconstruct(image.msi(), ProgressMonitor.NONE).cube(),
                  truth,
                  image.mask(truth.width(), truth.height()),
                  ProgressMonitor.NONE);
            })
        .toList();
  }

  private static double mean(AngleDefinition definition, List<ImageScore> scores) {
    double[] values =
        scores.stream()
            .map(s -> definition == AngleDefinition.CHALLENGE ? s.challenge() : s.clamped())
            .mapToDouble(map -> map.mean())
            .toArray();
    MeanOverImages summary =
        MeanOverImages.of(scores.stream().map(ImageScore::image).toList(), values);
    System.out.println(definition.key() + ": " + summary);
    assertEquals(scores.size(), summary.images(), "an image without a score");
    return summary.mean();
  }
}

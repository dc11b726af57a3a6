package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.measure.SkinTone;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.model.WienerEstimator;
import org.skinspectra.model.WienerMatrix;
import org.skinspectra.skin.CanonicalCamera;
import org.skinspectra.skin.SpectralStatistics;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * The default model beside Wiener estimation from all forearms: on four images rendered from
 * forearms that the model has never seen, and on all forearms by skin tone.
 */
class DefaultModelIT {

  private static final Path DATA = Path.of("..", "shared", "data");
  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  private static final List<Scoring.Entry> WIENER = new ArrayList<>();
  private static final List<Scoring.Entry> DEFAULT = new ArrayList<>();

  @BeforeAll
  static void score() {
    for (String folder : List.of("hyperskin-layout", "skin")) {
      boolean present = Files.isDirectory(DATA.resolve(folder));
      if (!present) {
        System.out.println("Skipped: there is no folder " + DATA.resolve(folder));
      }
      assumeTrue(present, "there is no folder " + DATA.resolve(folder));
    }
    List<SpectralTable> forearms = MeasuredSpectra.read(DATA.resolve("skin"), GRID).tables();
    List<ScoringImage> images =
        ScoringImage.of(HyperSkinDataset.open(DATA.resolve("hyperskin-layout")));
    List<ScoringImage> squares =
        ScoringImage.of(forearms.stream().map(CompletedSpectra::whole).toList(), 1);
    ScoringCondition dark = condition("exposure", "x0.5 at 35 dB");
    WienerMatrix matrix =
        WienerMatrix.of(
            SpectralStatistics.of(GRID, forearms),
            new CanonicalCamera(GRID).responseMatrix(),
            WienerMatrix.TYPICAL_SNR_DB);
    try (Reconstructor wiener = WienerEstimator.open(matrix.weights(Map.of(), "wiener"));
        Reconstructor model =
            Models.open(Models.DEFAULT, Optional.empty(), Device.CPU, Precision.FLOAT32)) {
      for (Scoring scoring :
          List.of(
              new Scoring(images, List.of(ScoringCondition.AS_CAPTURED, dark)),
              new Scoring(squares, List.of(condition("noise", "45 dB"))))) {
        WIENER.addAll(scoring.of(wiener, ProgressMonitor.NONE));
        DEFAULT.addAll(scoring.of(model, ProgressMonitor.NONE));
      }
    }
  }

  private static ScoringCondition condition(String group, String label) {
    return ScoringCondition.all(Map.of(), Illuminant.d65()).stream()
        .filter(condition -> condition.group().equals(group) && condition.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  private static double mean(
      List<Scoring.Entry> entries, String label, ToDoubleFunction<ImageMeans> angle) {
    return entries.stream()
        .filter(entry -> entry.condition().label().equals(label))
        .mapToDouble(entry -> angle.applyAsDouble(entry.means()))
        .average()
        .orElseThrow();
  }

  @Test
  void onMaskedFacesWithTheirClothItsAngleIsAtMostTwoHundredths() {
    double angle = mean(DEFAULT, "files", ImageMeans::challenge);
    System.out.printf("challenge: %.5f rad%n", angle);
    assertTrue(angle <= 0.020, angle + " rad");
  }

  @Test
  void onSkinAloneItsAngleIsAtMostSevenAndAHalfThousandths() {
    double angle = mean(DEFAULT, "files", ImageMeans::clamped);
    System.out.printf("clamped: %.5f rad%n", angle);
    assertTrue(angle <= 0.0075, angle + " rad");
  }

  @Test
  void itIsNearerThanWienerOnEveryImage() {
    for (int i = 0; i < WIENER.size(); i++) {
      if (WIENER.get(i).condition().label().equals("files")) {
        double wiener = WIENER.get(i).means().clamped();
        double model = DEFAULT.get(i).means().clamped();
        assertTrue(model < wiener, DEFAULT.get(i).means().image() + ": " + model + ", " + wiener);
      }
    }
  }

  @Test
  void inDarkNoisyImagesItsAngleIsAtMostSevenTenthsOfWieners() {
    double wiener = mean(WIENER, "x0.5 at 35 dB", ImageMeans::clamped);
    double model = mean(DEFAULT, "x0.5 at 35 dB", ImageMeans::clamped);
    assertTrue(model <= 0.7 * wiener, model + ", " + wiener);
  }

  /** There are two tan forearms, both known to Wiener and one to the model. */
  @Test
  void inNoSkinToneButTanIsItFurtherThanWiener() {
    Map<SkinTone, Double> wiener = byTone(WIENER);
    Map<SkinTone, Double> model = byTone(DEFAULT);
    System.out.println("Wiener: " + wiener + "\ndefault: " + model);
    wiener.remove(SkinTone.TAN);
    wiener.forEach(
        (tone, angle) -> assertTrue(model.get(tone) <= angle, tone + ": " + model.get(tone)));
  }

  private static Map<SkinTone, Double> byTone(List<Scoring.Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.condition().label().equals("45 dB"))
        .collect(
            Collectors.groupingBy(
                Scoring.Entry::tone,
                TreeMap::new,
                Collectors.averagingDouble(entry -> entry.means().clamped())));
  }
}

package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.model.ConstantSpectrum;
import org.skinspectra.skin.CaptureConditions;
import org.skinspectra.skin.SimulatedCamera;
import org.skinspectra.skin.SpectralStatistics;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

class ScoringTest {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  private static final List<ScoringCondition> CONDITIONS =
      List.of(condition("45 dB", 45), condition("35 dB", 35));

  private static ScoringCondition condition(String label, double snrDb) {
    return new ScoringCondition(
        "noise",
        label,
        Optional.of(SimulatedCamera.canonical(GRID)),
        CaptureConditions.noise(snrDb));
  }

  private static List<ScoringImage> images() {
    double[] rising = new double[GRID.size()];
    double[] flat = new double[GRID.size()];
    for (int i = 0; i < rising.length; i++) {
      rising[i] = 0.2 + 0.01 * i;
      flat[i] = 0.5;
    }
    SpectralTable table =
        SpectralTable.of(GRID, "reflectance factor", Map.of("rising", rising, "flat", flat));
    return ScoringImage.of(List.of(CompletedSpectra.whole(table)), 1);
  }

  private static ConstantSpectrum mean() {
    SpectralTable table =
        SpectralTable.of(
            GRID, "reflectance factor", Map.of("a", constant(0.5), "b", constant(0.4)));
    return new ConstantSpectrum(SpectralStatistics.of(GRID, List.of(table)));
  }

  private static double[] constant(double value) {
    double[] spectrum = new double[GRID.size()];
    Arrays.fill(spectrum, value);
    return spectrum;
  }

  @Test
  void oneImageAfterTheOtherIsReadOnceForAllConditions() {
    List<String> events = new ArrayList<>();
    List<ScoringImage> watched =
        images().stream()
            .map(
                image ->
                    new ScoringImage(
                        image.name(),
                        image.measured(),
                        image.hasInput(),
                        () -> {
                          events.add("read " + image.name());
                          return image.read();
                        }))
            .toList();
    List<Scoring.Entry> entries =
        new Scoring(watched, CONDITIONS).of(mean(), (step, done, total) -> events.add(step));
    String first = watched.get(0).name();
    String second = watched.get(1).name();
    assertEquals(
        List.of(
            "read " + first,
            "noise 45 dB",
            "noise 35 dB",
            "read " + second,
            "noise 45 dB",
            "noise 35 dB"),
        events);
    assertEquals(
        List.of(first, first, second, second),
        entries.stream().map(entry -> entry.means().image()).toList());
  }

  @Test
  void everyReadingOfAnImageIsTheSame() {
    ScoringImage image = images().get(1);
    assertArrayEquals(image.read().truth().plane(30), image.read().truth().plane(30));
    assertTrue(image.read().truth().plane(30)[0] > 0);
  }

  @Test
  void anInputThatDoesNotComeWithAnImageIsMissedByItsName() {
    Scoring scoring = new Scoring(images(), List.of(ScoringCondition.AS_CAPTURED));
    String message =
        assertThrows(SkinSpectraException.class, () -> scoring.of(mean(), ProgressMonitor.NONE))
            .getMessage();
    assertTrue(message.contains(images().get(0).name()), message);
  }
}

package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.CubeErrors;
import org.skinspectra.measure.SkinTone;
import org.skinspectra.model.ModelDescription;
import org.skinspectra.skin.CaptureConditions;
import org.skinspectra.spectra.Wavelengths;

class ModelScoresTest {

  private static final ModelDescription MODEL = new ModelDescription("m", "abc", "none");
  private static final ScoringCondition FIRST = condition("45 dB");
  private static final ScoringCondition SECOND = condition("35 dB");

  private static ScoringCondition condition(String label) {
    return new ScoringCondition("noise", label, Optional.empty(), CaptureConditions.NOISELESS);
  }

  private static Scoring.Entry entry(
      ScoringCondition condition, SkinTone tone, double angle, Wavelengths bands, double error) {
    SpectralCube truth = SpectralCube.zeros(1, 1, bands);
    SpectralCube wrong = SpectralCube.zeros(1, 1, bands);
    for (float[] plane : wrong.planes()) {
      Arrays.fill(plane, (float) error);
    }
    CubeErrors errors = CubeErrors.measure(wrong, truth, Mask.all(1, 1));
    return new Scoring.Entry(condition, tone, new ImageMeans("i", 2 * angle, angle, errors));
  }

  private static ModelScores scores(Scoring.Entry... entries) {
    return ModelScores.of(MODEL, List.of(FIRST, SECOND), List.of(entries));
  }

  private static final Wavelengths ALL = Wavelengths.VIS_NIR;
  private static final Wavelengths RED = Wavelengths.range(600, 10, 700);

  @Test
  void conditionsComeFirstAndThenTheTonesOfTheFirstOne() {
    ModelScores scores =
        scores(
            entry(FIRST, SkinTone.DARK, 0.01, ALL, 0.1),
            entry(SECOND, SkinTone.DARK, 0.05, ALL, 0.5),
            entry(FIRST, SkinTone.LIGHT, 0.03, ALL, 0.3),
            entry(SECOND, SkinTone.LIGHT, 0.09, ALL, 0.7));
    assertEquals(
        List.of("noise 45 dB", "noise 35 dB", "skin tone light", "skin tone dark"),
        scores.lines().stream().map(line -> line.group() + " " + line.label()).toList());
    ModelScores.Line first = scores.lines().get(0);
    assertEquals(2, first.images());
    assertEquals(0.04, first.challenge(), 1e-12);
    assertEquals(0.02, first.clamped(), 1e-12);
    assertEquals(0.03, first.worst(), 1e-12);
    assertEquals(0.2, first.rmse(), 1e-6);
    assertEquals(0.01, scores.lines().get(3).clamped(), 1e-12);
  }

  @Test
  void aBandIsAveragedOverTheImagesThatHaveItUnderTheFirstCondition() {
    double[] rmse =
        scores(
                entry(FIRST, SkinTone.DARK, 0.01, RED, 0.1),
                entry(FIRST, SkinTone.DARK, 0.01, Wavelengths.range(650, 10, 800), 0.3),
                entry(SECOND, SkinTone.DARK, 0.01, ALL, 0.9))
            .bandRmse();
    assertTrue(Double.isNaN(rmse[ALL.indexOf(590)]));
    assertEquals(0.1, rmse[ALL.indexOf(600)], 1e-6);
    assertEquals(0.2, rmse[ALL.indexOf(650)], 1e-6);
    assertEquals(0.3, rmse[ALL.indexOf(800)], 1e-6);
    assertTrue(Double.isNaN(rmse[ALL.indexOf(810)]));
  }

  @Test
  void aConditionWithoutAnImageIsRefused() {
    Scoring.Entry only = entry(FIRST, SkinTone.DARK, 0.01, ALL, 0.1);
    String message = assertThrows(SkinSpectraException.class, () -> scores(only)).getMessage();
    assertTrue(message.contains("35 dB"), message);
  }
}

package org.skinspectra.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;

class ScoreSummaryTest {

  @Test
  void isTheMeanAndThePopulationDeviationOfTheImageScores() {
    ScoreSummary summary = ScoreSummary.of(AngleDefinition.CHALLENGE, 0.1, 0.2, 0.3);
    assertEquals(3, summary.images());
    assertEquals(0.2, summary.mean(), 1e-12);
    assertEquals(Math.sqrt(0.02 / 3), summary.sd(), 1e-12);
  }

  @Test
  void isShownWithItsDefinitionAndCount() {
    assertEquals(
        "0.2000 ± 0.1000 rad (clamped, 2 images)",
        ScoreSummary.of(AngleDefinition.CLAMPED, 0.1, 0.3).toString());
    assertEquals(
        "0.1000 ± 0.0000 rad (challenge, 1 image)",
        ScoreSummary.of(AngleDefinition.CHALLENGE, 0.1).toString());
  }

  @Test
  void noScoreAndNaNAreRefused() {
    assertThrows(SkinSpectraException.class, () -> ScoreSummary.of(AngleDefinition.CHALLENGE));
    assertThrows(
        SkinSpectraException.class,
        () -> ScoreSummary.of(AngleDefinition.CHALLENGE, 0.1, Double.NaN));
  }
}

package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.model.Models;

class TrainingConfigurationTest {

  private static TrainingConfiguration parse(String json) {
    return TrainingConfiguration.parse(json, "test.json");
  }

  @Test
  void anEmptyObjectMeansTheDefaults() {
    assertEquals(TrainingConfiguration.DEFAULT, parse("{}"));
  }

  @Test
  void whatIsWrittenIsReadBackEqual() {
    TrainingConfiguration changed =
        parse(
            "{'steps': 7, 'warmUpSteps': 2, 'heldOut': ['a', 'b'], 'capture': {'maxShift': 0}}"
                .replace('\'', '"'));
    assertEquals(7, changed.steps());
    assertEquals(List.of("a", "b"), changed.heldOut());
    assertEquals(0, changed.capture().maxShift());
    assertEquals(TrainingConfiguration.DEFAULT.capture().maxBlur(), changed.capture().maxBlur());
    assertEquals(changed, parse(changed.json()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"stepz\": 7}|stepz",
        "{\"capture\": {\"fog\": 1}}|capture.fog",
        "{\"capture\": 3}|'capture' is 3",
        "{\"heldOut\": 3}|'heldOut' is 3",
        "{\"steps\": null}|'steps' is null",
        "{\"steps\": \"many\"}|no configuration",
        "{\"steps\": 0}|'steps' is 0",
        "{\"learningRate\": -1}|'learningRate' is -1",
        "{\"learningRate\": \"NaN\"}|test.json",
        "{\"artefactShare\": 1.5}|'artefactShare' is 1.5",
        "{\"cropSide\": 60}|multiple of 8",
        "{\"batch\": 4, \"group\": 3}|groups of 3",
        "{\"sceneSide\": 36}|'sceneSide' is 36",
        "{\"capture\": {\"minExposure\": 2}}|test.json",
        "[]|not one JSON object",
        "{|no configuration",
        "text|test.json",
      })
  void whatCannotBeIsRefusedWithItsName(String json, String expected) {
    String message = assertThrows(SkinSpectraException.class, () -> parse(json)).getMessage();
    assertTrue(message.contains(expected), message);
    assertTrue(message.contains("test.json"), message);
  }

  @Test
  void artefactsAreNamedOnlyWhereThereAreSome() {
    assertFalse(TrainingConfiguration.DEFAULT.json().contains("artefactShare"));
    TrainingConfiguration some = parse("{\"artefactShare\": 0.25}");
    assertTrue(some.json().contains("\"artefactShare\": 0.25"), some.json());
    assertEquals(0.25, parse(some.withSteps(3).json()).artefactShare());
  }

  @Test
  void theDefaultModelsOwnConfigurationIsReadAndHoldsSpectraOut() throws IOException {
    try (InputStream file = Models.class.getResourceAsStream("default-training.json")) {
      String json = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(12, parse(json).heldOut().size());
    }
  }

  @Test
  void theLearningRateRisesLinearlyAndFallsAsACosineToItsEnd() {
    TrainingConfiguration configuration =
        parse(
            "{\"steps\": 110, \"warmUpSteps\": 10, \"learningRate\": 0.5, \"restarts\": 0,"
                + " \"finalLearningRate\": 0.1}");
    assertEquals(0.05, configuration.learningRate(1), 1e-12);
    assertEquals(0.5, configuration.learningRate(10), 1e-12);
    assertEquals(0.3, configuration.learningRate(60), 1e-12);
    assertEquals(0.1, configuration.learningRate(110), 1e-12);
  }

  @Test
  void everyRestartDescendsFromItsHeightToTheSameEnd() {
    TrainingConfiguration configuration =
        parse(
            "{\"steps\": 150, \"warmUpSteps\": 10, \"learningRate\": 0.5, \"finalLearningRate\": 0.1,"
                + " \"restarts\": 2, \"restartShare\": 0.2, \"restartHeight\": 0.6}");
    assertEquals(0.3, configuration.learningRate(50), 1e-12);
    for (int end : new int[] {90, 120, 150}) {
      assertEquals(0.1, configuration.learningRate(end), 1e-12);
      assertTrue(configuration.endsDescent(end));
      assertFalse(configuration.endsDescent(end - 1));
      assertFalse(configuration.endsDescent(end + 1));
    }
    for (int middle : new int[] {105, 135}) {
      assertEquals(0.2, configuration.learningRate(middle), 1e-12);
    }
  }

  @Test
  void restartsThatLeaveNoFirstDescentAreRefused() {
    assertEquals(
        "test.json: 4 restarts that take 0.25 of the steps each leave none for the first descent; take fewer or shorter ones.",
        assertThrows(
                SkinSpectraException.class,
                () -> parse("{\"restarts\": 4, \"restartShare\": 0.25}"))
            .getMessage());
  }

  @Test
  void anAverageFollowsQuicklyAtFirstAndSlowlyLater() {
    TrainingConfiguration configuration = TrainingConfiguration.DEFAULT;
    assertEquals(0.9, configuration.averaging(1), 1e-12);
    assertEquals(1 - configuration.averageDecay(), configuration.averaging(1_000_000), 1e-12);
  }

  @Test
  void aShorterTrainingHasNoLongerWarmUpThanSteps() {
    TrainingConfiguration shorter = TrainingConfiguration.DEFAULT.withSteps(5);
    assertEquals(5, shorter.steps());
    assertEquals(5, shorter.warmUpSteps());
  }
}

package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skinspectra.skin.CaptureConditions.NOISELESS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureConditionsTest {

  @Test
  void everyConditionIsChangedByItsOwnMethodAlone() {
    CaptureConditions changed =
        NOISELESS
            .withExposure(0.5)
            .withWhiteSnrDb(40)
            .withReadNoise(0.01)
            .withVignetting(0.2)
            .withBlur(0.1, 0.2, 0.3, 0.4)
            .withShift(1, -2)
            .withBits(12, 1.5)
            .withSaturation(1.25);
    assertEquals(
        new CaptureConditions(0.5, 40, 0.01, 0.2, List.of(0.1, 0.2, 0.3, 0.4), 1, -2, 12, 1.25),
        changed);
    assertEquals(NOISELESS.withWhiteSnrDb(35), CaptureConditions.noise(35));
  }

  @Test
  void callersCannotChangeTheBlur() {
    List<Double> blur = new ArrayList<>(List.of(0.1, 0.2, 0.3, 0.4));
    CaptureConditions conditions = new CaptureConditions(1, 40, 0, 0, blur, 0, 0, 0, 2);
    blur.set(0, 5.0);
    assertEquals(0.1, conditions.blur().get(0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesExposuresThatAreNone(double value) {
    refuses(NOISELESS::withExposure, value);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY})
  void refusesRatiosThatAreNone(double value) {
    refuses(NOISELESS::withWhiteSnrDb, value);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesReadNoiseThatIsNone(double value) {
    refuses(NOISELESS::withReadNoise, value);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1, Double.NaN})
  void refusesVignettingThatIsNone(double value) {
    refuses(NOISELESS::withVignetting, value);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 10.1, Double.NaN})
  void refusesBlursThatAreNone(double value) {
    refuses(v -> NOISELESS.withBlur(0, 0, v, 0), value);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-100.5, 101, Double.NaN})
  void refusesShiftsThatAreNone(double value) {
    refuses(v -> NOISELESS.withShift(v, 0), value);
    refuses(v -> NOISELESS.withShift(0, v), value);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 25})
  void refusesBitDepthsThatAreNone(int value) {
    var error = assertThrows(IllegalArgumentException.class, () -> NOISELESS.withBits(value, 1.25));
    assertTrue(error.getMessage().contains("bit depth " + value), error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 0, Double.NaN})
  void refusesSaturationsThatAreNone(double value) {
    refuses(NOISELESS::withSaturation, value);
  }

  @Test
  void refusesDigitalNumbersWithoutALargest() {
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> NOISELESS.withBits(8, Double.POSITIVE_INFINITY));
    assertTrue(error.getMessage().startsWith("8 bits"), error.getMessage());
  }

  @Test
  void refusesBlursOfOtherThanFourChannels() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new CaptureConditions(1, 40, 0, 0, List.of(0.1), 0, 0, 0, 2));
    assertThrows(
        IllegalArgumentException.class,
        () -> new CaptureConditions(1, 40, 0, 0, Arrays.asList(0., 0., null, 0.), 0, 0, 0, 2));
  }

  private static void refuses(DoubleFunction<CaptureConditions> with, double value) {
    var error = assertThrows(IllegalArgumentException.class, () -> with.apply(value));
    assertTrue(error.getMessage().contains(Double.toString(value)), error.getMessage());
  }
}

package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SkinParametersTest {

  @ParameterizedTest
  @EnumSource
  void rangesAreNestedAndTypicalValuesPlausible(SkinParameter p) {
    assertTrue(p.min() <= p.plausibleMin(), p.label());
    assertTrue(p.plausibleMin() <= p.typical() && p.typical() <= p.plausibleMax(), p.label());
    assertTrue(p.plausibleMax() <= p.max(), p.label());
  }

  @ParameterizedTest
  @EnumSource
  void refusesValuesOutsideTheMeaningfulRangeAndSaysWhich(SkinParameter p) {
    SkinParameters skin = SkinParameters.typical();
    for (double bad :
        new double[] {
          Double.NaN, Math.nextDown(p.min()), Math.nextUp(p.max()), Double.POSITIVE_INFINITY
        }) {
      var error = assertThrows(IllegalArgumentException.class, () -> skin.with(p, bad));
      assertTrue(error.getMessage().contains(p.label() + " of " + bad), error.getMessage());
      assertThrows(IllegalArgumentException.class, () -> SkinParameters.of(Map.of(p, bad)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesTheEndsOfTheMeaningfulRange(SkinParameter p) {
    assertEquals(p.min(), SkinParameters.typical().with(p, p.min()).get(p));
    assertEquals(p.max(), SkinParameters.of(Map.of(p, p.max())).get(p));
  }

  @Test
  void changingOneValueLeavesTheOriginalAlone() {
    SkinParameters skin = SkinParameters.typical();
    SkinParameters wet = skin.with(SkinParameter.WATER_FRACTION, 0.7);
    assertEquals(0.65, skin.get(SkinParameter.WATER_FRACTION));
    assertEquals(0.7, wet.get(SkinParameter.WATER_FRACTION));
    assertNotEquals(skin, wet);
    assertEquals(skin, wet.with(SkinParameter.WATER_FRACTION, 0.65));
    assertEquals(skin.hashCode(), wet.with(SkinParameter.WATER_FRACTION, 0.65).hashCode());
  }

  @Test
  void readsAsTextWithUnits() {
    String text = SkinParameters.typical().toString();
    assertTrue(text.contains("epidermis thickness 80.0 µm, blood fraction 0.012,"), text);
  }
}

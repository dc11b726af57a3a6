package org.skinspectra.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skinspectra.SkinSpectraException;

class AngleDefinitionTest {

  @ParameterizedTest
  @EnumSource
  void isFoundByItsKeyInAnyCase(AngleDefinition definition) {
    assertEquals(definition, AngleDefinition.of(definition.key()));
    assertEquals(definition, AngleDefinition.of(definition.name()));
  }

  @Test
  void anUnknownKeyIsRefusedNamingTheKnownOnes() {
    String message =
        assertThrows(SkinSpectraException.class, () -> AngleDefinition.of("degrees")).getMessage();
    assertTrue(message.contains("'degrees'") && message.contains("challenge, clamped"), message);
  }
}

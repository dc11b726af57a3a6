package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Wavelengths;

class WavelengthConventionTest {

  @ParameterizedTest
  @CsvSource({
    "3, 61, 400:10:1000",
    "4, 61, 400:10:1000",
    "3, 31, 400:10:700",
    "4, 31, 700:10:1000"
  })
  void hyperSkinConventionHoldsWithoutMetadata(int inputs, int outputs, String expected) {
    assertEquals(Wavelengths.parse(expected), of(inputs, outputs, Map.of(), null));
  }

  @ParameterizedTest
  @CsvSource({"5, 31", "4, 6", "3, 30"})
  void otherModelsNeedTheOption(int inputs, int outputs) {
    String message =
        assertThrows(SkinSpectraException.class, () -> of(inputs, outputs, Map.of(), null))
            .getMessage();
    assertTrue(message.contains("--wavelengths first:step:last"), message);
  }

  @Test
  void metadataWinOverTheConvention() {
    assertEquals(
        Wavelengths.range(400, 5, 700), of(4, 61, Map.of("wavelengths", "400:5:700"), null));
    assertEquals(Wavelengths.of(450, 551.5), of(4, 2, Map.of("wavelengths", "450,551.5"), null));
  }

  @Test
  void givenWavelengthsWinOverTheMetadata() {
    Wavelengths given = Wavelengths.range(500, 1, 560);
    assertEquals(given, of(4, 61, Map.of("wavelengths", "unreadable"), given));
  }

  @Test
  void anotherNumberOfBandsIsRefused() {
    String message =
        assertThrows(SkinSpectraException.class, () -> of(4, 61, Map.of(), Wavelengths.VIS))
            .getMessage();
    assertTrue(message.contains("31 bands") && message.contains("61 output bands"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"400:10:700", "", "blue", "400:0:1000", "700:-10:400", "1e9:1:1e99"})
  void metadataThatDoNotFitAreRefused(String text) {
    String message =
        assertThrows(SkinSpectraException.class, () -> of(4, 61, Map.of("wavelengths", text), null))
            .getMessage();
    assertTrue(message.contains("'" + text + "' in the metadata of w"), message);
  }

  private static Wavelengths of(
      int inputs, int outputs, Map<String, String> metadata, Wavelengths given) {
    return WavelengthConvention.of(
        Weights.of(Map.of(), metadata, "w"),
        Architecture.mstPlusPlus(inputs, outputs, 1),
        Optional.ofNullable(given));
  }
}

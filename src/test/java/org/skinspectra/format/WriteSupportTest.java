package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;

class WriteSupportTest {

  private static void assertRefused(WriteSupport support, WriteOptions options, String part) {
    String message =
        assertThrows(
                SkinSpectraException.class,
                () -> support.require(options, "TIFF", Path.of("a.tif")))
            .getMessage();
    assertTrue(message.startsWith("Cannot write a.tif: ") && message.contains(part), message);
  }

  @Test
  void whatAFormatCannotDoIsRefusedByName() {
    WriteSupport plain = WriteSupport.PLAIN;
    WriteOptions usual = WriteOptions.DEFAULT;
    plain.require(usual, "TIFF", Path.of("a.tif"));
    assertRefused(plain, usual.withSample(SampleType.UINT16), "uint16 samples; give float32.");
    assertRefused(plain, usual.withInterleave(Interleave.BIP), "interleave bip; give bsq.");
    assertRefused(plain, usual.withCompressed(true), "uncompressed only");
    assertRefused(plain, usual.withVariable("cube"), "no name to choose");
    assertRefused(plain, usual.withScale(100), "a scale (100.0) is for integer samples");
  }

  @Test
  void whatAFormatCanDoIsAccepted() {
    WriteSupport all =
        WriteSupport.PLAIN.withAllSamples().withAllInterleaves().withCompression().withVariables();
    WriteOptions asked =
        WriteOptions.DEFAULT
            .withSample(SampleType.UINT8)
            .withScale(200)
            .withInterleave(Interleave.BIL)
            .withCompressed(true)
            .withVariable("cube");
    assertDoesNotThrow(() -> all.require(asked, "MATLAB", Path.of("a.mat")));
    assertRefused(all, WriteOptions.DEFAULT.withScale(2), "float32 values are written as they are");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aScaleIsAFiniteNumberAboveZero(double scale) {
    assertThrows(SkinSpectraException.class, () -> WriteOptions.DEFAULT.withScale(scale));
  }

  @Test
  void namesAreThoseThatPeopleGive() {
    assertEquals(Optional.of(SampleType.UINT16), SampleType.ofKey("uint16"));
    assertEquals(Optional.empty(), SampleType.ofKey("int16"));
    assertEquals(Optional.of(Interleave.BIL), Interleave.ofKey("bil"));
    assertEquals(Optional.empty(), Interleave.ofKey("BIL "));
  }
}

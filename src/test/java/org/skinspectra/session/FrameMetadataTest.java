package org.skinspectra.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.PixelType;

class FrameMetadataTest {

  private static final FrameIdentity IDENTITY =
      new FrameIdentity(
          UUID.fromString("12345678-1234-1234-1234-123456789abc"),
          OffsetDateTime.parse("2026-11-25T10:29:59.5+01:00"),
          7,
          FrameKind.WHITE,
          3,
          1,
          Optional.of("another session"));

  private static FrameMetadata metadata(PixelType type) {
    return FrameMetadata.of(Frames.random(type, 5, 3, "N960", 1), IDENTITY);
  }

  @ParameterizedTest
  @EnumSource
  void whatItGivesIsReadAsTheSame(PixelType type) throws IOException {
    FrameMetadata metadata = metadata(type);
    assertEquals(metadata, FrameMetadata.of(metadata.values(), metadata.tags().all()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "session",
        "created",
        "number",
        "kind",
        "timePoint",
        "repetition",
        "channel",
        "camera",
        "exposureMs",
        "gain",
        "taken",
        "pixelType",
        "width",
        "height",
        "bits"
      })
  void whatIsMissingIsNamed(String key) {
    FrameMetadata metadata = metadata(PixelType.GRAY16);
    Map<String, String> values = metadata.values();
    assertFalse(values.remove(key).isEmpty());
    String message =
        assertThrows(IOException.class, () -> FrameMetadata.of(values, Map.of())).getMessage();
    assertTrue(message.contains(key) || message.contains("null"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "session, x",
    "created, yesterday",
    "number, 0",
    "number, 1e3",
    "kind, IMAGE",
    "timePoint, -1",
    "exposureMs, long",
    "taken, 2026-11-25",
    "pixelType, 12bit",
    "width, 0",
    "height, 99999999999",
    "bits, 17"
  })
  void whatIsWrongIsRefused(String key, String value) {
    Map<String, String> values = metadata(PixelType.GRAY16).values();
    values.put(key, value);
    assertThrows(IOException.class, () -> FrameMetadata.of(values, Map.of()));
  }

  @Test
  void everyWordAndEveryCountChangesTheSha256() throws IOException {
    Frame frame = Frames.random(PixelType.GRAY8, 5, 3, "N960", 1);
    FrameMetadata metadata = FrameMetadata.of(frame, IDENTITY);
    String sha256 = metadata.sha256(frame.bytes());
    Map<String, String> values = metadata.values();
    values.put("gain", "3.0");
    FrameMetadata otherGain = FrameMetadata.of(values, metadata.tags().all());
    FrameMetadata otherTags = FrameMetadata.of(metadata.values(), Map.of("Comment", "another"));
    ByteBuffer otherCounts = frame.bytes();
    otherCounts.put(14, (byte) (otherCounts.get(14) + 1));
    assertEquals(sha256, metadata.sha256(frame.bytes()));
    assertNotEquals(sha256, otherGain.sha256(frame.bytes()));
    assertNotEquals(sha256, otherTags.sha256(frame.bytes()));
    assertNotEquals(sha256, metadata.sha256(otherCounts));
  }
}

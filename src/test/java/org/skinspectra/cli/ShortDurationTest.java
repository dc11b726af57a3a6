package org.skinspectra.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShortDurationTest {

  @Test
  void everyUnitIsRead() {
    assertEquals(Duration.ofMillis(500), ShortDuration.parse("500ms"));
    assertEquals(Duration.ofSeconds(2), ShortDuration.parse("2s"));
    assertEquals(Duration.ofMinutes(10), ShortDuration.parse("10m"));
    assertEquals(Duration.ofHours(8), ShortDuration.parse("8h"));
  }

  @Test
  void anythingElseIsRefusedWithAnExample() {
    for (String wrong : List.of("", "2", "s", "-2s", "2 s", "2.5s", "99999999h", "2d")) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> ShortDuration.parse(wrong))
              .getMessage();
      assertTrue(message.contains("10m"), message);
    }
  }
}

package org.skinspectra.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.skinspectra.JsonText;
import org.skinspectra.Sha256;
import org.skinspectra.SkinSpectraIOException;

class ManifestSealTest {

  private static final byte[] SEALED =
      ManifestSeal.sealed(new StringBuilder("{\n\"größe\": \"1\",\n"));

  @Test
  void aSealedTextIsJsonWithTheShaOfAllElse() {
    String text = ManifestSeal.opened(SEALED, "x.json");
    String sha256 = JsonText.parse(text, "x", "x").get("manifestSha256").getAsString();
    String zeroed = text.replace(sha256, "0".repeat(64));
    assertEquals(Sha256.of(zeroed.getBytes(StandardCharsets.UTF_8)), sha256);
  }

  @Test
  void everyAlteredByteAndEveryCutIsSeen() {
    for (int i = 0; i < SEALED.length; i++) {
      byte[] altered = SEALED.clone();
      altered[i] ^= 1;
      byte[] cut = Arrays.copyOf(SEALED, i);
      String message =
          assertThrows(
                  SkinSpectraIOException.class,
                  () -> ManifestSeal.opened(altered, "x.json"),
                  "byte " + i)
              .getMessage();
      assertTrue(message.startsWith("x.json "), message);
      assertThrows(
          SkinSpectraIOException.class, () -> ManifestSeal.opened(cut, "x.json"), "cut at " + i);
    }
  }
}

package org.skinspectra.session;

import java.nio.charset.StandardCharsets;
import org.skinspectra.Sha256;
import org.skinspectra.SkinSpectraIOException;

/**
 * The last value of a manifest: the SHA-256 of all of its text, in which zeros stand for the value
 * itself. A manifest that was altered or cut off is known by it.
 */
final class ManifestSeal {

  private static final String KEY = "\"manifestSha256\": \"";
  private static final String END = "\"\n}\n";
  private static final String ZEROS = "0".repeat(64);

  private ManifestSeal() {}

  /**
   * Ends a manifest.
   *
   * @param text of it up to the seal, in JSON, with the comma before it
   * @return the whole of it in UTF-8
   */
  static byte[] sealed(StringBuilder text) {
    text.append(KEY).append(ZEROS).append(END);
    String sha256 = Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
    int to = text.length() - END.length();
    text.replace(to - ZEROS.length(), to, sha256);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The text of a file, as it was sealed.
   *
   * @param source of the bytes, for messages
   * @throws SkinSpectraIOException if they are not as they were sealed
   */
  static String opened(byte[] bytes, String source) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int at = text.lastIndexOf(KEY);
    int from = at + KEY.length();
    int to = from + ZEROS.length();
    if (at < 0 || text.length() < to) {
      throw new SkinSpectraIOException(source + " is no manifest of a session, or was cut off.");
    }
    String zeroed = text.substring(0, from) + ZEROS + text.substring(to);
    byte[] rest = zeroed.getBytes(StandardCharsets.UTF_8);
    if (rest.length != bytes.length || !Sha256.of(rest).equals(text.substring(from, to))) {
      throw new SkinSpectraIOException(
          source + " was altered or damaged: its SHA-256 is another than it says.");
    }
    return text;
  }
}

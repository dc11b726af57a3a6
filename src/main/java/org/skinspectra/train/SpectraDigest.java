package org.skinspectra.train;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.skinspectra.spectra.SpectralTable;

/** Recognises spectra by their values, wherever their file lies. */
final class SpectraDigest {

  private SpectraDigest() {}

  /** {@code 70 spectra, 400 to 1000 nm, sha256 …}. */
  static String of(SpectralTable table) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
    add(digest, table.wavelengths().toArray());
    for (String name : table.names()) {
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      add(digest, table.column(name));
    }
    return "%d spectra, %s to %s, sha256 %s"
        .formatted(
            table.size(),
            table.wavelengths().label(0),
            table.wavelengths().label(table.wavelengths().size() - 1),
            HexFormat.of().formatHex(digest.digest()));
  }

  private static void add(MessageDigest digest, double[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length);
    for (double value : values) {
      bytes.putDouble(value);
    }
    digest.update(bytes.array());
  }
}

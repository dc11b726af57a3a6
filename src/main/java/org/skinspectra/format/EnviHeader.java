package org.skinspectra.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.spectra.Wavelengths;

/**
 * The text header of an ENVI file: {@code key = value} lines, lists in braces over several lines.
 * Keys are read without regard to case and to the blanks in them.
 */
final class EnviHeader {

  private static final int LONGEST = 16 << 20;
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final Path file;
  private final Map<String, String> fields;

  private EnviHeader(Path file, Map<String, String> fields) {
    this.file = file;
    this.fields = fields;
  }

  /** Whether a file that starts like this is an ENVI header. */
  static boolean startsOne(byte[] head) {
    String start = new String(head, 0, Math.min(head.length, 16), StandardCharsets.UTF_8);
    return start.replace(BYTE_ORDER_MARK, "").matches("(?s)ENVI(\\s.*)?");
  }

  static EnviHeader read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LONGEST + 1);
    }
    if (bytes.length > LONGEST || !startsOne(bytes)) {
      throw new SkinSpectraIOException(file + " is no ENVI header.");
    }
    return new EnviHeader(file, parse(new String(bytes, StandardCharsets.UTF_8)));
  }

  private static Map<String, String> parse(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    Iterator<String> lines = text.lines().iterator();
    while (lines.hasNext()) {
      String line = lines.next();
      int equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith(";")) {
        String key = line.substring(0, equals).trim().toLowerCase(Locale.ROOT);
        fields.putIfAbsent(
            key.replaceAll("\\s+", " "), value(line.substring(equals + 1).trim(), lines));
      }
    }
    return fields;
  }

  private static String value(String start, Iterator<String> lines) {
    if (!start.startsWith("{")) {
      return start;
    }
    StringBuilder list = new StringBuilder(start);
    boolean closed = start.indexOf('}') >= 0;
    while (!closed && lines.hasNext()) {
      String line = lines.next();
      list.append('\n').append(line);
      closed = line.indexOf('}') >= 0;
    }
    int end = list.indexOf("}");
    return list.substring(1, end < 0 ? list.length() : end).trim();
  }

  Optional<String> get(String key) {
    return Optional.ofNullable(fields.get(key));
  }

  private String required(String key) {
    return get(key)
        .orElseThrow(
            () -> new SkinSpectraIOException("ENVI header " + file + " lacks '" + key + "'."));
  }

  /** A whole number within bounds. */
  long whole(String key, long least, long most) {
    String text = required(key);
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below, as a number out of bounds is.
    }
    throw new SkinSpectraIOException(
        "ENVI header %s: '%s = %s' must be a whole number from %d to %d."
            .formatted(file, key, JsonText.printable(text), least, most));
  }

  long whole(String key, long least, long most, long otherwise) {
    return fields.containsKey(key) ? whole(key, least, most) : otherwise;
  }

  /** A value that must be one of those named, in lower case. */
  String oneOf(String key, List<String> values) {
    String value = required(key).toLowerCase(Locale.ROOT);
    if (!values.contains(value)) {
      throw new SkinSpectraIOException(
          "ENVI header %s: '%s = %s' must be one of %s."
              .formatted(file, key, JsonText.printable(value), String.join(", ", values)));
    }
    return value;
  }

  /** A finite number above 0. */
  double positive(String key, double otherwise) {
    String text = fields.get(key);
    if (text == null) {
      return otherwise;
    }
    try {
      double value = Double.parseDouble(text);
      if (value > 0 && value <= Double.MAX_VALUE) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below, as a number out of bounds is.
    }
    throw new SkinSpectraIOException(
        "ENVI header %s: '%s = %s' must be a number above 0."
            .formatted(file, key, JsonText.printable(text)));
  }

  /**
   * The wavelengths in nm. Without a unit, values below 100 are micrometres, as ENVI takes them.
   */
  Optional<Wavelengths> wavelengths() {
    String list = fields.getOrDefault("wavelength", "");
    String unit = fields.getOrDefault("wavelength units", "").toLowerCase(Locale.ROOT);
    if (list.isEmpty() || unit.matches("index|wavenumber|.*hz")) {
      return Optional.empty();
    }
    try {
      double[] values =
          Arrays.stream(list.split(",")).mapToDouble(v -> Double.parseDouble(v.trim())).toArray();
      boolean micrometres =
          unit.matches("micro.*|[µμu]m") || !unit.matches("nano.*|nm") && values[0] < 100;
      return Optional.of(
          Wavelengths.of(Arrays.stream(values).map(v -> micrometres ? v * 1000 : v).toArray()));
    } catch (IllegalArgumentException e) {
      throw new SkinSpectraIOException(
          "ENVI header %s: the wavelengths cannot be used. %s Mend the header's line 'wavelength', or give others with --wavelengths on the command line."
              .formatted(file, JsonText.printable(String.valueOf(e.getMessage()))),
          e);
    }
  }

  /** The lines of the description that read {@code key: value}. */
  Map<String, String> provenance() {
    Map<String, String> provenance = new LinkedHashMap<>();
    get("description").stream()
        .flatMap(String::lines)
        .forEach(
            line -> {
              int colon = line.indexOf(": ");
              if (colon > 0) {
                provenance.put(line.substring(0, colon).trim(), line.substring(colon + 1).trim());
              }
            });
    return provenance;
  }
}

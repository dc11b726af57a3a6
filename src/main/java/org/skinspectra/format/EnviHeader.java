package org.skinspectra.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.TextFile;

/**
 * The text header of an ENVI file: {@code key = value} lines, lists in braces over several lines,
 * comments behind {@code ;}. Keys are read without regard to case and to the blanks in them.
 */
final class EnviHeader {

  private static final int LONGEST = 16 << 20;
  private static final int MOST_ENTRIES = 1_000_000;
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");

  /** A key and its value as they are written, the value with its braces. */
  private record Field(String key, String text) {}

  private final Path file;
  private final Map<String, Field> fields = new LinkedHashMap<>();
  private final Set<String> contradictions = new HashSet<>();

  private EnviHeader(Path file, String text) {
    this.file = file;
    Iterator<String> lines = text.lines().skip(1).iterator();
    while (lines.hasNext()) {
      String line = lines.next();
      int equals = line.indexOf('=');
      if (equals > 0 && !isComment(line)) {
        String key = line.substring(0, equals).trim();
        add(new Field(key, text(key, line.substring(equals + 1).trim(), lines)));
      }
    }
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
    return new EnviHeader(file, TextFile.decode(bytes));
  }

  private static boolean isComment(String line) {
    return line.stripLeading().startsWith(";");
  }

  /** Of a key that is stated twice the first counts, but nobody can rely on it. */
  private void add(Field field) {
    String key = normal(field.key());
    Field before = fields.putIfAbsent(key, field);
    if (before != null && !before.text().equals(field.text())) {
      contradictions.add(key);
    }
  }

  /**
   * A value as it is written. One in braces ends where they are balanced, or with a line that ends
   * in a brace.
   */
  private String text(String key, String start, Iterator<String> lines) {
    if (!start.startsWith("{")) {
      return start;
    }
    StringBuilder text = new StringBuilder();
    String line = start;
    int depth = 0;
    while (true) {
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        if (depth == 0) {
          return text.append(line, 0, i + 1).toString();
        }
      }
      if (line.stripTrailing().endsWith("}")) {
        return text.append(line.stripTrailing()).toString();
      }
      text.append(line).append('\n');
      do {
        if (!lines.hasNext()) {
          throw new SkinSpectraIOException(
              "ENVI header %s: the brace of '%s' is never closed; the header is cut off or damaged."
                  .formatted(file, JsonText.printable(key)));
        }
        line = lines.next();
      } while (isComment(line));
    }
  }

  /** A key as it is looked up. */
  static String normal(String key) {
    return key.replaceAll("[\\p{Cntrl}\\s]+", " ").trim().toLowerCase(Locale.ROOT);
  }

  // -- Values --

  Path file() {
    return file;
  }

  boolean has(String key) {
    return fields.containsKey(key);
  }

  /** A value without its braces or quotation marks. */
  Optional<String> get(String key) {
    if (contradictions.contains(key)) {
      throw error("states '%s' more than once, and differently; leave the right line in it", key);
    }
    return Optional.ofNullable(fields.get(key)).map(EnviHeader::bare);
  }

  private static String bare(Field field) {
    String text = field.text();
    return text.startsWith("{") ? text.substring(1, text.length() - 1).trim() : unquoted(text);
  }

  private static String unquoted(String text) {
    return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1).trim()
        : text;
  }

  private String required(String key) {
    return get(key).orElseThrow(() -> error("lacks '%s'", key));
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
    return has(key) ? whole(key, least, most) : otherwise;
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
    OptionalDouble value = number(key);
    if (value.isPresent() && !(value.getAsDouble() > 0 && Double.isFinite(value.getAsDouble()))) {
      throw error("'%s = %s' must be a number above 0", key, get(key).orElseThrow());
    }
    return value.orElse(otherwise);
  }

  /** A number, which may be {@code NaN} or infinite. */
  OptionalDouble number(String key) {
    Optional<String> text = get(key);
    return text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(number(key, text.get()));
  }

  private double number(String key, String text) {
    if (NUMBER.matcher(text).matches()) {
      return Double.parseDouble(text);
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan", "-nan" -> Double.NaN;
      case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw error("'%s' holds '%s', which is no number", key, text);
    };
  }

  /** The entries of a list, which may be in quotation marks; empty where it is not stated. */
  Optional<List<String>> list(String key) {
    return get(key).filter(text -> !text.isEmpty()).map(text -> entries(key, text));
  }

  private List<String> entries(String key, String list) {
    List<String> entries = new ArrayList<>();
    int start = 0;
    while (start <= list.length()) {
      if (entries.size() == MOST_ENTRIES) {
        throw error("'%s' lists more than " + MOST_ENTRIES + " entries", key);
      }
      int end = endOfQuoted(list, start);
      if (end < 0) {
        int comma = list.indexOf(',', start);
        end = comma < 0 ? list.length() : comma;
      }
      entries.add(unquoted(list.substring(start, end).trim().replaceAll("\\s+", " ")));
      start = end + 1;
    }
    // A comma behind the last entry begins no other.
    if (entries.size() > 1 && entries.get(entries.size() - 1).isEmpty()) {
      entries.remove(entries.size() - 1);
    }
    return entries;
  }

  /** Where an entry in quotation marks ends that begins here: at a comma or the list's end. */
  private static int endOfQuoted(String list, int start) {
    int open = skipBlanks(list, start);
    if (open == list.length() || list.charAt(open) != '"') {
      return -1;
    }
    int close = list.indexOf('"', open + 1);
    int end = close < 0 ? -1 : skipBlanks(list, close + 1);
    return end >= 0 && (end == list.length() || list.charAt(end) == ',') ? end : -1;
  }

  private static int skipBlanks(String text, int start) {
    int i = start;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** The numbers of a list; empty where it is not stated. */
  Optional<double[]> numbers(String key) {
    return list(key)
        .map(entries -> entries.stream().mapToDouble(entry -> number(key, entry)).toArray());
  }

  // -- Text --

  /** The lines of the description that read {@code key: value}. */
  Map<String, String> provenance() {
    Map<String, String> provenance = new LinkedHashMap<>();
    description((key, value) -> provenance.putIfAbsent(key, value), new ArrayList<>());
    return provenance;
  }

  /** The other lines of the description. */
  List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    description((key, value) -> {}, remarks);
    return remarks;
  }

  private void description(BiConsumer<String, String> pairs, List<String> others) {
    Field field = fields.get("description");
    String text = field == null ? "" : bare(field);
    for (String line : text.lines().map(String::strip).toList()) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        pairs.accept(line.substring(0, colon).trim(), line.substring(colon + 1).trim());
      } else if (!line.isEmpty()) {
        others.add(line);
      }
    }
  }

  /** The fields that are none of those named, key and value as they are written. */
  Map<String, String> others(Set<String> known) {
    Map<String, String> others = new LinkedHashMap<>();
    fields.forEach(
        (key, field) -> {
          if (!known.contains(key)) {
            others.put(field.key(), field.text());
          }
        });
    return others;
  }

  /** An error that names the file; the values are shown as they may be. */
  SkinSpectraIOException error(String problem, String... values) {
    Object[] shown = new Object[values.length];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = JsonText.printable(values[i]);
    }
    return new SkinSpectraIOException(
        "ENVI header " + file + ": " + problem.formatted(shown) + ".");
  }
}

package org.skinspectra;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * JSON from files that nobody vouches for, and JSON that is the same bytes wherever it is written.
 * Reading is strict (RFC 8259): no comments, no NaN, no key twice, every number a finite double,
 * not nested without end.
 */
public final class JsonText {

  private static final int MAX_DEPTH = 32;
  private static final int LINE_LENGTH = 100;

  /** A double has at most that many decimal digits that tell it from its neighbours. */
  private static final int MAX_DIGITS = 17;

  private JsonText() {}

  /**
   * Reads a file that is one JSON object.
   *
   * @param what the file should be, for the message: {@code camera profile}
   * @throws SkinSpectraIOException if it cannot be read, is larger than {@code maxBytes}, is no
   *     text in UTF-8 or no JSON object; the message names the file and, where there is one, the
   *     place
   */
  public static JsonObject read(Path file, String what, long maxBytes) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new SkinSpectraIOException(
            Files.exists(file)
                ? file + " is not a file, so it is no " + what + "."
                : "There is no file " + file + ".");
      }
      long size = Files.size(file);
      if (size > maxBytes) {
        throw new SkinSpectraIOException(
            "%s has %d bytes; a %s has at most %d.".formatted(file, size, what, maxBytes));
      }
      // Strict, unlike new String, which would put other characters for broken ones.
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(readAll(file, size)))
              .toString();
      return parse(text, file.toString(), what);
    } catch (NoSuchFileException e) {
      throw new SkinSpectraIOException("There is no file " + file + ".", e);
    } catch (CharacterCodingException e) {
      throw new SkinSpectraIOException(
          file + " is no text in UTF-8, so it is no " + what + ". Save or copy it again.", e);
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot read the %s %s: %s.".formatted(what, file, e.getMessage()), e);
    }
  }

  /** Not more than the size that was looked at, should the file grow meanwhile. */
  private static byte[] readAll(Path file, long size) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes((int) Math.min(size, Integer.MAX_VALUE - 8));
    }
  }

  /**
   * Parses text that is one JSON object.
   *
   * @param source of the text, for messages
   * @throws SkinSpectraIOException if it is none, naming the source
   */
  public static JsonObject parse(String text, String source, String what) {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      if (text.isBlank() || reader.peek() != JsonToken.BEGIN_OBJECT) {
        throw new SkinSpectraIOException(
            source + " is not one JSON object, so it is no " + what + ".");
      }
      JsonElement element = element(reader, source, 0);
      // Throws where anything but white space follows.
      reader.peek();
      return element.getAsJsonObject();
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new SkinSpectraIOException(
          "%s is no %s in JSON: %s. Correct the file or copy it again."
              .formatted(source, what, reason(e)),
          e);
    }
  }

  private static JsonElement element(JsonReader reader, String source, int depth)
      throws IOException {
    if (depth > MAX_DEPTH) {
      throw new SkinSpectraIOException(
          "%s is nested more than %d deep, as no such file is.".formatted(source, MAX_DEPTH));
    }
    switch (reader.peek()) {
      case BEGIN_OBJECT -> {
        JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
          String key = reader.nextName();
          if (object.has(key)) {
            throw new SkinSpectraIOException(
                "%s has '%s' twice, at %s. Remove one of them."
                    .formatted(source, printable(key), printable(reader.getPath())));
          }
          object.add(key, element(reader, source, depth + 1));
        }
        reader.endObject();
        return object;
      }
      case BEGIN_ARRAY -> {
        JsonArray array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
          array.add(element(reader, source, depth + 1));
        }
        reader.endArray();
        return array;
      }
      case STRING -> {
        return new JsonPrimitive(reader.nextString());
      }
      case NUMBER -> {
        // Refuses 1e999, which is no double; of the two zeros, one is enough.
        return new JsonPrimitive(reader.nextDouble() + 0.0);
      }
      case BOOLEAN -> {
        return new JsonPrimitive(reader.nextBoolean());
      }
      default -> {
        reader.nextNull();
        return JsonNull.INSTANCE;
      }
    }
  }

  /** Gson's words without its advice to programmers and its link, on one line. */
  private static String reason(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String first = message.lines().findFirst().orElse("");
    int place = first.indexOf(" at line ");
    boolean advice = place >= 0 && first.contains("JsonReader");
    return printable(advice ? "it is malformed" + first.substring(place) : first);
  }

  /** Text from a file as a message may show it: no control characters, not endless. */
  public static String printable(String text) {
    String clean = text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
    return clean.length() <= 120 ? clean : clean.substring(0, 120) + "…";
  }

  /** A number as a message may show it: by the fewest digits that give it back, or its name. */
  public static String printable(double value) {
    return Double.isFinite(value) ? number(value) : Double.toString(value);
  }

  /**
   * Writes JSON for people and for digests: two spaces a level, lists of numbers in lines of at
   * most 100 characters, numbers by the fewest digits that give them back, a line break at the end.
   * The same value gives the same text on every platform.
   *
   * @throws IllegalArgumentException if a number is not finite
   */
  public static String write(JsonElement element) {
    StringBuilder text = new StringBuilder();
    write(element, "", text);
    return text.append('\n').toString();
  }

  /**
   * {@link #write(JsonElement)} with every character outside of ASCII escaped: zarr-python 2
   * refuses others, and scipy takes them for others in a MAT-5 file.
   */
  public static String writeAscii(JsonElement element) {
    String json = write(element);
    StringBuilder text = new StringBuilder(json.length());
    for (char c : json.toCharArray()) {
      text.append(c < 0x7f ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    return text.toString();
  }

  private static void write(JsonElement element, String indent, StringBuilder text) {
    String inner = indent + "  ";
    if (element instanceof JsonObject object) {
      text.append('{');
      String separator = "\n";
      for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
        text.append(separator).append(inner);
        text.append(new JsonPrimitive(entry.getKey())).append(": ");
        write(entry.getValue(), inner, text);
        separator = ",\n";
      }
      text.append(object.isEmpty() ? "}" : "\n" + indent + "}");
    } else if (element instanceof JsonArray array) {
      writeArray(array, indent, text);
    } else {
      text.append(scalar(element));
    }
  }

  private static void writeArray(JsonArray array, String indent, StringBuilder text) {
    String inner = indent + "  ";
    boolean numbers =
        StreamSupport.stream(array.spliterator(), false)
            .allMatch(e -> e instanceof JsonPrimitive p && p.isNumber());
    if (numbers) {
      String line =
          StreamSupport.stream(array.spliterator(), false)
              .map(JsonText::scalar)
              .collect(Collectors.joining(", ", "[", "]"));
      text.append(
          inner.length() + line.length() > LINE_LENGTH - 20 ? wrapped(array, indent) : line);
      return;
    }
    text.append('[');
    String separator = "\n";
    for (JsonElement element : array) {
      text.append(separator).append(inner);
      write(element, inner, text);
      separator = ",\n";
    }
    text.append('\n').append(indent).append(']');
  }

  private static String wrapped(JsonArray numbers, String indent) {
    StringBuilder text = new StringBuilder("[");
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < numbers.size(); i++) {
      String number = scalar(numbers.get(i)) + (i + 1 < numbers.size() ? "," : "");
      if (line.length() == 0 || line.length() + 1 + number.length() > LINE_LENGTH) {
        text.append(line).append('\n');
        line = new StringBuilder(indent).append("  ").append(number);
      } else {
        line.append(' ').append(number);
      }
    }
    return text.append(line).append('\n').append(indent).append(']').toString();
  }

  private static String scalar(JsonElement element) {
    return element instanceof JsonPrimitive p && p.isNumber()
        ? number(p.getAsDouble())
        : element.toString();
  }

  /** A number as JSON has it, or its name where JSON has none; see {@link JsonFields#anyNumber}. */
  public static JsonPrimitive anyNumber(double value) {
    return Double.isFinite(value)
        ? new JsonPrimitive(value)
        : new JsonPrimitive(Double.toString(value));
  }

  /**
   * A number by the fewest digits that give it back.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public static String number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(value + " is no number that JSON can hold.");
    }
    if (value == 0) {
      return "0";
    }
    // Not Double.toString: its digits differ between Java 17 and 19.
    BigDecimal exact = new BigDecimal(value);
    BigDecimal shortest = exact;
    for (int digits = 1; digits <= MAX_DIGITS; digits++) {
      shortest = exact.round(new MathContext(digits));
      if (shortest.doubleValue() == value) {
        break;
      }
    }
    shortest = shortest.stripTrailingZeros();
    int magnitude = shortest.precision() - shortest.scale();
    return magnitude > -5 && magnitude < 18 ? shortest.toPlainString() : shortest.toString();
  }
}

package org.skinspectra;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The fields of a JSON object by their types. What is missing, of another type, or not known is
 * refused with the file, the place in it and what was expected. Ranges are checked by the values
 * that are made of the fields.
 */
public final class JsonFields {

  /** What stands for the numbers that JSON does not have, see {@link #anyNumber}. */
  private static final Set<String> NO_JSON_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

  private final JsonObject object;
  private final String source;
  private final String place;

  private JsonFields(JsonObject object, String source, String place) {
    this.object = object;
    this.source = source;
    this.place = place;
  }

  /**
   * The fields of a document.
   *
   * @param source such as the file's name, for messages
   * @param known every key that there may be
   * @throws SkinSpectraIOException if there is another key, naming those there may be
   */
  public static JsonFields of(JsonObject document, String source, List<String> known) {
    JsonFields fields = new JsonFields(document, source, "");
    fields.requireKnown(known);
    return fields;
  }

  /** The fields of a document of another program, of which only some are asked for. */
  public static JsonFields ofForeign(JsonObject document, String source) {
    return new JsonFields(document, source, "");
  }

  private void requireKnown(List<String> known) {
    for (String key : object.keySet()) {
      if (!known.contains(key)) {
        throw new SkinSpectraIOException(
            "%s has '%s', which is not known; there may be %s."
                .formatted(source, JsonText.printable(place + key), known));
      }
    }
  }

  /** Keys in the order in which they stand there. */
  public List<String> keys() {
    return List.copyOf(object.keySet());
  }

  public boolean has(String key) {
    return object.has(key);
  }

  /** Whether the field is missing or null. */
  public boolean isNull(String key) {
    return !object.has(key) || object.get(key).isJsonNull();
  }

  /** Whether the field is there and is a list. */
  public boolean isList(String key) {
    return object.get(key) instanceof JsonArray;
  }

  /** Whether the field is there and is a list of texts, or an empty one. */
  public boolean isListOfTexts(String key) {
    return object.get(key) instanceof JsonArray array
        && array.asList().stream().allMatch(e -> e instanceof JsonPrimitive p && p.isString());
  }

  /** Whether the field is there and is itself an object. */
  public boolean isObject(String key) {
    return object.get(key) instanceof JsonObject;
  }

  /** Text that is not blank and has no control characters, of at most {@code maxLength}. */
  public String text(String key, int maxLength) {
    return text(element(key), place + key, maxLength);
  }

  /**
   * Text of another program on one line, cut to {@code maxLength}; empty where there is none, or
   * something else.
   */
  public Optional<String> plainText(String key, int maxLength) {
    if (!(object.get(key) instanceof JsonPrimitive p) || !p.isString()) {
      return Optional.empty();
    }
    String text = p.getAsString().replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    int length = Math.min(maxLength, text.codePointCount(0, text.length()));
    return Optional.of(text.substring(0, text.offsetByCodePoints(0, length)))
        .filter(t -> !t.isBlank());
  }

  private String text(JsonElement element, String at, int maxLength) {
    if (!(element instanceof JsonPrimitive p) || !p.isString()) {
      throw bad(at, element, "text");
    }
    String text = p.getAsString();
    if (text.isBlank()
        || text.codePointCount(0, text.length()) > maxLength
        || text.codePoints().anyMatch(Character::isISOControl)) {
      throw bad(
          at, element, "text of 1 to " + maxLength + " characters without line breaks or tabs");
    }
    return text;
  }

  /** Text as it is, also empty, of many lines or with control characters. */
  public String anyText(String key, int maxLength) {
    JsonElement element = element(key);
    if (!(element instanceof JsonPrimitive p)
        || !p.isString()
        || p.getAsString().length() > maxLength) {
      throw bad(place + key, element, "text of up to " + maxLength + " characters");
    }
    return p.getAsString();
  }

  /**
   * Text of a form.
   *
   * @param example of the form, for the message
   */
  public String text(String key, Pattern form, String example) {
    JsonElement element = element(key);
    if (!(element instanceof JsonPrimitive p)
        || !p.isString()
        || !form.matcher(p.getAsString()).matches()) {
      throw bad(place + key, element, "text such as " + example);
    }
    return p.getAsString();
  }

  /** Date, time and offset as ISO 8601 has them. */
  public OffsetDateTime time(String key) {
    JsonElement element = element(key);
    try {
      if (element instanceof JsonPrimitive p && p.isString()) {
        return OffsetDateTime.parse(p.getAsString());
      }
    } catch (DateTimeException e) {
      // Refused below, with what was expected.
    }
    throw bad(place + key, element, "a time such as 2026-11-25T10:00:00+01:00");
  }

  public boolean flag(String key) {
    if (!(element(key) instanceof JsonPrimitive p) || !p.isBoolean()) {
      throw bad(place + key, object.get(key), "true or false");
    }
    return p.getAsBoolean();
  }

  public double number(String key) {
    return number(element(key), place + key);
  }

  /** A number, or the name of one that JSON does not have, as {@link JsonText#anyNumber} writes. */
  public double anyNumber(String key) {
    return element(key) instanceof JsonPrimitive p
            && p.isString()
            && NO_JSON_NUMBERS.contains(p.getAsString())
        ? Double.parseDouble(p.getAsString())
        : number(key);
  }

  /** A finite number above zero. */
  public double positive(String key) {
    double value = number(key);
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw bad(place + key, object.get(key), "a number above 0");
    }
    return value;
  }

  private double number(JsonElement element, String at) {
    if (!(element instanceof JsonPrimitive p) || !p.isNumber()) {
      throw bad(at, element, "a number");
    }
    return p.getAsDouble();
  }

  /** A whole number. */
  public int whole(String key) {
    double value = number(key);
    if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
      throw bad(place + key, object.get(key), "a whole number");
    }
    return (int) value;
  }

  /** A whole number of a range, both ends included. */
  public long whole(String key, long min, long max) {
    double value = number(key);
    if (!(value >= min && value <= max) || value != Math.rint(value)) {
      throw bad(
          place + key,
          object.get(key),
          min == max ? Long.toString(min) : "a whole number from %d to %d".formatted(min, max));
    }
    return (long) value;
  }

  /** A whole number of a range that an {@code int} can hold. */
  public int whole(String key, int min, int max) {
    return (int) whole(key, (long) min, max);
  }

  /** A list of numbers. */
  public double[] numbers(String key) {
    return numbers(element(key), place + key);
  }

  private double[] numbers(JsonElement element, String at) {
    JsonArray array = array(element, at);
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(array.get(i), at + "[" + i + "]");
    }
    return numbers;
  }

  /** A list of lists of numbers. */
  public double[][] rows(String key) {
    JsonArray array = array(element(key), place + key);
    double[][] rows = new double[array.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = numbers(array.get(i), place + key + "[" + i + "]");
    }
    return rows;
  }

  /** A list of texts, each as {@link #text}. */
  public List<String> texts(String key, int maxLength) {
    JsonArray array = array(element(key), place + key);
    String[] texts = new String[array.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = text(array.get(i), place + key + "[" + i + "]", maxLength);
    }
    return List.of(texts);
  }

  private JsonArray array(JsonElement element, String at) {
    if (!(element instanceof JsonArray array)) {
      throw bad(at, element, "a list");
    }
    return array;
  }

  /** An object with no key but the known ones. */
  public JsonFields object(String key, List<String> known) {
    JsonElement element = element(key);
    if (!(element instanceof JsonObject inner)) {
      throw bad(place + key, element, "an object with the keys " + known);
    }
    JsonFields fields = new JsonFields(inner, source, place + key + ".");
    fields.requireKnown(known);
    return fields;
  }

  /** A list of objects, each with no key but the known ones. */
  public List<JsonFields> objects(String key, List<String> known) {
    List<JsonFields> objects = new ArrayList<>();
    for (JsonElement element : array(element(key), place + key)) {
      String at = place + key + "[" + objects.size() + "]";
      if (!(element instanceof JsonObject inner)) {
        throw bad(at, element, "an object with the keys " + known);
      }
      JsonFields fields = new JsonFields(inner, source, at + ".");
      fields.requireKnown(known);
      objects.add(fields);
    }
    return objects;
  }

  /** A list of objects with any keys. */
  public List<JsonFields> foreignObjects(String key) {
    List<JsonFields> objects = new ArrayList<>();
    for (JsonElement element : array(element(key), place + key)) {
      String at = place + key + "[" + objects.size() + "]";
      if (!(element instanceof JsonObject inner)) {
        throw bad(at, element, "an object");
      }
      objects.add(new JsonFields(inner, source, at + "."));
    }
    return objects;
  }

  /** An object with any keys, such as one of another program. */
  public JsonFields foreignObject(String key) {
    JsonElement element = element(key);
    if (!(element instanceof JsonObject inner)) {
      throw bad(place + key, element, "an object");
    }
    return new JsonFields(inner, source, place + key + ".");
  }

  private JsonElement element(String key) {
    JsonElement element = object.get(key);
    if (element == null) {
      throw new SkinSpectraIOException("%s lacks '%s%s'. Add it.".formatted(source, place, key));
    }
    return element;
  }

  /**
   * The error for a field whose value is refused for more than its form.
   *
   * @param reason such as {@code has frame 3 twice}
   */
  public SkinSpectraIOException refused(String key, String reason) {
    return new SkinSpectraIOException("%s: '%s' %s.".formatted(source, place + key, reason));
  }

  /** The error for a field whose value cannot be. */
  public SkinSpectraIOException bad(String key, String expected) {
    return bad(place + key, object.get(key), expected);
  }

  private SkinSpectraIOException bad(String at, JsonElement found, String expected) {
    return new SkinSpectraIOException(
        "%s: '%s' is %s, but should be %s."
            .formatted(source, at, JsonText.printable(String.valueOf(found)), expected));
  }
}

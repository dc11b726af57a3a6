package org.skinspectra.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.skinspectra.SkinSpectraIOException;

/** Values of a JSON object by key, each held against its type and range. */
final class JsonFields {

  private static final int LONGEST_TEXT = 1 << 20;

  private final String source;
  private final String path;
  private final JsonObject object;

  /**
   * @param source file that it comes from, for messages
   * @param path of the object in the file, for messages; empty for the whole
   */
  JsonFields(String source, String path, JsonElement element) {
    this.source = source;
    this.path = path;
    if (element == null || !element.isJsonObject()) {
      throw wrong("is no JSON object");
    }
    object = element.getAsJsonObject();
  }

  SkinSpectraIOException wrong(String what) {
    return new SkinSpectraIOException(
        "%s is wrong: %s %s. Its frames are not lost: 'recover' makes it anew from their files."
            .formatted(source, path.isEmpty() ? "it" : "'" + path + "'", what));
  }

  private SkinSpectraIOException wrongValue(String key, String expected) {
    JsonElement value = object.get(key);
    return wrong(
        value == null
            ? "has no '%s'".formatted(key)
            : "has '%s': %s, which is no %s"
                .formatted(key, FileErrors.printable(value.toString()), expected));
  }

  /** Refuses keys that there are not. */
  JsonFields only(String... keys) {
    Set<String> known = Set.of(keys);
    for (String key : object.keySet()) {
      if (!known.contains(key)) {
        throw wrong("has '%s', which is not known".formatted(FileErrors.printable(key)));
      }
    }
    return this;
  }

  boolean has(String key) {
    return object.has(key);
  }

  private JsonPrimitive primitive(String key, String expected) {
    if (object.get(key) instanceof JsonPrimitive primitive) {
      return primitive;
    }
    throw wrongValue(key, expected);
  }

  String text(String key) {
    JsonPrimitive value = primitive(key, "text");
    if (!value.isString() || value.getAsString().length() > LONGEST_TEXT) {
      throw wrongValue(key, "text");
    }
    return value.getAsString();
  }

  String text(String key, Pattern pattern) {
    String text = text(key);
    if (!pattern.matcher(text).matches()) {
      throw wrongValue(key, "text that may stand there");
    }
    return text;
  }

  boolean flag(String key) {
    JsonPrimitive value = primitive(key, "true or false");
    if (!value.isBoolean()) {
      throw wrongValue(key, "true or false");
    }
    return value.getAsBoolean();
  }

  long whole(String key, long min, long max) {
    double value = number(key);
    if (!(value >= min && value <= max) || value != Math.rint(value)) {
      throw wrongValue(key, "whole number from %d to %d".formatted(min, max));
    }
    return (long) value;
  }

  /** A number; those that JSON does not have are texts. */
  double number(String key) {
    JsonPrimitive value = primitive(key, "number");
    try {
      if (value.isNumber()
          || value.isString()
              && Set.of("NaN", "Infinity", "-Infinity").contains(value.getAsString())) {
        return Double.parseDouble(value.getAsString());
      }
    } catch (NumberFormatException e) {
      throw wrongValue(key, "number");
    }
    throw wrongValue(key, "number");
  }

  double positive(String key) {
    double value = number(key);
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw wrongValue(key, "number above 0");
    }
    return value;
  }

  OffsetDateTime time(String key) {
    try {
      return OffsetDateTime.parse(text(key));
    } catch (DateTimeException e) {
      throw wrongValue(key, "time such as 2026-11-25T10:00:00+01:00");
    }
  }

  Instant instant(String key) {
    return time(key).toInstant();
  }

  JsonFields object(String key) {
    return new JsonFields(source, (path.isEmpty() ? "" : path + ".") + key, object.get(key));
  }

  Set<String> keys() {
    return object.keySet();
  }

  <T> List<T> list(String key, Function<JsonFields, T> reading) {
    if (!(object.get(key) instanceof JsonArray array)) {
      throw wrongValue(key, "list");
    }
    List<T> list = new ArrayList<>();
    for (JsonElement element : array) {
      list.add(reading.apply(new JsonFields(source, key + "[" + list.size() + "]", element)));
    }
    return list;
  }

  /** A number as JSON has it, or its name where JSON has none. */
  static JsonPrimitive of(double value) {
    return Double.isFinite(value)
        ? new JsonPrimitive(value)
        : new JsonPrimitive(Double.toString(value));
  }
}

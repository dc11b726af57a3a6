package org.skinspectra.camera;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.util.regex.Pattern;

/**
 * Reads JSON and refuses what Gson's tree lets through: a key that is given twice, of which one
 * would be lost, and numbers such as 1e999999999, whose exact value would take more memory than
 * there is.
 */
final class StrictJson {

  private static final int MAX_DEPTH = 16;
  private static final Pattern NUMBER =
      Pattern.compile("-?\\d{1,17}(\\.\\d{1,30})?([eE][+-]?\\d{1,2})?");

  private StrictJson() {}

  /**
   * Reads one object.
   *
   * @throws IllegalArgumentException if it is none, saying where
   */
  static JsonObject object(String text) {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      JsonElement element = value(reader, 0);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new IllegalArgumentException("goes on after its object ends");
      }
      if (!element.isJsonObject()) {
        throw new IllegalArgumentException("is no JSON object");
      }
      return element.getAsJsonObject();
    } catch (EOFException e) {
      throw new IllegalArgumentException("ends too early", e);
    } catch (MalformedJsonException | IllegalStateException | NumberFormatException e) {
      throw new IllegalArgumentException("is no JSON" + where(e.getMessage()), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be read", e);
    }
  }

  private static JsonElement value(JsonReader reader, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("is nested more than " + MAX_DEPTH + " deep");
    }
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> object(reader, depth);
      case BEGIN_ARRAY -> array(reader, depth);
      case STRING -> new JsonPrimitive(reader.nextString());
      case NUMBER -> new JsonPrimitive(number(reader));
      case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
      default -> {
        reader.nextNull();
        yield JsonNull.INSTANCE;
      }
    };
  }

  private static JsonObject object(JsonReader reader, int depth) throws IOException {
    JsonObject object = new JsonObject();
    reader.beginObject();
    while (reader.hasNext()) {
      String key = reader.nextName();
      if (object.has(key)) {
        throw new IllegalArgumentException("has " + reader.getPath() + " twice");
      }
      object.add(key, value(reader, depth + 1));
    }
    reader.endObject();
    return object;
  }

  private static JsonArray array(JsonReader reader, int depth) throws IOException {
    JsonArray array = new JsonArray();
    reader.beginArray();
    while (reader.hasNext()) {
      array.add(value(reader, depth + 1));
    }
    reader.endArray();
    return array;
  }

  private static double number(JsonReader reader) throws IOException {
    String path = reader.getPath();
    String text = reader.nextString();
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "has the number %s at %s, which is out of all range"
              .formatted(Text.shortened(text), path));
    }
    // One zero, so that what is read is what is written again.
    return Double.parseDouble(text) + 0.0;
  }

  /** Gson's words without its advice to programmers, which stands before and after the place. */
  private static String where(String message) {
    int place = message == null ? -1 : message.indexOf(" at line ");
    return place < 0 ? "" : message.substring(place).lines().findFirst().orElse("");
  }
}

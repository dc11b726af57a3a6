package org.skinspectra;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.GsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A JSON schema (draft 2020-12) that documents are checked against; of all that is wrong with one,
 * the message tells the most particular. Immutable and thread-safe.
 */
public final class JsonSchema {

  /** These only say that something within them was wrong. */
  private static final Set<String> CONTAINERS =
      Set.of(
          "properties",
          "items",
          "prefixItems",
          "$ref",
          "allOf",
          "anyOf",
          "oneOf",
          "if",
          "then",
          "else",
          "patternProperties");

  private static final Map<String, String> EXPECTATIONS =
      Map.ofEntries(
          Map.entry("type", "must be of the type %s"),
          Map.entry("const", "must be %s"),
          Map.entry("enum", "must be one of %s"),
          Map.entry("minimum", "must be at least %s"),
          Map.entry("maximum", "must be at most %s"),
          Map.entry("exclusiveMinimum", "must be above %s"),
          Map.entry("exclusiveMaximum", "must be below %s"),
          Map.entry("minItems", "must be a list of at least %s"),
          Map.entry("maxItems", "must be a list of at most %s"),
          Map.entry("minLength", "must be text of at least %s characters"),
          Map.entry("maxLength", "must be text of at most %s characters"),
          Map.entry("pattern", "must be text like the regular expression %s"));

  private final JsonObject schema;
  private final Validator validator;
  private final URI uri;

  private JsonSchema(JsonObject schema) {
    this.schema = schema;
    // A schema of our own is held against its own schema by a test, not at every start.
    this.validator =
        new ValidatorFactory()
            .withJsonNodeFactory(new GsonNode.Factory())
            .withDisabledSchemaValidation(true)
            .createValidator();
    this.uri = validator.registerSchema(schema);
  }

  /**
   * A schema that is part of the program.
   *
   * @param owner class in whose package the resource lies
   */
  public static JsonSchema resource(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("There is no resource " + name + " beside " + owner);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new JsonSchema(JsonParser.parseString(text).getAsJsonObject());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a file holds it, for editors. */
  public String text() {
    return JsonText.write(schema);
  }

  /**
   * Checks a document.
   *
   * @param source such as the file's name, for messages
   * @throws SkinSpectraIOException if it breaks the schema, naming the source, the place, what is
   *     there and what was expected
   */
  public void check(JsonElement document, String source) {
    Validator.Result result;
    // The library does not promise that threads may share a validator.
    synchronized (validator) {
      result = validator.validate(uri, document);
    }
    if (!result.isValid()) {
      throw new SkinSpectraIOException(message(source, document, result.getErrors()));
    }
  }

  private String message(String source, JsonElement document, List<Error> errors) {
    Error error =
        particular(errors.stream().filter(e -> !CONTAINERS.contains(keyword(e))))
            .or(() -> particular(errors.stream()))
            .orElseThrow();
    String at = error.getInstanceLocation();
    String place = at.isEmpty() ? "the file" : "'" + place(at) + "'";
    JsonElement found = at(document, at);
    if (error.getSchemaLocation().endsWith("/additionalProperties")) {
      return "%s has %s, which is not known; there may be %s."
          .formatted(source, JsonText.printable(place), known(error));
    }
    if (keyword(error).equals("required")) {
      return "%s: %s lacks %s. Add it.".formatted(source, place, missing(error, found));
    }
    return "%s: %s is %s, but %s."
        .formatted(
            source,
            JsonText.printable(place),
            JsonText.printable(String.valueOf(found)),
            expectation(error));
  }

  /** The schema {@code false} has no keyword. */
  private static String keyword(Error error) {
    return error.getKeyword() == null ? "false" : error.getKeyword();
  }

  /** The error of the deepest place. */
  private static Optional<Error> particular(Stream<Error> errors) {
    return errors.max(
        Comparator.comparingLong(
            e -> e.getInstanceLocation().chars().filter(c -> c == '/').count()));
  }

  private String expectation(Error error) {
    JsonElement value = at(schema, pointer(error) + "/" + keyword(error));
    String expectation = EXPECTATIONS.get(keyword(error));
    return expectation == null || value == null
        ? JsonText.printable(error.getError()).replaceAll("\\.$", "")
        : expectation.formatted(value);
  }

  /** The keys of the object of the schema that knows no other. */
  private Set<String> known(Error error) {
    JsonElement properties =
        at(schema, pointer(error).replaceAll("/additionalProperties$", "/properties"));
    return properties != null && properties.isJsonObject()
        ? properties.getAsJsonObject().keySet()
        : Set.of();
  }

  private List<String> missing(Error error, JsonElement found) {
    List<String> missing = new ArrayList<>();
    if (at(schema, pointer(error) + "/required") instanceof JsonArray required) {
      required.forEach(key -> missing.add("'" + key.getAsString() + "'"));
    }
    if (found instanceof JsonObject object) {
      object.keySet().forEach(key -> missing.remove("'" + key + "'"));
    }
    return missing;
  }

  /** Of the schema that the keyword belongs to. */
  private static String pointer(Error error) {
    return error.getSchemaLocation().substring(error.getSchemaLocation().indexOf('#') + 1);
  }

  /** What a JSON pointer (RFC 6901) means, or null. */
  private static JsonElement at(JsonElement root, String pointer) {
    JsonElement element = root;
    for (String part : pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
      String key = part.replace("~1", "/").replace("~0", "~");
      if (element != null && element.isJsonObject()) {
        element = element.getAsJsonObject().get(key);
      } else if (element != null
          && element.isJsonArray()
          && key.matches("\\d{1,8}")
          && Integer.parseInt(key) < element.getAsJsonArray().size()) {
        element = element.getAsJsonArray().get(Integer.parseInt(key));
      } else {
        return null;
      }
    }
    return element;
  }

  /** {@code /responses/R/3} as people write it: {@code responses.R[3]}. */
  private static String place(String pointer) {
    return pointer
        .substring(1)
        .replaceAll("/(\\d+)(?=/|$)", "[$1]")
        .replace('/', '.')
        .replace("~1", "/")
        .replace("~0", "~");
  }
}

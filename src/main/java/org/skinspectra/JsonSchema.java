package org.skinspectra;

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
import java.util.Comparator;
import java.util.List;
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

  private final JsonObject schema;

  private JsonSchema(JsonObject schema) {
    this.schema = schema;
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

  /**
   * Checks a document.
   *
   * @param source such as the file's name, for messages
   * @throws SkinSpectraIOException if it breaks the schema, naming the source, the place, what is
   *     there and what was expected
   */
  public void check(JsonElement document, String source) {
    Validator validator =
        new ValidatorFactory().withJsonNodeFactory(new GsonNode.Factory()).createValidator();
    URI uri = validator.registerSchema(schema);
    Validator.Result result = validator.validate(uri, document);
    if (!result.isValid()) {
      throw new SkinSpectraIOException(message(source, document, result.getErrors()));
    }
  }

  private String message(String source, JsonElement document, List<Error> errors) {
    Error error =
        particular(errors.stream().filter(e -> !CONTAINERS.contains(e.getKeyword())))
            .or(() -> particular(errors.stream()))
            .orElseThrow();
    String at = error.getInstanceLocation();
    String place = at.isEmpty() ? "the file" : "'" + place(at) + "'";
    JsonElement found = at(document, at);
    String shown =
        found == null || found.isJsonObject() || found.isJsonArray()
            ? ""
            : " is " + JsonText.printable(found.toString()) + ", but";
    if (unknownKey(error)) {
      return "%s has '%s', which is not known; there may be %s."
          .formatted(source, JsonText.printable(place(at)), known(error));
    }
    return "%s: %s%s breaks the schema of such files: %s. Correct it there."
        .formatted(
            source, place, shown, JsonText.printable(error.getError()).replaceAll("\\.$", ""));
  }

  private static java.util.Optional<Error> particular(Stream<Error> errors) {
    return errors.max(
        Comparator.comparingLong(
            e -> e.getInstanceLocation().chars().filter(c -> c == '/').count()));
  }

  private static boolean unknownKey(Error error) {
    return error.getSchemaLocation().endsWith("/additionalProperties");
  }

  /** The keys of the object of the schema that knows no other. */
  private Set<String> known(Error error) {
    String location = error.getSchemaLocation();
    String pointer =
        location
            .substring(location.indexOf('#') + 1)
            .replaceAll("/additionalProperties$", "/properties");
    JsonElement properties = at(schema, pointer);
    return properties != null && properties.isJsonObject()
        ? properties.getAsJsonObject().keySet()
        : Set.of();
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

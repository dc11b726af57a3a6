package org.skinspectra.camera;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.GsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.WholeFile;

/**
 * Rigs in files: one JSON object each, as {@code rig.schema.json} beside this class describes it.
 * Keys that may be left out are {@code preset}, {@code settings}, {@code gain} (1), {@code average}
 * (1), {@code settleMs} (0), {@code region}, {@code binning} (1) and {@code timeoutMs} (5000);
 * others that are unknown are refused.
 */
public final class RigFiles {

  private static final int MAX_BYTES = 1 << 20;
  private static final double TYPICAL_TIMEOUT_MS = 5000;
  private static final String SCHEMA = resource("rig.schema.json");

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private static final Set<String> RIG_KEYS = Set.of("name", "source", "profile", "steps");
  private static final Set<String> STEP_KEYS =
      Set.of(
          "channel",
          "preset",
          "settings",
          "camera",
          "exposureMs",
          "gain",
          "average",
          "settleMs",
          "region",
          "binning",
          "timeoutMs");

  private RigFiles() {}

  /**
   * Reads a rig.
   *
   * @throws SkinSpectraIOException if the file cannot be read, is larger than a megabyte, is no
   *     JSON in UTF-8, or has a key or a value that a rig cannot have; naming the file, the place
   *     and what is expected
   */
  public static Rig read(Path file) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot read the rig %s. Give the path of a rig, or one of the names %s."
              .formatted(file, Rigs.names()),
          e);
    }
    if (bytes.length > MAX_BYTES) {
      throw new SkinSpectraIOException(
          file + " is larger than a megabyte, which no rig is. Give the path of a rig.");
    }
    try {
      return parse(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(),
          file.toString());
    } catch (CharacterCodingException e) {
      throw bad(file.toString(), "is no text in UTF-8", e);
    }
  }

  /**
   * Reads the text of a rig.
   *
   * @param from named in messages
   * @throws SkinSpectraIOException as {@link #read}
   */
  public static Rig parse(String json, String from) {
    try {
      JsonObject object = StrictJson.object(json);
      Rig rig = rig(object);
      // What is stated in the schema alone; the messages above are better where both object.
      List<String> problems = schemaProblems(object);
      if (!problems.isEmpty()) {
        throw bad(from, "is no rig: " + problems.get(0), null);
      }
      return rig;
    } catch (IllegalArgumentException e) {
      throw bad(from, e.getMessage(), e);
    }
  }

  /** As a file holds it, with every key that has a value; equal rigs give equal texts. */
  public static String json(Rig rig) {
    JsonObject object = new JsonObject();
    object.addProperty("name", rig.name());
    object.addProperty("source", rig.source());
    object.addProperty("profile", rig.profile());
    JsonArray steps = new JsonArray();
    rig.steps().forEach(step -> steps.add(json(step)));
    object.add("steps", steps);
    return GSON.toJson(object) + "\n";
  }

  /**
   * Writes a rig, whole or not at all.
   *
   * @throws SkinSpectraIOException if it cannot be written
   */
  public static void write(Rig rig, Path file) {
    WholeFile.write(file, temporary -> Files.writeString(temporary, json(rig)));
  }

  /** What the JSON schema objects to, with the place; empty for a rig. */
  static List<String> schemaProblems(JsonObject object) {
    Validator.Result result =
        new ValidatorFactory()
            .withDefaultDialect(new Dialects.Draft2020Dialect())
            .withJsonNodeFactory(new GsonNode.Factory())
            // The schema itself is checked by a test, not at every reading.
            .withDisabledSchemaValidation(true)
            .validate(SCHEMA, object);
    return result.getErrors().stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getError())
        .toList();
  }

  // -- Reading --

  private static Rig rig(JsonObject json) {
    Place place = new Place(json, "");
    place.requireKeys(RIG_KEYS);
    List<RigStep> steps = new ArrayList<>();
    JsonArray array = place.array("steps");
    for (int i = 0; i < array.size(); i++) {
      steps.add(step(Place.of(array.get(i), "steps[" + i + "]")));
    }
    return new Rig(place.text("name"), place.text("source"), place.text("profile"), steps);
  }

  private static RigStep step(Place place) {
    place.requireKeys(STEP_KEYS);
    List<DeviceSetting> settings = new ArrayList<>();
    if (place.has("settings")) {
      JsonArray array = place.array("settings");
      for (int i = 0; i < array.size(); i++) {
        settings.add(setting(Place.of(array.get(i), place.path("settings[" + i + "]"))));
      }
    }
    return place.checked(
        () ->
            new RigStep(
                place.text("channel"),
                place.object("preset").map(RigFiles::preset),
                settings,
                place.text("camera"),
                place.number("exposureMs", Optional.empty()),
                place.number("gain", Optional.of(1.0)),
                place.whole("average", 1),
                place.number("settleMs", Optional.of(0.0)),
                place.object("region").map(RigFiles::region),
                place.whole("binning", 1),
                place.number("timeoutMs", Optional.of(TYPICAL_TIMEOUT_MS))));
  }

  private static ConfigPreset preset(Place place) {
    place.requireKeys(Set.of("group", "preset"));
    return place.checked(() -> new ConfigPreset(place.text("group"), place.text("preset")));
  }

  private static DeviceSetting setting(Place place) {
    place.requireKeys(Set.of("device", "property", "value"));
    return place.checked(
        () -> new DeviceSetting(place.text("device"), place.text("property"), place.text("value")));
  }

  private static SensorRegion region(Place place) {
    place.requireKeys(Set.of("x", "y", "width", "height"));
    return place.checked(
        () ->
            new SensorRegion(
                place.whole("x"), place.whole("y"), place.whole("width"), place.whole("height")));
  }

  private static SkinSpectraIOException bad(String from, String what, Exception cause) {
    String text = what.endsWith(".") ? what.substring(0, what.length() - 1) : what;
    String separator = Character.isUpperCase(text.charAt(0)) || text.charAt(0) == '\'' ? ": " : " ";
    return new SkinSpectraIOException(from + separator + text + ". Correct the rig.", cause);
  }

  // -- Writing --

  private static JsonObject json(RigStep step) {
    JsonObject json = new JsonObject();
    json.addProperty("channel", step.channel());
    step.preset()
        .ifPresent(
            preset -> {
              JsonObject object = new JsonObject();
              object.addProperty("group", preset.group());
              object.addProperty("preset", preset.preset());
              json.add("preset", object);
            });
    if (!step.settings().isEmpty()) {
      JsonArray settings = new JsonArray();
      for (DeviceSetting setting : step.settings()) {
        JsonObject object = new JsonObject();
        object.addProperty("device", setting.device());
        object.addProperty("property", setting.property());
        object.addProperty("value", setting.value());
        settings.add(object);
      }
      json.add("settings", settings);
    }
    json.addProperty("camera", step.camera());
    json.add("exposureMs", number(step.exposureMs()));
    json.add("gain", number(step.gain()));
    json.addProperty("average", step.average());
    json.add("settleMs", number(step.settleMs()));
    step.region()
        .ifPresent(
            region -> {
              JsonObject object = new JsonObject();
              object.addProperty("x", region.x());
              object.addProperty("y", region.y());
              object.addProperty("width", region.width());
              object.addProperty("height", region.height());
              json.add("region", object);
            });
    json.addProperty("binning", step.binning());
    json.add("timeoutMs", number(step.timeoutMs()));
    return json;
  }

  private static JsonPrimitive number(double value) {
    return value == Math.rint(value) ? new JsonPrimitive((long) value) : new JsonPrimitive(value);
  }

  static String resource(String name) {
    try (InputStream in = RigFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("There is no resource " + name + ".");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The shipped schema, for editors. */
  public static String schema() {
    return GSON.toJson(JsonParser.parseString(SCHEMA)) + "\n";
  }

  /** An object of a file and where it stands there. */
  private record Place(JsonObject json, String path) {

    static Place of(JsonElement element, String path) {
      if (!element.isJsonObject()) {
        throw new IllegalArgumentException("has no object at " + path);
      }
      return new Place(element.getAsJsonObject(), path);
    }

    String path(String key) {
      return path.isEmpty() ? key : path + "." + key;
    }

    boolean has(String key) {
      return json.has(key);
    }

    void requireKeys(Set<String> known) {
      for (String key : json.keySet()) {
        if (!known.contains(key)) {
          throw new IllegalArgumentException(
              "has '%s', which is unknown; known there are %s"
                  .formatted(Text.shortened(path(key)), known.stream().sorted().toList()));
        }
      }
    }

    Optional<Place> object(String key) {
      return has(key) ? Optional.of(of(json.get(key), path(key))) : Optional.empty();
    }

    JsonArray array(String key) {
      if (!has(key) || !json.get(key).isJsonArray()) {
        throw missing(key, "a list");
      }
      return json.getAsJsonArray(key);
    }

    String text(String key) {
      if (!has(key) || !(json.get(key) instanceof JsonPrimitive text) || !text.isString()) {
        throw missing(key, "a text");
      }
      return text.getAsString();
    }

    double number(String key, Optional<Double> otherwise) {
      if (!has(key) && otherwise.isPresent()) {
        return otherwise.get();
      }
      if (!has(key) || !(json.get(key) instanceof JsonPrimitive number) || !number.isNumber()) {
        throw missing(key, "a number");
      }
      return number.getAsDouble();
    }

    int whole(String key, int otherwise) {
      return has(key) ? whole(key) : otherwise;
    }

    int whole(String key) {
      double value = number(key, Optional.empty());
      if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "has %s for '%s', which is a whole number".formatted(Text.number(value), path(key)));
      }
      return (int) value;
    }

    /** What a value itself objects to is said with its place. */
    <T> T checked(Supplier<T> value) {
      try {
        return value.get();
      } catch (IllegalArgumentException e) {
        String message = e.getMessage();
        throw Character.isUpperCase(message.charAt(0)) || message.charAt(0) == '\''
            ? new IllegalArgumentException("has at %s: %s".formatted(path, message), e)
            : e;
      }
    }

    private IllegalArgumentException missing(String key, String what) {
      return new IllegalArgumentException(
          has(key)
              ? "has %s for '%s', which is %s"
                  .formatted(Text.shortened(json.get(key).toString()), path(key), what)
              : "lacks '%s', which is %s".formatted(path(key), what));
    }
  }
}

package org.skinspectra.camera;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.skinspectra.JsonFields;
import org.skinspectra.JsonSchema;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.WholeFile;

/**
 * Rigs in files: one JSON object each, as {@code rig.schema.json} beside this class describes it.
 * Keys that may be left out are {@code preset}, {@code settings}, {@code gain} (1), {@code average}
 * (1), {@code settleMs} (0), {@code region}, {@code binning} (1) and {@code timeoutMs} (5000);
 * others that are unknown are refused.
 */
public final class RigFiles {

  private static final String WHAT = "rig";
  private static final long MAX_BYTES = 1 << 20;
  private static final double TYPICAL_TIMEOUT_MS = 5000;

  /** Far beyond what {@link Text} takes, which says why. */
  private static final int MAX_TEXT = 1 << 20;

  private static final JsonSchema SCHEMA = JsonSchema.resource(RigFiles.class, "rig.schema.json");

  private static final List<String> RIG_KEYS = List.of("name", "source", "profile", "steps");
  private static final List<String> STEP_KEYS =
      List.of(
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
    if (!Files.exists(file)) {
      throw new SkinSpectraIOException(
          "There is no file %s. Give the path of a rig, or one of the names %s."
              .formatted(file, Rigs.names()));
    }
    return rig(JsonText.read(file, WHAT, MAX_BYTES), file.toString());
  }

  /**
   * Reads the text of a rig.
   *
   * @param from named in messages
   * @throws SkinSpectraIOException as {@link #read}
   */
  public static Rig parse(String json, String from) {
    return rig(JsonText.parse(json, from, WHAT), from);
  }

  private static Rig rig(JsonObject document, String from) {
    SCHEMA.check(document, from);
    return typed(document, from);
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
    return JsonText.write(object);
  }

  /**
   * Writes a rig, whole or not at all.
   *
   * @throws SkinSpectraIOException if it cannot be written
   */
  public static void write(Rig rig, Path file) {
    WholeFile.write(file, temporary -> Files.writeString(temporary, json(rig)));
  }

  /** The shipped schema, for editors. */
  public static JsonSchema schema() {
    return SCHEMA;
  }

  // -- Reading --

  /** Without the schema, so that a test can hold the two against each other. */
  static Rig typed(JsonObject document, String from) {
    JsonFields fields = JsonFields.of(document, from, RIG_KEYS);
    try {
      return new Rig(
          text(fields, "name"),
          text(fields, "source"),
          text(fields, "profile"),
          fields.objects("steps", STEP_KEYS).stream().map(RigFiles::step).toList());
    } catch (IllegalArgumentException e) {
      throw new SkinSpectraIOException(from + ": " + e.getMessage() + " Correct the rig.", e);
    }
  }

  private static RigStep step(JsonFields step) {
    return new RigStep(
        text(step, "channel"),
        optional(step, "preset", List.of("group", "preset"))
            .map(preset -> new ConfigPreset(text(preset, "group"), text(preset, "preset"))),
        step.has("settings")
            ? step.objects("settings", List.of("device", "property", "value")).stream()
                .map(RigFiles::setting)
                .toList()
            : List.of(),
        text(step, "camera"),
        step.number("exposureMs"),
        number(step, "gain", 1),
        whole(step, "average"),
        number(step, "settleMs", 0),
        optional(step, "region", List.of("x", "y", "width", "height")).map(RigFiles::region),
        whole(step, "binning"),
        number(step, "timeoutMs", TYPICAL_TIMEOUT_MS));
  }

  private static DeviceSetting setting(JsonFields setting) {
    return new DeviceSetting(
        text(setting, "device"), text(setting, "property"), text(setting, "value"));
  }

  private static SensorRegion region(JsonFields region) {
    return new SensorRegion(
        region.whole("x"), region.whole("y"), region.whole("width"), region.whole("height"));
  }

  private static Optional<JsonFields> optional(JsonFields fields, String key, List<String> known) {
    return fields.has(key) ? Optional.of(fields.object(key, known)) : Optional.empty();
  }

  private static String text(JsonFields fields, String key) {
    return fields.anyText(key, MAX_TEXT);
  }

  private static double number(JsonFields fields, String key, double otherwise) {
    return fields.has(key) ? fields.number(key) : otherwise;
  }

  /** One where it is left out. */
  private static int whole(JsonFields fields, String key) {
    return fields.has(key) ? fields.whole(key) : 1;
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
    json.addProperty("exposureMs", step.exposureMs());
    json.addProperty("gain", step.gain());
    json.addProperty("average", step.average());
    json.addProperty("settleMs", step.settleMs());
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
    json.addProperty("timeoutMs", step.timeoutMs());
    return json;
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
}

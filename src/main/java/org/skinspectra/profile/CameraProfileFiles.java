package org.skinspectra.profile;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.JsonFields;
import org.skinspectra.JsonSchema;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.WholeFile;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * Camera profiles as JSON files. What is read has passed the schema {@code
 * camera-profile.schema.json} and the checks of {@link CameraProfile}; what is written is read back
 * to the same bytes.
 */
public final class CameraProfileFiles {

  /** What the key {@code format} says. */
  public static final String FORMAT = "skin-spectra camera profile 1";

  /** Longest file that is read, bytes. */
  public static final long MAX_BYTES = 4L << 20;

  private static final String WHAT = "camera profile";
  private static final JsonSchema SCHEMA =
      JsonSchema.resource(CameraProfileFiles.class, "camera-profile.schema.json");

  private static final List<String> KEYS =
      List.of(
          "format",
          "name",
          "author",
          "licence",
          "source",
          "created",
          "updated",
          "notes",
          "illuminant",
          "responses",
          "filter960",
          "sensors",
          "whiteReflectance",
          "registration",
          "canonicalMap");
  private static final List<String> SENSOR_KEYS =
      List.of("bits", "saturationDn", "blackLevelDn", "bayer", "linearity");
  private static final List<String> MAP_KEYS =
      List.of("kind", "coefficients", "residualRms", "conditionNumber", "fittedOver", "date");

  /** Digits of the stored condition number, which only has to tell a map from another. */
  private static final MathContext CONDITION_DIGITS = new MathContext(4);

  private static final int DATE_LENGTH = 10;
  private static final double MAX_DN = 1e9;
  private static final int MAX_LINEARITY_ROWS = 65_536;

  private CameraProfileFiles() {}

  /**
   * Reads a profile.
   *
   * @throws SkinSpectraIOException if the file cannot be read, is no JSON, breaks the schema or has
   *     a value that cannot be; the message names the file, the place and what was expected
   */
  public static CameraProfile read(Path file) {
    return profile(JsonText.read(file, WHAT, MAX_BYTES), file.toString());
  }

  /**
   * Reads a profile from text, such as the copy in a session.
   *
   * @param source of the text, for messages
   * @throws SkinSpectraIOException as {@link #read}
   */
  public static CameraProfile parse(String json, String source) {
    return profile(JsonText.parse(json, source, WHAT), source);
  }

  /**
   * Writes a profile, replacing a file only when the new one is complete.
   *
   * @throws SkinSpectraIOException if it cannot be written
   */
  public static void write(Path file, CameraProfile profile) {
    WholeFile.write(file, temporary -> Files.writeString(temporary, json(profile)));
  }

  private static CameraProfile profile(JsonObject document, String source) {
    SCHEMA.check(document, source);
    return typed(document, source);
  }

  // -- Reading --

  /** Without the schema, so that a test can hold the two against each other. */
  static CameraProfile typed(JsonObject document, String source) {
    JsonFields fields = JsonFields.of(document, source, KEYS);
    if (!fields.text("format", ProfileOrigin.SHORT_TEXT).equals(FORMAT)) {
      throw fields.bad("format", "\"" + FORMAT + "\", which this version reads");
    }
    try {
      return new CameraProfile(
          origin(fields),
          responses(fields),
          optional(fields, "filter960", List.of("centreNm", "fwhmNm"))
              .map(f -> new BandFilter(f.number("centreNm"), f.number("fwhmNm"))),
          light(fields),
          sensor(sensors(fields).object("RGB", SENSOR_KEYS)),
          optional(sensors(fields), "N960", SENSOR_KEYS).map(CameraProfileFiles::sensor),
          white(fields),
          optional(fields, "registration", List.of("homography", "residualPx", "date"))
              .map(CameraProfileFiles::registration),
          optional(fields, "canonicalMap", MAP_KEYS).map(CameraProfileFiles::map));
    } catch (SkinSpectraIOException e) {
      throw e;
    } catch (SkinSpectraException | IllegalArgumentException e) {
      throw new SkinSpectraIOException(source + ": " + e.getMessage(), e);
    }
  }

  private static Optional<JsonFields> optional(JsonFields fields, String key, List<String> known) {
    return fields.has(key) ? Optional.of(fields.object(key, known)) : Optional.empty();
  }

  private static JsonFields sensors(JsonFields fields) {
    return fields.object("sensors", List.of("RGB", "N960"));
  }

  private static ProfileOrigin origin(JsonFields fields) {
    return new ProfileOrigin(
        fields.text("name", ProfileOrigin.SHORT_TEXT),
        fields.text("author", ProfileOrigin.SHORT_TEXT),
        fields.text("licence", ProfileOrigin.SHORT_TEXT),
        fields.text("source", ProfileOrigin.LONG_TEXT),
        date(fields, "created"),
        date(fields, "updated"),
        fields.has("notes") ? fields.texts("notes", ProfileOrigin.LONG_TEXT) : List.of());
  }

  private static LocalDate date(JsonFields fields, String key) {
    String text = fields.text(key, DATE_LENGTH);
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw fields.bad(key, "a day such as 2026-03-31");
    }
  }

  private static SpectralTable responses(JsonFields fields) {
    JsonFields table = fields.object("responses", List.of("unit", "nm", "R", "G", "B", "N960"));
    List<String> channels = CameraProfile.CHANNEL_NAMES.subList(0, table.has("N960") ? 4 : 3);
    return table(
        table,
        "responses",
        table.text("unit", ProfileOrigin.SHORT_TEXT),
        channels,
        CameraProfile.MAX_RESPONSE);
  }

  private static ProfileLight light(JsonFields fields) {
    if (!fields.isObject("illuminant")) {
      return ProfileLight.named(fields.text("illuminant", ProfileOrigin.SHORT_TEXT));
    }
    JsonFields light = fields.object("illuminant", List.of("name", "nm", ProfileLight.COLUMN));
    return new ProfileLight(
        light.text("name", ProfileOrigin.SHORT_TEXT),
        Optional.of(
            table(
                light,
                "illuminant",
                "relative power",
                List.of(ProfileLight.COLUMN),
                CameraProfile.MAX_POWER)));
  }

  private static WhiteReflectance white(JsonFields fields) {
    if (!fields.isObject("whiteReflectance")) {
      return WhiteReflectance.of(fields.number("whiteReflectance"));
    }
    List<String> columns = List.of(WhiteReflectance.COLUMN);
    JsonFields white = fields.object("whiteReflectance", List.of("nm", columns.get(0)));
    return WhiteReflectance.of(
        table(
            white,
            "whiteReflectance",
            "reflectance factor",
            columns,
            CameraProfile.MAX_REFLECTANCE));
  }

  private static SpectralTable table(
      JsonFields fields, String key, String unit, List<String> names, double max) {
    double[] nm = fields.numbers("nm");
    Ranges.requireRows(key + ".nm", nm.length, 2, CameraProfile.MAX_ROWS);
    Ranges.require(key + ".nm", nm, CameraProfile.MIN_NM, CameraProfile.MAX_NM);
    Ranges.requireIncreasing(key + ".nm", nm);
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (String name : names) {
      double[] values = fields.numbers(name);
      Ranges.requireSameRows(key + "." + name, values.length, key + ".nm", nm.length);
      Ranges.require(key + "." + name, values, 0, max);
      columns.put(name, values);
    }
    return SpectralTable.of(Wavelengths.of(nm), unit, columns);
  }

  private static SensorProfile sensor(JsonFields fields) {
    return new SensorProfile(
        fields.whole("bits"),
        fields.has("saturationDn") ? Optional.of(fields.number("saturationDn")) : Optional.empty(),
        fields.number("blackLevelDn"),
        fields.has("bayer") ? Optional.of(bayer(fields)) : Optional.empty(),
        optional(fields, "linearity", List.of("dn", "linear")).map(CameraProfileFiles::linearity));
  }

  private static LinearityCurve linearity(JsonFields table) {
    double[] dn = table.numbers("dn");
    double[] linear = table.numbers("linear");
    Ranges.requireRows("linearity.dn", dn.length, 2, MAX_LINEARITY_ROWS);
    Ranges.requireSameRows("linearity.linear", linear.length, "linearity.dn", dn.length);
    Ranges.require("linearity.dn", dn, -MAX_DN, MAX_DN);
    Ranges.require("linearity.linear", linear, -MAX_DN, MAX_DN);
    Ranges.requireIncreasing("linearity.dn", dn);
    Ranges.requireIncreasing("linearity.linear", linear);
    return LinearityCurve.of(dn, linear);
  }

  private static BayerPattern bayer(JsonFields fields) {
    String name = fields.text("bayer", ProfileOrigin.SHORT_TEXT);
    return Arrays.stream(BayerPattern.values())
        .filter(pattern -> pattern.name().equals(name))
        .findFirst()
        .orElseThrow(() -> fields.bad("bayer", "one of " + Arrays.toString(BayerPattern.values())));
  }

  private static ProfileRegistration registration(JsonFields fields) {
    return ProfileRegistration.of(
        fields.numbers("homography"), fields.number("residualPx"), date(fields, "date"));
  }

  private static ProfileMap map(JsonFields fields) {
    double[][] coefficients = fields.rows("coefficients");
    double residual = fields.number("residualRms");
    ChannelMap map =
        switch (fields.text("kind", ProfileOrigin.SHORT_TEXT)) {
          case CanonicalMap.KIND -> CanonicalMap.of(coefficients, residual);
          case RootPolynomialMap.KIND -> RootPolynomialMap.of(coefficients, residual);
          default ->
              throw fields.bad(
                  "kind", "\"" + CanonicalMap.KIND + "\" or \"" + RootPolynomialMap.KIND + "\"");
        };
    double stated = fields.number("conditionNumber");
    if (!(Math.abs(stated - map.conditionNumber()) <= 0.01 * map.conditionNumber())) {
      throw fields.bad(
          "conditionNumber",
          JsonText.number(rounded(map.conditionNumber())) + " for these coefficients");
    }
    return new ProfileMap(
        map, fields.text("fittedOver", ProfileOrigin.LONG_TEXT), date(fields, "date"));
  }

  // -- Writing --

  static String json(CameraProfile profile) {
    ProfileOrigin origin = profile.origin();
    JsonObject json = new JsonObject();
    json.addProperty("format", FORMAT);
    json.addProperty("name", origin.name());
    json.addProperty("author", origin.author());
    json.addProperty("licence", origin.licence());
    json.addProperty("source", origin.source());
    json.addProperty("created", origin.created().toString());
    json.addProperty("updated", origin.updated().toString());
    if (!origin.notes().isEmpty()) {
      JsonArray notes = new JsonArray();
      origin.notes().forEach(notes::add);
      json.add("notes", notes);
    }
    if (profile.light().power().isPresent()) {
      JsonObject light = new JsonObject();
      light.addProperty("name", profile.light().name());
      addTable(light, profile.light().power().get());
      json.add("illuminant", light);
    } else {
      json.addProperty("illuminant", profile.light().name());
    }
    JsonObject responses = new JsonObject();
    responses.addProperty("unit", profile.responses().unit());
    addTable(responses, profile.responses());
    json.add("responses", responses);
    profile
        .filter960()
        .ifPresent(
            filter -> {
              JsonObject object = new JsonObject();
              object.addProperty("centreNm", filter.centreNm());
              object.addProperty("fwhmNm", filter.fwhmNm());
              json.add("filter960", object);
            });
    JsonObject sensors = new JsonObject();
    sensors.add("RGB", json(profile.rgb()));
    profile.n960().ifPresent(sensor -> sensors.add("N960", json(sensor)));
    json.add("sensors", sensors);
    if (profile.white().spectrum().isPresent()) {
      JsonObject white = new JsonObject();
      addTable(white, profile.white().spectrum().get());
      json.add("whiteReflectance", white);
    } else {
      json.addProperty("whiteReflectance", profile.white().constant());
    }
    profile.registration().ifPresent(r -> json.add("registration", json(r)));
    profile.map().ifPresent(map -> json.add("canonicalMap", json(map)));
    return JsonText.write(json);
  }

  private static void addTable(JsonObject json, SpectralTable table) {
    json.add("nm", array(table.wavelengths().toArray()));
    table.names().forEach(name -> json.add(name, array(table.column(name))));
  }

  private static JsonObject json(SensorProfile sensor) {
    JsonObject json = new JsonObject();
    json.addProperty("bits", sensor.bits());
    sensor.saturationDn().ifPresent(dn -> json.addProperty("saturationDn", dn));
    json.addProperty("blackLevelDn", sensor.blackLevelDn());
    sensor.bayer().ifPresent(pattern -> json.addProperty("bayer", pattern.name()));
    sensor
        .linearity()
        .ifPresent(
            table -> {
              JsonObject linearity = new JsonObject();
              linearity.add("dn", array(table.digitalNumbers()));
              linearity.add("linear", array(table.linearNumbers()));
              json.add("linearity", linearity);
            });
    return json;
  }

  private static JsonObject json(ProfileRegistration registration) {
    JsonObject json = new JsonObject();
    json.add("homography", array(registration.homography().toArray()));
    json.addProperty("residualPx", registration.residualPx());
    json.addProperty("date", registration.date().toString());
    return json;
  }

  private static JsonObject json(ProfileMap map) {
    JsonObject json = new JsonObject();
    json.addProperty("kind", map.map().kind());
    JsonArray rows = new JsonArray();
    Arrays.stream(map.map().coefficients()).forEach(row -> rows.add(array(row)));
    json.add("coefficients", rows);
    json.addProperty("residualRms", map.map().residualRms());
    json.addProperty("conditionNumber", rounded(map.map().conditionNumber()));
    json.addProperty("fittedOver", map.fittedOver());
    json.addProperty("date", map.date().toString());
    return json;
  }

  private static double rounded(double conditionNumber) {
    return new BigDecimal(conditionNumber).round(CONDITION_DIGITS).doubleValue();
  }

  private static JsonArray array(double[] values) {
    JsonArray array = new JsonArray();
    for (double value : values) {
      array.add(value);
    }
    return array;
  }
}

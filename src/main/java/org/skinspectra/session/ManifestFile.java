package org.skinspectra.session;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.skinspectra.JsonFields;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.PixelType;
import org.skinspectra.format.FileErrors;
import org.skinspectra.profile.CalibrationCheck;

/** Reads the manifest of a session, of which nothing is believed that was altered or is missing. */
final class ManifestFile {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final long LONGEST_PART_OF_MEMORY = 16;

  private static final String NOT_LOST =
      " The frames are not lost: 'scripts/skin-spectra session recover' makes it anew from their files.";
  private static final int LONGEST_TEXT = 1 << 20;
  private static final String UUID_EXAMPLE = "123e4567-e89b-12d3-a456-426614174000";

  private static final List<String> KEYS =
      List.of(
          "format",
          "schema",
          "id",
          "created",
          "uses",
          "channels",
          "documents",
          "frames",
          "frameCount",
          "checks",
          "derived",
          "manifestSha256");
  private static final List<String> FRAME_KEYS =
      List.of(
          "number",
          "kind",
          "timePoint",
          "repetition",
          "channel",
          "camera",
          "exposureMs",
          "gain",
          "taken",
          "pixelType",
          "width",
          "height",
          "bits",
          "copiedFrom",
          "file",
          "length",
          "sha256");
  private static final List<String> FILE_KEYS = List.of("file", "length", "sha256");
  private static final List<String> DOCUMENT_KEYS =
      List.of("name", "added", "file", "length", "sha256");
  private static final List<String> CHECK_KEYS =
      List.of("name", "passed", "finding", "value", "limit", "remedy", "checked");

  private ManifestFile() {}

  /**
   * Reads a manifest.
   *
   * @throws SkinSpectraIOException if it is damaged, was altered or is of a later version
   */
  static SessionManifest read(Path file) {
    return FileErrors.reading(
        file,
        "manifest of a session",
        () -> {
          long length = Files.size(file);
          if (length > Runtime.getRuntime().maxMemory() / LONGEST_PART_OF_MEMORY) {
            throw new IOException(
                "it has " + length + " bytes, too many to be read with this memory");
          }
          return parse(Files.readAllBytes(file), file.toString());
        });
  }

  private static SessionManifest parse(byte[] bytes, String source) {
    String text = orNotLost(() -> ManifestSeal.opened(bytes, source));
    JsonObject document = orNotLost(() -> JsonText.parse(text, source, "manifest of a session"));
    int schema = orNotLost(() -> schema(JsonFields.ofForeign(document, source)));
    if (schema > ManifestText.SCHEMA) {
      throw new SkinSpectraIOException(
          "%s has schema %d, and this version knows up to %d. Read it with a newer one."
              .formatted(source, schema, ManifestText.SCHEMA));
    }
    return orNotLost(() -> of(JsonFields.of(document, source, KEYS)));
  }

  /** What is wrong with a manifest is followed by the way out. */
  private static <T> T orNotLost(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (SkinSpectraIOException e) {
      throw new SkinSpectraIOException(e.getMessage() + NOT_LOST, e);
    }
  }

  private static int schema(JsonFields json) {
    if (!json.anyText("format", LONGEST_TEXT).equals(ManifestText.FORMAT)) {
      throw json.bad("format", "\"" + ManifestText.FORMAT + "\"");
    }
    return json.whole("schema", 1, Integer.MAX_VALUE);
  }

  private static SessionManifest of(JsonFields json) {
    List<StoredFrame> frames = each(json.objects("frames", FRAME_KEYS), ManifestFile::frame);
    json.whole("frameCount", frames.size(), frames.size());
    requireEachOnce(json, frames);
    return new SessionManifest(
        UUID.fromString(json.text("id", UUID_TEXT, UUID_EXAMPLE)),
        json.time("created"),
        each(json.objects("uses", List.of("from", "software")), ManifestFile::use),
        channels(json.foreignObject("channels")),
        each(json.objects("documents", DOCUMENT_KEYS), ManifestFile::document),
        frames,
        each(json.objects("checks", CHECK_KEYS), ManifestFile::check),
        each(json.objects("derived", List.of("folder", "made", "files")), ManifestFile::derived));
  }

  private static <T> List<T> each(List<JsonFields> objects, Function<JsonFields, T> reading) {
    return objects.stream().map(reading).toList();
  }

  private static void requireEachOnce(JsonFields json, List<StoredFrame> frames) {
    Set<Object> seen = new HashSet<>();
    for (StoredFrame frame : frames) {
      if (!seen.add(frame.number()) || !seen.add(frame.file().path())) {
        throw json.refused("frames", "has frame " + frame.number() + " twice");
      }
    }
  }

  private static StoredFrame frame(JsonFields json) {
    PixelType type = oneOf(json, "pixelType", PixelType.values(), PixelType::key);
    return new StoredFrame(
        json.whole("number", 1, Integer.MAX_VALUE),
        oneOf(json, "kind", FrameKind.values(), FrameKind::key),
        json.whole("timePoint", 0, Integer.MAX_VALUE),
        json.whole("repetition", 0, Integer.MAX_VALUE),
        json.anyText("channel", LONGEST_TEXT),
        json.anyText("camera", LONGEST_TEXT),
        json.positive("exposureMs"),
        json.positive("gain"),
        json.time("taken").toInstant(),
        type,
        json.whole("width", 1, Integer.MAX_VALUE),
        json.whole("height", 1, Integer.MAX_VALUE),
        json.whole("bits", type.maxBits() == 0 ? 0 : 1, type.maxBits()),
        json.has("copiedFrom")
            ? Optional.of(json.anyText("copiedFrom", LONGEST_TEXT))
            : Optional.empty(),
        file(json, SessionManifest.FRAME_PATH, "frames/000001-image-RGB-t00000-r00.ome.tif"));
  }

  private static <T> T oneOf(JsonFields json, String key, T[] values, Function<T, String> name) {
    String text = json.anyText(key, LONGEST_TEXT);
    return Stream.of(values)
        .filter(value -> name.apply(value).equals(text))
        .findFirst()
        .orElseThrow(() -> json.bad(key, "one of " + Stream.of(values).map(name).toList()));
  }

  private static StoredFile file(JsonFields json, Pattern path, String example) {
    return new StoredFile(
        json.text("file", path, example),
        json.whole("length", 0, 1L << 53),
        json.text("sha256", SHA256, "64 hexadecimal digits"));
  }

  private static SessionUse use(JsonFields json) {
    JsonFields software = json.foreignObject("software");
    Map<String, String> versions = new LinkedHashMap<>();
    software.keys().forEach(key -> versions.put(key, software.anyText(key, LONGEST_TEXT)));
    return new SessionUse(json.time("from"), versions);
  }

  private static Map<String, ChannelOptics> channels(JsonFields json) {
    Map<String, ChannelOptics> channels = new TreeMap<>();
    for (String name : json.keys()) {
      JsonFields channel = json.object(name, List.of("wavelengthNm", "pixelSizeUm"));
      channels.put(
          name,
          new ChannelOptics(positive(channel, "wavelengthNm"), positive(channel, "pixelSizeUm")));
    }
    return channels;
  }

  private static Optional<Double> positive(JsonFields json, String key) {
    return json.has(key) ? Optional.of(json.positive(key)) : Optional.empty();
  }

  private static SessionDocument document(JsonFields json) {
    return new SessionDocument(
        json.text("name", SessionManifest.DOCUMENT_NAME, "rig"),
        json.time("added"),
        file(json, SessionManifest.DOCUMENT_PATH, "rig.json"));
  }

  private static SessionCheck check(JsonFields json) {
    return new SessionCheck(
        new CalibrationCheck(
            json.anyText("name", LONGEST_TEXT),
            json.flag("passed"),
            json.anyText("finding", LONGEST_TEXT),
            json.anyNumber("value"),
            json.anyNumber("limit"),
            json.anyText("remedy", LONGEST_TEXT)),
        json.time("checked"));
  }

  private static DerivedResult derived(JsonFields json) {
    String folder = json.text("folder", SessionManifest.DERIVED_FOLDER, "derived/001-reflectance");
    Pattern path = Pattern.compile(Pattern.quote(folder + "/") + SessionManifest.NAME);
    return new DerivedResult(
        folder,
        json.time("made"),
        each(
            json.objects("files", FILE_KEYS),
            file -> file(file, path, folder + "/reflectance.tif")));
  }
}

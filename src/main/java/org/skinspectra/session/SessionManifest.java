package org.skinspectra.session;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.PixelType;

/**
 * What a session holds, as its {@code manifest.json} says. Its last value is a SHA-256 of the rest,
 * so that a manifest that was altered is never believed.
 *
 * @param id that every frame's file repeats
 * @param created when the session began
 * @param uses every time that it was open for writing
 * @param channels what is known of them, by name
 * @param documents rig, profile and such
 * @param frames in the order in which they were stored
 * @param checks in the order in which they were made
 * @param derived in the order in which they were made
 */
record SessionManifest(
    UUID id,
    OffsetDateTime created,
    List<SessionUse> uses,
    Map<String, ChannelOptics> channels,
    List<SessionDocument> documents,
    List<StoredFrame> frames,
    List<SessionCheck> checks,
    List<DerivedResult> derived) {

  static final String FILE = "manifest.json";
  static final String FRAMES = "frames";
  static final String DERIVED = "derived";
  static final String PROVENANCE = "provenance.json";

  /** Names of files and folders: what every system can have, and nothing that leads elsewhere. */
  static final String NAME = "[A-Za-z0-9_][A-Za-z0-9._-]{0,199}";

  static final Pattern FRAME_PATH =
      Pattern.compile(FRAMES + "/" + NAME + Pattern.quote(FrameFile.ENDING));
  static final Pattern DOCUMENT_NAME = Pattern.compile("(?!manifest)[a-z]{1,40}");
  static final Pattern DOCUMENT_PATH =
      Pattern.compile("(?<name>(?!manifest)[a-z]{1,40})(-[1-9][0-9]{0,5})?\\.json");
  static final Pattern DERIVED_FOLDER = Pattern.compile(DERIVED + "/[0-9]{3,6}-" + NAME);

  private static final String FORMAT = "skin-spectra-session";
  private static final int SCHEMA = 1;
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final String OWN_SHA256 = "\"manifestSha256\": \"";
  private static final String ZEROS = "0".repeat(64);
  private static final long LONGEST_PART_OF_MEMORY = 16;
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  SessionManifest {
    uses = List.copyOf(uses);
    channels = Collections.unmodifiableMap(new TreeMap<>(channels));
    documents = List.copyOf(documents);
    frames = List.copyOf(frames);
    checks = List.copyOf(checks);
    derived = List.copyOf(derived);
  }

  ChannelOptics optics(String channel) {
    return Optional.ofNullable(channels.get(channel)).orElse(ChannelOptics.ofName(channel));
  }

  // -- Writing --

  /** A frame as one line of the manifest. */
  static String line(StoredFrame frame) {
    JsonObject json = new JsonObject();
    json.addProperty("number", frame.number());
    json.addProperty("kind", frame.kind().key());
    json.addProperty("timePoint", frame.timePoint());
    json.addProperty("repetition", frame.repetition());
    json.addProperty("channel", frame.channel());
    json.addProperty("camera", frame.camera());
    json.addProperty("exposureMs", frame.exposureMs());
    json.addProperty("gain", frame.gain());
    json.addProperty("taken", frame.taken().toString());
    json.addProperty("pixelType", frame.type().key());
    json.addProperty("width", frame.width());
    json.addProperty("height", frame.height());
    json.addProperty("bits", frame.bits());
    frame.copiedFrom().ifPresent(from -> json.addProperty("copiedFrom", from));
    add(json, frame.file());
    return GSON.toJson(json);
  }

  /**
   * The whole text but for the frames, which are many and do not change.
   *
   * @param frameLines {@link #line} of every frame, separated by a comma and a line break
   */
  byte[] bytes(CharSequence frameLines, int frameCount) {
    StringBuilder text = new StringBuilder(frameLines.length() + 4096);
    text.append("{\n\"format\": \"").append(FORMAT).append("\",\n");
    text.append("\"schema\": ").append(SCHEMA).append(",\n");
    text.append("\"id\": \"").append(id).append("\",\n");
    text.append("\"created\": \"").append(created).append("\",\n");
    text.append("\"uses\": ").append(lines(uses.stream().map(SessionManifest::json).toList()));
    text.append(",\n\"channels\": ").append(GSON.toJson(channelsJson()));
    text.append(",\n\"documents\": ")
        .append(lines(documents.stream().map(SessionManifest::json).toList()));
    text.append(",\n\"frames\": [\n").append(frameLines).append("\n],\n");
    text.append("\"frameCount\": ").append(frameCount);
    text.append(",\n\"checks\": ")
        .append(lines(checks.stream().map(SessionManifest::json).toList()));
    text.append(",\n\"derived\": ")
        .append(lines(derived.stream().map(SessionManifest::json).toList()));
    text.append(",\n").append(OWN_SHA256).append(ZEROS).append("\"\n}\n");
    String sha256 = Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
    int at = text.length() - "\"\n}\n".length();
    text.replace(at - ZEROS.length(), at, sha256);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String lines(List<JsonObject> objects) {
    return objects.isEmpty()
        ? "[]"
        : "[\n" + String.join(",\n", objects.stream().map(GSON::toJson).toList()) + "\n]";
  }

  private static void add(JsonObject json, StoredFile file) {
    json.addProperty("file", file.path());
    json.addProperty("length", file.length());
    json.addProperty("sha256", file.sha256());
  }

  private static JsonObject json(SessionUse use) {
    JsonObject json = new JsonObject();
    json.addProperty("from", use.from().toString());
    json.add("software", GSON.toJsonTree(use.software()));
    return json;
  }

  private JsonObject channelsJson() {
    JsonObject json = new JsonObject();
    channels.forEach(
        (name, optics) -> {
          JsonObject channel = new JsonObject();
          optics.wavelengthNm().ifPresent(nm -> channel.addProperty("wavelengthNm", nm));
          optics.pixelSizeUm().ifPresent(um -> channel.addProperty("pixelSizeUm", um));
          json.add(name, channel);
        });
    return json;
  }

  private static JsonObject json(SessionDocument document) {
    JsonObject json = new JsonObject();
    json.addProperty("name", document.name());
    json.addProperty("added", document.added().toString());
    add(json, document.file());
    return json;
  }

  private static JsonObject json(SessionCheck check) {
    JsonObject json = new JsonObject();
    json.addProperty("name", check.name());
    json.addProperty("passed", check.passed());
    json.add("value", JsonFields.of(check.value()));
    json.add("limit", JsonFields.of(check.limit()));
    json.addProperty("remedy", check.remedy());
    json.addProperty("checked", check.checked().toString());
    return json;
  }

  private static JsonObject json(DerivedResult result) {
    JsonObject json = new JsonObject();
    json.addProperty("folder", result.folder());
    json.addProperty("made", result.made().toString());
    json.add(
        "files",
        GSON.toJsonTree(
            result.files().stream()
                .map(
                    file -> {
                      JsonObject entry = new JsonObject();
                      add(entry, file);
                      return entry;
                    })
                .toList()));
    return json;
  }

  // -- Reading --

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
    String text = new String(bytes, StandardCharsets.UTF_8);
    requireUnaltered(bytes, text, source);
    try {
      // Not JsonParser: it takes what is not quite JSON.
      JsonElement element = GSON.getAdapter(JsonElement.class).fromJson(text);
      return of(new JsonFields(source, "", element));
    } catch (IOException | JsonParseException e) {
      throw new SkinSpectraIOException(
          source + " is no JSON: " + FileErrors.printable(String.valueOf(e.getMessage())), e);
    }
  }

  private static void requireUnaltered(byte[] bytes, String text, String source) {
    int at = text.lastIndexOf(OWN_SHA256);
    int from = at + OWN_SHA256.length();
    int to = from + ZEROS.length();
    if (at < 0 || text.length() < to) {
      throw new SkinSpectraIOException(
          source
              + " is no manifest of a session, or was cut off. Frames beside it are not lost: 'recover' makes it anew from their files.");
    }
    String zeroed = text.substring(0, from) + ZEROS + text.substring(to);
    byte[] rest = zeroed.getBytes(StandardCharsets.UTF_8);
    if (rest.length != bytes.length || !Sha256.of(rest).equals(text.substring(from, to))) {
      throw new SkinSpectraIOException(
          source
              + " was altered or damaged: its SHA-256 is another than it says. The frames are not lost: 'recover' makes it anew from their files.");
    }
  }

  private static SessionManifest of(JsonFields json) {
    if (!json.text("format").equals(FORMAT)) {
      throw json.wrong("is of another format than " + FORMAT);
    }
    long schema = json.whole("schema", 1, Integer.MAX_VALUE);
    if (schema > SCHEMA) {
      throw json.wrong(
          "has schema %d, and this version knows up to %d; read it with a newer one"
              .formatted(schema, SCHEMA));
    }
    json.only(
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
    List<StoredFrame> frames = json.list("frames", SessionManifest::frame);
    json.whole("frameCount", frames.size(), frames.size());
    SessionManifest manifest =
        new SessionManifest(
            UUID.fromString(json.text("id", UUID_TEXT)),
            json.time("created"),
            json.list("uses", SessionManifest::use),
            channels(json.object("channels")),
            json.list("documents", SessionManifest::document),
            frames,
            json.list("checks", SessionManifest::check),
            json.list("derived", SessionManifest::derived));
    manifest.requireEachOnce(json);
    return manifest;
  }

  private void requireEachOnce(JsonFields json) {
    Set<Object> seen = new HashSet<>();
    for (StoredFrame frame : frames) {
      if (!seen.add(frame.number()) || !seen.add(frame.file().path())) {
        throw json.wrong("has frame " + frame.number() + " twice");
      }
    }
  }

  private static StoredFrame frame(JsonFields json) {
    json.only(
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
    PixelType type;
    FrameKind kind;
    try {
      type = OmeXml.pixelType(json.text("pixelType"));
      kind = OmeXml.kind(json.text("kind"));
    } catch (IOException e) {
      throw json.wrong("is not known: " + e.getMessage());
    }
    return new StoredFrame(
        (int) json.whole("number", 1, Integer.MAX_VALUE),
        kind,
        (int) json.whole("timePoint", 0, Integer.MAX_VALUE),
        (int) json.whole("repetition", 0, Integer.MAX_VALUE),
        json.text("channel"),
        json.text("camera"),
        json.positive("exposureMs"),
        json.positive("gain"),
        json.instant("taken"),
        type,
        (int) json.whole("width", 1, Integer.MAX_VALUE),
        (int) json.whole("height", 1, Integer.MAX_VALUE),
        (int) json.whole("bits", type.maxBits() == 0 ? 0 : 1, type.maxBits()),
        json.has("copiedFrom") ? Optional.of(json.text("copiedFrom")) : Optional.empty(),
        file(json, FRAME_PATH));
  }

  private static StoredFile file(JsonFields json, Pattern path) {
    return new StoredFile(
        json.text("file", path), json.whole("length", 0, 1L << 53), json.text("sha256", SHA256));
  }

  private static SessionUse use(JsonFields json) {
    JsonFields software = json.only("from", "software").object("software");
    Map<String, String> versions = new LinkedHashMap<>();
    software.keys().forEach(key -> versions.put(key, software.text(key)));
    return new SessionUse(json.time("from"), versions);
  }

  private static Map<String, ChannelOptics> channels(JsonFields json) {
    Map<String, ChannelOptics> channels = new TreeMap<>();
    for (String name : json.keys()) {
      JsonFields channel = json.object(name).only("wavelengthNm", "pixelSizeUm");
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
    json.only("name", "added", "file", "length", "sha256");
    return new SessionDocument(
        json.text("name", DOCUMENT_NAME), json.time("added"), file(json, DOCUMENT_PATH));
  }

  private static SessionCheck check(JsonFields json) {
    json.only("name", "passed", "value", "limit", "remedy", "checked");
    return new SessionCheck(
        json.text("name"),
        json.flag("passed"),
        json.number("value"),
        json.number("limit"),
        json.text("remedy"),
        json.time("checked"));
  }

  private static DerivedResult derived(JsonFields json) {
    json.only("folder", "made", "files");
    String folder = json.text("folder", DERIVED_FOLDER);
    Pattern path = Pattern.compile(Pattern.quote(folder + "/") + NAME);
    return new DerivedResult(
        folder,
        json.time("made"),
        json.list("files", file -> file(file.only("file", "length", "sha256"), path)));
  }

  // -- With more --

  SessionManifest withUse(SessionUse use) {
    return new SessionManifest(
        id, created, plus(uses, List.of(use)), channels, documents, frames, checks, derived);
  }

  SessionManifest withDocuments(List<SessionDocument> more) {
    return new SessionManifest(
        id, created, uses, channels, plus(documents, more), frames, checks, derived);
  }

  SessionManifest withFrames(List<StoredFrame> more) {
    return new SessionManifest(
        id, created, uses, channels, documents, plus(frames, more), checks, derived);
  }

  SessionManifest withChecks(List<SessionCheck> more) {
    return new SessionManifest(
        id, created, uses, channels, documents, frames, plus(checks, more), derived);
  }

  SessionManifest withDerived(List<DerivedResult> more) {
    return new SessionManifest(
        id, created, uses, channels, documents, frames, checks, plus(derived, more));
  }

  private static <T> List<T> plus(List<T> list, List<T> more) {
    List<T> all = new ArrayList<>(list);
    all.addAll(more);
    return all;
  }
}

package org.skinspectra.session;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.skinspectra.JsonText;
import org.skinspectra.profile.CalibrationCheck;

/** A session's manifest as text: JSON in which every frame has a line of its own. */
final class ManifestText {

  static final String FORMAT = "skin-spectra-session";
  static final int SCHEMA = 1;

  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private ManifestText() {}

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
   * The whole text.
   *
   * @param frameLines {@link #line} of every frame, separated by a comma and a line break; frames
   *     are many and do not change, so that they are not made anew every time
   */
  static byte[] bytes(SessionManifest manifest, CharSequence frameLines) {
    StringBuilder text = new StringBuilder(frameLines.length() + 4096);
    text.append("{\n\"format\": \"").append(FORMAT).append("\",\n");
    text.append("\"schema\": ").append(SCHEMA).append(",\n");
    text.append("\"id\": \"").append(manifest.id()).append("\",\n");
    text.append("\"created\": \"").append(manifest.created()).append("\",\n");
    text.append("\"uses\": ")
        .append(lines(manifest.uses().stream().map(ManifestText::json).toList()));
    text.append(",\n\"channels\": ").append(GSON.toJson(json(manifest.channels())));
    text.append(",\n\"documents\": ")
        .append(lines(manifest.documents().stream().map(ManifestText::json).toList()));
    text.append(",\n\"frames\": [\n").append(frameLines).append("\n],\n");
    text.append("\"frameCount\": ").append(manifest.frames().size());
    text.append(",\n\"checks\": ")
        .append(lines(manifest.checks().stream().map(ManifestText::json).toList()));
    text.append(",\n\"derived\": ")
        .append(lines(manifest.derived().stream().map(ManifestText::json).toList()));
    text.append(",\n");
    return ManifestSeal.sealed(text);
  }

  private static String lines(List<JsonObject> objects) {
    return objects.isEmpty()
        ? "[]"
        : "[\n" + String.join(",\n", objects.stream().map(GSON::toJson).toList()) + "\n]";
  }

  /** A file as the manifest and the provenance of results name it. */
  static JsonObject json(StoredFile file) {
    JsonObject json = new JsonObject();
    add(json, file);
    return json;
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

  private static JsonObject json(Map<String, ChannelOptics> channels) {
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

  private static JsonObject json(SessionCheck stored) {
    CalibrationCheck check = stored.check();
    JsonObject json = new JsonObject();
    json.addProperty("name", check.name());
    json.addProperty("passed", check.passed());
    json.addProperty("finding", check.finding());
    json.add("value", JsonText.anyNumber(check.value()));
    json.add("limit", JsonText.anyNumber(check.limit()));
    json.addProperty("remedy", check.remedy());
    json.addProperty("checked", stored.checked().toString());
    return json;
  }

  private static JsonObject json(DerivedResult result) {
    JsonObject json = new JsonObject();
    json.addProperty("folder", result.folder());
    json.addProperty("made", result.made().toString());
    json.add("files", GSON.toJsonTree(result.files().stream().map(ManifestText::json).toList()));
    return json;
  }
}

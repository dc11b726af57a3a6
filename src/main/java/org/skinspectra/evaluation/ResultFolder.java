package org.skinspectra.evaluation;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.skinspectra.JsonFields;
import org.skinspectra.JsonText;
import org.skinspectra.Sha256;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.WholeFile;

/**
 * Results of images that are kept, a file each, so that an evaluation that was stopped goes on. A
 * file is used only if it is whole, by its own SHA-256, and if the same image, the same prediction
 * and the same definitions made it; any other is made anew.
 *
 * <p>A name in the folder is a digest: names from a data set have no say in where a file lies.
 *
 * @param folder of the files; it is made where it is missing
 */
public record ResultFolder(Path folder) {

  /** Changes when any measure does, so that no old number stands beside a new one. */
  static final String DEFINITIONS = "skin-spectra evaluation 1";

  private static final String KEY = "key";
  private static final String SHA256 = "sha256";
  private static final String CONTENT = "content";
  private static final String RESULT = "result";
  private static final String MAP = "angle map";
  private static final String TYPICAL = "typical angle";
  private static final int MAX_KEY = 64;
  private static final long MAX_BYTES = 4L << 20;
  private static final String WHAT = "result of an evaluation";

  /** A result and the map of its angles. */
  public record Entry(ImageResult result, AngleThumbnail map) {}

  /**
   * The file of an image's result.
   *
   * @param model what tells the prediction apart from the others of this folder
   */
  Path file(String model, String image) {
    return folder.resolve(Sha256.of(model + "\n" + image).substring(0, 32) + ".json");
  }

  /**
   * Keeps a result, whole or not at all.
   *
   * @param key what it was made of
   * @throws SkinSpectraIOException if it cannot be written
   */
  void write(Path file, String key, ImageResult result, AngleThumbnail map) {
    JsonObject content = new JsonObject();
    content.add(RESULT, ResultJson.write(result));
    content.addProperty(MAP, Base64.getEncoder().encodeToString(map.png()));
    content.addProperty(TYPICAL, map.typical());
    JsonObject json = new JsonObject();
    json.addProperty(KEY, key);
    json.addProperty(SHA256, Sha256.of(JsonText.write(content)));
    json.add(CONTENT, content);
    WholeFile.write(file, temporary -> Files.writeString(temporary, JsonText.write(json)));
  }

  /** A kept result that is whole and made of this; empty otherwise. */
  Optional<Entry> read(Path file, String key) {
    return read(file, fields -> fields.anyText(KEY, MAX_KEY).equals(key));
  }

  /** A kept result that is whole, whatever it was made of; empty otherwise. */
  Optional<Entry> read(Path file) {
    return read(file, fields -> true);
  }

  private Optional<Entry> read(Path file, Predicate<JsonFields> wanted) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonObject json = JsonText.read(file, WHAT, MAX_BYTES);
      JsonFields fields = JsonFields.of(json, file.toString(), List.of(KEY, SHA256, CONTENT));
      boolean whole =
          json.has(CONTENT)
              && fields
                  .anyText(SHA256, MAX_KEY)
                  .equals(Sha256.of(JsonText.write(json.get(CONTENT))));
      return whole && wanted.test(fields) ? Optional.of(entry(fields, file)) : Optional.empty();
    } catch (SkinSpectraIOException | IllegalArgumentException e) {
      // Damaged: it is made anew.
      return Optional.empty();
    }
  }

  private static Entry entry(JsonFields fields, Path file) {
    JsonFields content = fields.object(CONTENT, List.of(RESULT, MAP, TYPICAL));
    byte[] png = Base64.getDecoder().decode(content.anyText(MAP, (int) MAX_BYTES));
    return new Entry(
        ResultJson.read(content.object(RESULT, ResultJson.KEYS)),
        AngleThumbnail.ofPng(png, content.number(TYPICAL), file.toString()));
  }
}

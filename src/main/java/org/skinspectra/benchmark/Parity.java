package org.skinspectra.benchmark;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.skinspectra.JsonFields;
import org.skinspectra.JsonText;

/**
 * One result held against another of the same image and model.
 *
 * @param subject model and image
 * @param against where the other comes from
 * @param device that made the result, such as {@code GPU:0}
 * @param relativeError norm of the difference over the norm of the other
 * @param meanAngle mean spectral angle between both (clamped), rad
 * @param limit of the relative error
 */
public record Parity(
    String subject,
    String against,
    String device,
    double relativeError,
    double meanAngle,
    double limit) {

  private static final int MAX_TEXT = 300;

  private static final List<String> KEYS =
      List.of(
          "subject", "against", "device", "relative_error", "mean_angle_rad", "limit", "passed");

  /** Whether the error is within its limit, which no NaN is. */
  public boolean passed() {
    return relativeError <= limit;
  }

  /** For people and programs. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("subject", subject);
    json.addProperty("against", against);
    json.addProperty("device", device);
    json.add("relative_error", JsonText.anyNumber(relativeError));
    json.add("mean_angle_rad", JsonText.anyNumber(meanAngle));
    json.addProperty("limit", limit);
    json.addProperty("passed", passed());
    return json;
  }

  /** As one process tells it another. */
  public static JsonObject toJson(List<Parity> parities) {
    JsonArray all = new JsonArray();
    parities.forEach(parity -> all.add(parity.toJson()));
    JsonObject json = new JsonObject();
    json.add("parity", all);
    return json;
  }

  /**
   * The reverse of {@link #toJson(List)}.
   *
   * @throws org.skinspectra.SkinSpectraIOException if it is something else
   */
  static List<Parity> of(JsonObject json, String source) {
    return JsonFields.ofForeign(json, source).objects("parity", KEYS).stream()
        .map(
            fields ->
                new Parity(
                    fields.text("subject", MAX_TEXT),
                    fields.text("against", MAX_TEXT),
                    fields.text("device", MAX_TEXT),
                    fields.anyNumber("relative_error"),
                    fields.anyNumber("mean_angle_rad"),
                    fields.positive("limit")))
        .toList();
  }
}

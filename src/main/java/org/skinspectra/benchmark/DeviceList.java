package org.skinspectra.benchmark;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.skinspectra.JsonFields;
import org.skinspectra.model.Devices;

/** What TensorFlow can run on, as one process tells it another. */
public final class DeviceList {

  private static final int MAX_TEXT = 4000;
  private static final List<String> KEYS = List.of("name", "usable", "detail");

  private DeviceList() {}

  /** Devices as JSON. */
  public static JsonObject toJson(List<Devices.Status> devices) {
    JsonArray all = new JsonArray();
    for (Devices.Status device : devices) {
      JsonObject one = new JsonObject();
      one.addProperty("name", device.name());
      one.addProperty("usable", device.usable());
      one.addProperty("detail", device.detail());
      all.add(one);
    }
    JsonObject json = new JsonObject();
    json.add("devices", all);
    return json;
  }

  /**
   * The reverse of {@link #toJson}.
   *
   * @throws org.skinspectra.SkinSpectraIOException if it is something else
   */
  static List<Devices.Status> of(JsonObject json, String source) {
    return JsonFields.ofForeign(json, source).objects("devices", KEYS).stream()
        .map(
            fields ->
                new Devices.Status(
                    fields.text("name", MAX_TEXT),
                    fields.flag("usable"),
                    fields.anyText("detail", MAX_TEXT)))
        .toList();
  }
}

package org.skinspectra.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skinspectra.cube.Msi;
import org.skinspectra.profile.CalibrationReport;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.ChannelMap;

/**
 * A picture of a session as canonical multispectral image, and how it came to be.
 *
 * @param timePoint of the picture
 * @param msi on the pixels of the RGB image, without those that the 960 nm camera did not see
 * @param region the part of the RGB image that it shows
 * @param profile of the camera
 * @param map to canonical channels
 * @param mapOrigin where the map comes from, for people
 * @param registration of the 960 nm image
 * @param reports how good each channel of the rig is, by its name
 * @param inputs every frame that has a part in it
 */
public record CalibratedPicture(
    int timePoint,
    Msi msi,
    CoveredRegion region,
    CameraProfile profile,
    ChannelMap map,
    String mapOrigin,
    PictureRegistration registration,
    Map<String, CalibrationReport> reports,
    List<StoredFrame> inputs) {

  public CalibratedPicture {
    reports = Collections.unmodifiableMap(new LinkedHashMap<>(reports));
    inputs = List.copyOf(inputs);
  }

  /** What decided the result besides the frames, as a JSON object. */
  public String provenance() {
    JsonObject json = new JsonObject();
    json.addProperty("timePoint", timePoint);
    JsonObject part = new JsonObject();
    part.addProperty("x", region.x());
    part.addProperty("y", region.y());
    part.addProperty("width", region.width());
    part.addProperty("height", region.height());
    json.add("regionOfRgb", part);
    json.addProperty("profile", profile.origin().name());
    json.addProperty("profileSha256", profile.id());
    json.add("frames", frames());
    json.add("registration", registrationJson());
    json.add("map", mapJson());
    JsonObject channels = new JsonObject();
    reports.forEach((name, report) -> channels.add(name, json(report)));
    json.add("channels", channels);
    return json.toString();
  }

  /** Numbers of the frames by channel, kind and exposure, such as {@code 1-16}. */
  private JsonObject frames() {
    JsonObject json = new JsonObject();
    Map<String, List<StoredFrame>> channels = new LinkedHashMap<>();
    for (StoredFrame frame : inputs) {
      channels.computeIfAbsent(frame.channel(), name -> new ArrayList<>()).add(frame);
    }
    channels.forEach((channel, frames) -> json.add(channel, frames(frames)));
    return json;
  }

  private static JsonObject frames(List<StoredFrame> channel) {
    Map<String, List<Integer>> numbers = new LinkedHashMap<>();
    for (StoredFrame frame : channel) {
      String key =
          "%s, %s ms, gain %s".formatted(frame.kind().key(), frame.exposureMs(), frame.gain());
      numbers.computeIfAbsent(key, name -> new ArrayList<>()).add(frame.number());
    }
    JsonObject json = new JsonObject();
    numbers.forEach((key, frames) -> json.addProperty(key, ranges(frames)));
    return json;
  }

  /** Numbers that follow each other as {@code first-last}. */
  private static String ranges(List<Integer> numbers) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < numbers.size(); i++) {
      int first = i;
      while (i + 1 < numbers.size() && numbers.get(i + 1) == numbers.get(i) + 1) {
        i++;
      }
      text.append(text.isEmpty() ? "" : ", ").append(numbers.get(first));
      if (i > first) {
        text.append('-').append(numbers.get(i));
      }
    }
    return text.toString();
  }

  private JsonObject registrationJson() {
    JsonObject json = new JsonObject();
    json.addProperty("origin", registration.origin().key());
    json.add("homography", array(registration.homography().toArray()));
    json.add("residualPx", finite(registration.residualPx().orElse(Double.NaN)));
    return json;
  }

  private JsonObject mapJson() {
    JsonObject json = new JsonObject();
    json.addProperty("kind", map.kind());
    json.addProperty("origin", mapOrigin);
    JsonArray rows = new JsonArray();
    for (double[] row : map.coefficients()) {
      rows.add(array(row));
    }
    json.add("coefficients", rows);
    json.addProperty("residualRms", map.residualRms());
    json.addProperty("conditionNumber", map.conditionNumber());
    return json;
  }

  private static JsonObject json(CalibrationReport report) {
    JsonObject json = new JsonObject();
    json.addProperty("replacedPixels", report.replaced());
    for (CalibrationReport.Channel channel : report.channels()) {
      JsonObject quality = new JsonObject();
      quality.addProperty("negativeFraction", channel.negativeFraction());
      quality.addProperty("saturatedFraction", channel.saturatedFraction());
      quality.add("noise", finite(channel.noise().orElse(Double.NaN)));
      json.add(channel.name(), quality);
    }
    return json;
  }

  private static JsonArray array(double[] values) {
    JsonArray array = new JsonArray();
    for (double value : values) {
      array.add(value);
    }
    return array;
  }

  private static JsonElement finite(double value) {
    return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }
}

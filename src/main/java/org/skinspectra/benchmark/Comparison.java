package org.skinspectra.benchmark;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Optional;
import org.skinspectra.JsonFields;

/**
 * Work on data, beside a yardstick that the same machine was given.
 *
 * @param work in words
 * @param size of the data, in words
 * @param yardstick empty where there is none
 */
public record Comparison(String work, String size, Timing time, Optional<Yardstick> yardstick) {

  /** Work that has to be done at the least. */
  public record Yardstick(String work, Timing time) {}

  private static final int MAX_TEXT = 200;

  /** How many times as long as the yardstick, from the fastest runs. */
  public Optional<Double> ratio() {
    return yardstick.map(stick -> time.best() / stick.time().best());
  }

  /** For programs. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("work", work);
    json.addProperty("size", size);
    json.add("seconds", seconds(time));
    yardstick.ifPresent(
        stick -> {
          json.addProperty("yardstick", stick.work());
          json.add("yardstick_seconds", seconds(stick.time()));
        });
    return json;
  }

  private static JsonArray seconds(Timing timing) {
    JsonArray seconds = new JsonArray();
    timing.seconds().forEach(seconds::add);
    return seconds;
  }

  static Comparison of(JsonFields fields) {
    return new Comparison(
        fields.text("work", MAX_TEXT),
        fields.text("size", MAX_TEXT),
        timing(fields, "seconds"),
        fields.has("yardstick")
            ? Optional.of(
                new Yardstick(
                    fields.text("yardstick", MAX_TEXT), timing(fields, "yardstick_seconds")))
            : Optional.empty());
  }

  private static Timing timing(JsonFields fields, String key) {
    return new Timing(Arrays.stream(fields.numbers(key)).boxed().toList());
  }
}

package org.skinspectra.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.skinspectra.JsonText;
import org.skinspectra.WholeFile;
import org.skinspectra.evaluation.BandResult;
import org.skinspectra.evaluation.EvaluationResults;
import org.skinspectra.evaluation.ImageResult;
import org.skinspectra.evaluation.Measure;
import org.skinspectra.evaluation.ModelResults;
import org.skinspectra.evaluation.RangeScore;
import org.skinspectra.evaluation.Unscored;
import org.skinspectra.measure.IndexError;
import org.skinspectra.measure.MeanOverImages;
import org.skinspectra.measure.SpectralRange;
import org.skinspectra.measure.SubjectBootstrap;
import org.skinspectra.train.MissingFiles;

/** An evaluation as one JSON object; what has no value is null. Angles are in radians. */
public record EvaluationJson(EvaluationTables tables) {

  /**
   * Writes the object to a file, whole or not at all; the same evaluation gives the same bytes.
   *
   * @throws org.skinspectra.SkinSpectraIOException if it cannot be written
   */
  public void write(Path file) {
    String text = JsonText.write(json());
    WholeFile.write(file, temporary -> Files.writeString(temporary, text));
  }

  private EvaluationResults results() {
    return tables.results();
  }

  private JsonObject json() {
    JsonObject json = new JsonObject();
    JsonObject about = new JsonObject();
    results().about().forEach(about::addProperty);
    json.add("about", about);
    JsonObject definitions = new JsonObject();
    for (Measure measure : Measure.values()) {
      definitions.addProperty(measure.key(), measure.definition());
    }
    definitions.addProperty("sd", "population standard deviation over images");
    definitions.addProperty("interval", SubjectBootstrap.DESCRIPTION);
    definitions.addProperty("indices", EvaluationTables.INDEX_NOTE);
    json.add("definitions", definitions);
    JsonArray missing = new JsonArray();
    for (MissingFiles gap : results().missing()) {
      JsonObject object = new JsonObject();
      object.addProperty("split", gap.split());
      object.addProperty("image", gap.name());
      object.add("has_no", texts(gap.kinds()));
      missing.add(object);
    }
    json.add("incomplete_images", missing);
    JsonArray models = new JsonArray();
    results().models().forEach(model -> models.add(model(model)));
    json.add("models", models);
    return json;
  }

  private static JsonArray texts(Iterable<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  private JsonObject model(ModelResults model) {
    JsonObject json = new JsonObject();
    json.addProperty("model", model.label());
    json.addProperty("name", model.model().name());
    json.addProperty("model_id", model.model().id());
    json.addProperty("architecture", model.model().architecture());
    JsonObject overall = new JsonObject();
    JsonObject differences = new JsonObject();
    for (SpectralRange range : results().ranges()) {
      JsonObject means = new JsonObject();
      JsonObject minusFirst = new JsonObject();
      for (Measure measure : Measure.values()) {
        means.add(measure.key(), mean(results().overall(model, measure, range)));
        minusFirst.add(measure.key(), mean(results().difference(model, measure, range)));
      }
      overall.add(range.key(), means);
      differences.add(range.key(), minusFirst);
    }
    json.add("overall", overall);
    if (model != results().models().get(0)) {
      json.add("minus_first_model", differences);
    }
    JsonObject subjects = new JsonObject();
    for (String subject : results().subjects()) {
      JsonObject means = new JsonObject();
      for (Measure measure : Measure.values()) {
        means.add(
            measure.key(),
            mean(results().ofSubject(model, subject, measure, results().ranges().get(0))));
      }
      subjects.add(subject, means);
    }
    json.add("subjects", subjects);
    json.add("bands", bands(model));
    JsonObject indices = new JsonObject();
    for (String key : results().indices()) {
      JsonObject index = new JsonObject();
      index.addProperty("unit", tables.index(key).map(about -> about.unit()).orElse(""));
      index.add("mean_absolute_error", mean(results().indexError(model, key)));
      index.add("bias", mean(results().indexBias(model, key)));
      indices.add(key, index);
    }
    json.add("indices", indices);
    JsonArray images = new JsonArray();
    model.images().forEach(image -> images.add(image(image)));
    json.add("images", images);
    JsonArray unscored = new JsonArray();
    for (Unscored image : model.unscored()) {
      JsonObject object = new JsonObject();
      object.addProperty("image", image.image());
      object.addProperty("failed", image.failed());
      object.addProperty("reason", image.reason());
      unscored.add(object);
    }
    json.add("unscored", unscored);
    return json;
  }

  private JsonElement bands(ModelResults model) {
    Optional<double[]> rmse = results().bandMeans(model, BandResult::rmse);
    Optional<double[]> bias = results().bandMeans(model, BandResult::bias);
    if (rmse.isEmpty() || bias.isEmpty()) {
      return JsonNull.INSTANCE;
    }
    JsonObject json = new JsonObject();
    json.add("nm", numbers(model.images().get(0).bands().wavelengths().toArray()));
    json.add("rmse", numbers(rmse.get()));
    json.add("bias", numbers(bias.get()));
    return json;
  }

  private static JsonObject image(ImageResult image) {
    JsonObject json = new JsonObject();
    json.addProperty("image", image.image());
    json.addProperty("split", image.split());
    json.addProperty("subject", image.subject());
    json.addProperty("pixels", image.pixels());
    for (RangeScore score : image.ranges()) {
      JsonObject values = new JsonObject();
      for (Measure measure : Measure.values()) {
        values.add(measure.key(), number(measure.of(score)));
      }
      values.addProperty("sam_challenge_pixels", score.challengePixels());
      json.add(score.range().key(), values);
    }
    JsonObject indices = new JsonObject();
    for (IndexError error : image.indices()) {
      JsonObject index = new JsonObject();
      index.add("mean_absolute_error", number(error.meanAbsolute()));
      index.add("bias", number(error.bias()));
      index.addProperty("pixels", error.pixels());
      index.addProperty("pixels_without_value", error.withoutValue());
      indices.add(error.key(), index);
    }
    json.add("indices", indices);
    return json;
  }

  private static JsonObject mean(MeanOverImages mean) {
    JsonObject json = new JsonObject();
    json.addProperty("images", mean.images());
    json.addProperty("subjects", mean.subjects());
    json.add("mean", number(mean.mean()));
    json.add("sd", number(mean.sd()));
    JsonArray interval = new JsonArray();
    mean.interval()
        .ifPresent(
            i -> {
              interval.add(i.low());
              interval.add(i.high());
            });
    json.add("interval", mean.interval().isPresent() ? interval : JsonNull.INSTANCE);
    return json;
  }

  private static JsonElement number(double value) {
    return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }

  private static JsonArray numbers(double[] values) {
    JsonArray array = new JsonArray();
    for (double value : values) {
      array.add(number(value));
    }
    return array;
  }
}

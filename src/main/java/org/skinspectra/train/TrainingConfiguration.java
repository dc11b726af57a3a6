package org.skinspectra.train;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.skin.CaptureSampler;

/**
 * Everything that decides a training but its data. In a file it is one JSON object; keys that are
 * missing have the values of {@link #DEFAULT}, keys that do not exist are refused.
 *
 * @param seed of every random number
 * @param stages of the MST++, where training does not start from given weights
 * @param steps of the optimizer in all, restarts included
 * @param batch crops in a step
 * @param group crops that are in memory at once; their gradients are summed to those of the batch
 * @param cropSide pixels, a multiple of 8
 * @param sceneSide pixels of a rendered scene
 * @param cropsPerScene crops taken from a scene before it is replaced
 * @param learningRate largest one, after the warm-up
 * @param finalLearningRate last one of the cosine
 * @param warmUpSteps during which the rate rises from zero
 * @param restarts how often the rate is raised again after its first descent; the model is then the
 *     mean of the weights at the ends of all descents (stochastic weight averaging, Izmailov et al.
 *     2018), which is nearer to the middle of a minimum than any of them
 * @param restartShare of the steps that each descent but the first takes
 * @param restartHeight where those descents begin, relative to {@code learningRate}
 * @param averageDecay of the running average of the weights, which becomes the model
 * @param angleWeight λ of the loss L1 + λ·spectral angle
 * @param clipNorm largest norm of the gradient
 * @param backgroundWeight how much a pixel that is not skin counts beside one that is
 * @param validateEvery steps between validations, each of which ends with a checkpoint
 * @param simulatedShare of the scenes whose skin is simulated
 * @param measuredShare of the scenes whose skin is measured; nothing without {@code --spectra}
 * @param datasetShare of crops from the data set; nothing without {@code --data}
 * @param heldOut names of spectra never learned from, for instance those of a test
 * @param heldOutShare share of the other spectra kept for validation
 * @param otherCameraShare of the crops seen by another, imperfectly calibrated camera
 * @param artefactShare of the scenes seen by an instrument with stripes and steps between bands,
 *     truth and photograph alike; a file leaves it out where it is 0, so that trainings from before
 *     it existed stay the same
 * @param capture conditions of the photographs
 */
public record TrainingConfiguration(
    long seed,
    int stages,
    int steps,
    int batch,
    int group,
    int cropSide,
    int sceneSide,
    int cropsPerScene,
    double learningRate,
    double finalLearningRate,
    int warmUpSteps,
    int restarts,
    double restartShare,
    double restartHeight,
    double averageDecay,
    double angleWeight,
    double clipNorm,
    double backgroundWeight,
    int validateEvery,
    double simulatedShare,
    double measuredShare,
    double datasetShare,
    List<String> heldOut,
    double heldOutShare,
    double otherCameraShare,
    double artefactShare,
    CaptureSampler capture) {

  /**
   * What a training without a configuration of its own is done with. The default model's {@code
   * default-training.json} gives what it was trained with beyond that, such as the spectra held
   * out.
   */
  public static final TrainingConfiguration DEFAULT =
      new TrainingConfiguration(
          1,
          1,
          12_000,
          16,
          16,
          32,
          128,
          24,
          1e-3,
          1e-6,
          200,
          2,
          0.2,
          0.4,
          0.998,
          0.1,
          0.3,
          0.3,
          500,
          0.15,
          0.85,
          1,
          List.of(),
          0.1,
          0.15,
          0,
          CaptureSampler.TRAINING);

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private static final int MAX_CONFIGURATION_BYTES = 1 << 20;

  /**
   * @throws SkinSpectraException if a value is out of range, naming it
   */
  public TrainingConfiguration {
    heldOut = List.copyOf(heldOut);
    require("stages", stages, 1, 16);
    require("steps", steps, 1, 100_000_000);
    require("batch", batch, 1, 4096);
    require("group", group, 1, batch);
    require("cropSide", cropSide, 16, 1024);
    require("sceneSide", sceneSide, cropSide + 8, 4096);
    require("cropsPerScene", cropsPerScene, 1, 1_000_000);
    require("learningRate", learningRate, 1e-9, 1);
    require("finalLearningRate", finalLearningRate, 0, learningRate);
    require("warmUpSteps", warmUpSteps, 0, steps);
    require("restarts", restarts, 0, 1000);
    require("restartShare", restartShare, 0, 1);
    require("restartHeight", restartHeight, 0, 1);
    require("averageDecay", averageDecay, 0, 0.999999);
    require("angleWeight", angleWeight, 0, 1000);
    require("clipNorm", clipNorm, 1e-9, 1e9);
    require("backgroundWeight", backgroundWeight, 0, 1);
    require("validateEvery", validateEvery, 1, 100_000_000);
    require("simulatedShare", simulatedShare, 0, 1e6);
    require("measuredShare", measuredShare, 0, 1e6);
    require("datasetShare", datasetShare, 0, 1e6);
    require("heldOutShare", heldOutShare, 0, 0.9);
    require("otherCameraShare", otherCameraShare, 0, 1);
    require("artefactShare", artefactShare, 0, 1);
    if (!(restarts * restartShare < 1)) {
      throw new SkinSpectraException(
          "%d restarts that take %s of the steps each leave none for the first descent; take fewer or shorter ones."
              .formatted(restarts, text(restartShare)));
    }
    if (cropSide % 8 != 0 || batch % group != 0) {
      throw new SkinSpectraException(
          cropSide % 8 != 0
              ? "cropSide is a multiple of 8 pixels, not " + cropSide + "."
              : "A batch of %d crops is not made of groups of %d.".formatted(batch, group));
    }
  }

  private static void require(String name, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new SkinSpectraException(
          "The training's '%s' is %s, but lies between %s and %s."
              .formatted(name, text(value), text(min), text(max)));
    }
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /**
   * Reads a file.
   *
   * @throws SkinSpectraException if it is no JSON object, has a key that does not exist or a value
   *     that cannot be
   */
  public static TrainingConfiguration read(Path file) {
    try {
      if (Files.size(file) > MAX_CONFIGURATION_BYTES) {
        throw new SkinSpectraException(file + " is too large to be a configuration.");
      }
      return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
    } catch (IOException e) {
      throw new SkinSpectraIOException("Cannot read the configuration " + file + ".", e);
    }
  }

  static TrainingConfiguration parse(String json, String source) {
    try {
      JsonElement element = JsonParser.parseString(json);
      if (!element.isJsonObject()) {
        throw new SkinSpectraException(source + " is not one JSON object.");
      }
      JsonObject all = DEFAULT.toJson();
      overlay(all, element.getAsJsonObject(), source, "");
      return of(all, source);
    } catch (JsonParseException | NumberFormatException e) {
      throw new SkinSpectraException(
          source + " is no configuration of a training: " + e.getMessage(), e);
    }
  }

  private static TrainingConfiguration of(JsonObject all, String source) {
    try {
      return GSON.fromJson(all, TrainingConfiguration.class);
    } catch (JsonParseException e) {
      throw e;
    } catch (RuntimeException e) {
      // Gson wraps what a record itself objects to.
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof SkinSpectraException || cause instanceof IllegalArgumentException) {
          throw new SkinSpectraException(source + ": " + cause.getMessage(), e);
        }
      }
      throw e;
    }
  }

  private static void overlay(JsonObject all, JsonObject given, String source, String path) {
    for (Map.Entry<String, JsonElement> entry : given.entrySet()) {
      String key = entry.getKey();
      JsonElement known = all.get(key);
      if (known == null) {
        throw new SkinSpectraException(
            "%s has '%s%s', which a training does not know; it knows %s."
                .formatted(source, path, key, new ArrayList<>(all.keySet())));
      }
      if (known.isJsonObject() && entry.getValue().isJsonObject()) {
        overlay(known.getAsJsonObject(), entry.getValue().getAsJsonObject(), source, key + ".");
      } else if (known.isJsonObject() != entry.getValue().isJsonObject()
          || known.isJsonArray() != entry.getValue().isJsonArray()
          || entry.getValue().isJsonNull()) {
        throw new SkinSpectraException(
            "%s: '%s%s' is %s, but should be like %s."
                .formatted(source, path, key, entry.getValue(), known));
      } else {
        all.add(key, entry.getValue());
      }
    }
  }

  private JsonObject toJson() {
    return GSON.toJsonTree(this).getAsJsonObject();
  }

  /** As a file holds it, with every key but an {@code artefactShare} of 0. */
  public String json() {
    JsonObject all = toJson();
    if (artefactShare == 0) {
      all.remove("artefactShare");
    }
    return GSON.toJson(all);
  }

  /** The same for another number of steps; a warm-up that would be longer is shortened. */
  public TrainingConfiguration withSteps(int value) {
    JsonObject all = toJson();
    all.addProperty("steps", value);
    all.addProperty("warmUpSteps", Math.max(0, Math.min(warmUpSteps, value)));
    return parse(GSON.toJson(all), "The command line");
  }

  /**
   * Learning rate of a step, from 1: linear to its height, then half a cosine down; half a cosine
   * again for every restart.
   */
  double learningRate(long step) {
    if (step <= warmUpSteps) {
      return learningRate * step / warmUpSteps;
    }
    int first = firstDescent();
    if (step <= first) {
      return descent(learningRate, step - warmUpSteps, first - warmUpSteps);
    }
    int length = restartSteps();
    return descent(learningRate * restartHeight, (step - first - 1) % length + 1, length);
  }

  private int restartSteps() {
    return (int) (restartShare * steps);
  }

  /** Steps of the first descent, with its warm-up. */
  private int firstDescent() {
    return steps - restarts * restartSteps();
  }

  private double descent(double from, long step, int length) {
    double done = Math.min(1, step / (double) Math.max(1, length));
    return finalLearningRate + (from - finalLearningRate) * 0.5 * (1 + Math.cos(Math.PI * done));
  }

  /** Whether the learning rate is at the end of a descent after a step. */
  boolean endsDescent(long step) {
    long beyond = step - firstDescent();
    return beyond == 0 || beyond > 0 && beyond % restartSteps() == 0;
  }

  /** Share of a step's weights in their running average; larger at first, when they still move. */
  double averaging(long step) {
    return Math.max(1 - averageDecay, 9.0 / (9 + step));
  }
}

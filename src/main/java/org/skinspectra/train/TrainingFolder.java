package org.skinspectra.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.WholeFile;
import org.skinspectra.model.Weights;

/**
 * The folder a training writes into.
 *
 * <pre>
 * training.json            configuration, data and starting weights, which decide everything else
 * checkpoint.safetensors   where to go on; checkpoint-before.safetensors is the one before it,
 *                          checkpoint-damaged.safetensors one that could not be used
 * model.safetensors        the best model so far
 * log.csv                  means over 50 steps each
 * validation.csv           scores of every validation
 * curve.png                the same as a figure, at the end
 * </pre>
 *
 * All but the growing log are written whole or not at all.
 */
public final class TrainingFolder {

  static final String CHECKPOINT = "checkpoint.safetensors";
  static final String MODEL = "model.safetensors";
  private static final String PREVIOUS_CHECKPOINT = "checkpoint-before.safetensors";
  private static final String DAMAGED_CHECKPOINT = "checkpoint-damaged.safetensors";

  /** SHA-256 of a checkpoint's tensors and all its other metadata. */
  private static final String DIGEST = "checkpoint_sha256";

  private static final String TRAINING = "training.json";
  private static final String CURVE = "curve.png";
  private static final String LOG = "log.csv";
  private static final String VALIDATION = "validation.csv";
  private static final String LOG_HEADER =
      "step,seconds,loss,l1,angle_rad,gradient_norm,learning_rate";

  private final Path root;

  public TrainingFolder(Path root) {
    this.root = root;
  }

  public Path root() {
    return root;
  }

  /** The best model so far. */
  public Path modelFile() {
    return root.resolve(MODEL);
  }

  /** Where a figure of the validations belongs. */
  public Path curveFile() {
    return root.resolve(CURVE);
  }

  /** Scores of every validation. */
  public Path validationFile() {
    return root.resolve(VALIDATION);
  }

  /**
   * Makes sure that the folder is free, or belongs to the same training, which is to go on. Writes
   * nothing.
   *
   * @param identity all that decides the course of the training
   * @throws SkinSpectraException if the folder holds something else or cannot be written to
   */
  void check(String identity) {
    Path file = root.resolve(TRAINING);
    WholeFile.requireWritable(file);
    if (Files.exists(file)) {
      if (!read(file).equals(identity)) {
        throw new SkinSpectraException(
            ("%s holds a training of another configuration, other data or other starting weights"
                    + " (see its %s). Go on with those, or choose another folder.")
                .formatted(root, TRAINING));
      }
      return;
    }
    if (Files.isDirectory(root) && !isEmpty()) {
      throw new SkinSpectraException(
          root + " is not empty and holds no training; give a new or an empty folder.");
    }
  }

  /** Claims the folder for a training that passed the {@link #check} and can begin. */
  void claim(String identity) {
    check(identity);
    Path file = root.resolve(TRAINING);
    if (!Files.exists(file)) {
      WholeFile.write(file, temporary -> Files.writeString(temporary, identity));
    }
  }

  private boolean isEmpty() {
    try (var files = Files.list(root)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new SkinSpectraIOException("Cannot list the folder " + root + ".", e);
    }
  }

  // -- Checkpoints and models --

  /**
   * Goes back to the last checkpoint, or to the one before it when that is damaged; the damaged one
   * is then moved out of the way, so that it does not replace the sound one later.
   *
   * @return whether there was one
   * @throws SkinSpectraException if there are checkpoints but none is sound
   */
  boolean restore(Consumer<Weights> restore, Consumer<String> log) {
    SkinSpectraException damage = null;
    for (String name : List.of(CHECKPOINT, PREVIOUS_CHECKPOINT)) {
      Path file = root.resolve(name);
      if (Files.exists(file)) {
        try {
          restore.accept(verified(Weights.read(file)));
          if (damage != null) {
            move(root.resolve(CHECKPOINT), DAMAGED_CHECKPOINT);
          }
          return true;
        } catch (SkinSpectraException e) {
          log.accept("The checkpoint %s cannot be used: %s".formatted(name, e.getMessage()));
          damage = e;
        }
      }
    }
    if (damage != null) {
      throw new SkinSpectraException(
          "No checkpoint in %s is sound; begin anew in another folder, from %s if it is wanted. %s"
              .formatted(root, MODEL, damage.getMessage()),
          damage);
    }
    return false;
  }

  /** Writes a checkpoint; the last one becomes the one before it. */
  void writeCheckpoint(Weights state) {
    Path file = root.resolve(CHECKPOINT);
    Map<String, String> metadata = new TreeMap<>(state.metadata());
    metadata.put(DIGEST, digest(state));
    Weights signed = Weights.of(state.tensors(), metadata, state.source());
    if (Files.exists(file)) {
      move(file, PREVIOUS_CHECKPOINT);
    }
    signed.writeSafetensors(file);
  }

  /** Whether there is a checkpoint to go on from. */
  boolean hasCheckpoint() {
    return Files.exists(root.resolve(CHECKPOINT))
        || Files.exists(root.resolve(PREVIOUS_CHECKPOINT));
  }

  private void move(Path file, String name) {
    try {
      Files.move(file, root.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot keep the checkpoint %s as %s.".formatted(file, name), e);
    }
  }

  private static Weights verified(Weights checkpoint) {
    // Those of the first versions carry none.
    String expected = checkpoint.metadata().get(DIGEST);
    if (expected != null && !expected.equals(digest(checkpoint))) {
      throw new SkinSpectraException(
          checkpoint.source() + " is damaged: its values are not those that were written.");
    }
    return checkpoint;
  }

  private static String digest(Weights checkpoint) {
    Map<String, String> metadata = new TreeMap<>(checkpoint.metadata());
    metadata.remove(DIGEST);
    return Weights.of(checkpoint.tensors(), metadata, checkpoint.source()).id();
  }

  Weights model() {
    return Weights.read(modelFile());
  }

  void writeModel(Weights model) {
    model.writeSafetensors(modelFile());
  }

  /** A number that a checkpoint carries. */
  static Number number(Weights checkpoint, String key) {
    String text = checkpoint.metadata().get(key);
    try {
      return Double.valueOf(text);
    } catch (NullPointerException | NumberFormatException e) {
      throw new SkinSpectraException(
          "%s is no checkpoint of a training: its '%s' is %s."
              .formatted(checkpoint.source(), key, text),
          e);
    }
  }

  // -- Logs --

  void log(long step, double seconds, LossMean mean) {
    StringBuilder line = new StringBuilder();
    line.append(step).append(String.format(Locale.ROOT, ",%.1f", seconds));
    for (double value : mean.values()) {
      line.append(String.format(Locale.ROOT, ",%.6g", value));
    }
    Path file = root.resolve(LOG);
    String text = (Files.exists(file) ? "" : LOG_HEADER + "\n") + line + "\n";
    try {
      Files.writeString(
          file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new SkinSpectraIOException("Cannot write " + file + ".", e);
    }
  }

  /** Forgets the lines after a step, from which the training goes on. */
  void truncateLog(long step) {
    Path file = root.resolve(LOG);
    if (!Files.exists(file)) {
      return;
    }
    List<String> kept = new ArrayList<>();
    for (String line : read(file).lines().toList()) {
      int comma = line.indexOf(',');
      boolean header = line.equals(LOG_HEADER);
      if (header || comma > 0 && isUpTo(line.substring(0, comma), step)) {
        kept.add(line);
      }
    }
    WholeFile.write(file, temporary -> Files.write(temporary, kept));
  }

  private static boolean isUpTo(String text, long step) {
    try {
      return Long.parseLong(text) <= step;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  void writeValidations(ValidationLog validations) {
    StringBuilder text =
        new StringBuilder(
            "step,sam_challenge_rad,sam_clamped_rad,wiener_sam_clamped_rad,ratio_to_wiener\n");
    for (ValidationScore score : validations.scores()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%d,%.6f,%.6f,%.6f,%.4f%n",
              score.step(),
              score.challenge(),
              score.clamped(),
              score.wiener(),
              score.ratio()));
    }
    WholeFile.write(validationFile(), temporary -> Files.writeString(temporary, text));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new SkinSpectraIOException("Cannot read " + file + ".", e);
    }
  }
}

package org.skinspectra.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.model.AdamOptions;
import org.skinspectra.model.Device;
import org.skinspectra.model.TrainableNetwork;
import org.skinspectra.model.TrainingBatch;
import org.skinspectra.model.TrainingLoss;
import org.skinspectra.model.Weights;

/**
 * Trains a network into a folder. A run that was stopped, at whatever moment, goes on from its last
 * checkpoint and ends with the weights of an unbroken run, on the same kind of device.
 *
 * <p>The model is the running average of the weights, taken where it was best on the validation
 * images.
 */
public final class TrainingRun {

  /** Steps whose mean is one line of the log. */
  static final int LOG_EVERY = 50;

  /** So many steps in a row without a usable gradient end the training. */
  private static final int MAX_USELESS_STEPS = 20;

  private final TrainingFolder folder;
  private final TrainingMaterial material;
  private final TrainingConfiguration configuration;
  private final Weights start;
  private final Device device;

  /**
   * @param start weights to begin with, as {@link StartingWeights} makes or reads them
   */
  public TrainingRun(
      TrainingFolder folder,
      TrainingMaterial material,
      TrainingConfiguration configuration,
      Weights start,
      Device device) {
    this.folder = folder;
    this.material = material;
    this.configuration = configuration;
    this.start = start;
    this.device = device;
  }

  /**
   * What a finished training tells.
   *
   * @param model the trained weights
   * @param validation how they did
   * @param validations all scores, in the order of their steps
   * @param steps taken in all
   * @param seconds of training in all, without pauses
   * @param device TensorFlow's name of it
   */
  public record Outcome(
      Weights model,
      ValidationScore validation,
      List<ValidationScore> validations,
      long steps,
      double seconds,
      String device) {

    /** In a line for people. */
    public String text() {
      return "%d steps in %s on %s; best at step %d: %s"
          .formatted(steps, Duration.text(seconds), device, validation.step(), validation.text());
    }
  }

  /** Where a run stands; carried by its checkpoints. */
  private static final class Standing {
    private long step;
    private double seconds;
    private int useless;
    private long skipped;

    private Map<String, String> metadata(ValidationLog validations) {
      Map<String, String> metadata = new LinkedHashMap<>();
      metadata.put("step", Long.toString(step));
      metadata.put("seconds", Double.toString(seconds));
      metadata.put("skipped_steps", Long.toString(skipped));
      metadata.put("validations", validations.text());
      return metadata;
    }
  }

  /**
   * Trains to the last step.
   *
   * @param log takes a line at every validation
   * @throws CanceledException if the user asked to stop; a checkpoint was written
   * @throws SkinSpectraException if the folder belongs to another training, its checkpoint is
   *     damaged, or the loss is no number for many steps in a row
   */
  public Outcome run(Consumer<String> log, ProgressMonitor progress) {
    folder.prepare(configuration, material, start);
    AdamOptions adam = AdamOptions.withClipNorm(configuration.clipNorm());
    Validation validation = material.validation();
    try (TrainableNetwork network =
        TrainableNetwork.open(start, device, configuration.angleWeight(), adam)) {
      Standing standing = new Standing();
      ValidationLog validations = new ValidationLog();
      if (folder.restore(checkpoint -> restore(checkpoint, network, standing, validations), log)) {
        log.accept("Going on after step %d.".formatted(standing.step));
      }
      folder.truncateLog(standing.step);
      train(network, standing, validation, validations, log, progress);
      return new Outcome(
          folder.model(),
          validations.best(),
          validations.scores(),
          standing.step,
          standing.seconds,
          network.device());
    }
  }

  private static void restore(
      Weights checkpoint, TrainableNetwork network, Standing standing, ValidationLog validations) {
    standing.step = TrainingFolder.number(checkpoint, "step").longValue();
    standing.seconds = TrainingFolder.number(checkpoint, "seconds").doubleValue();
    standing.skipped = TrainingFolder.number(checkpoint, "skipped_steps").longValue();
    validations.restore(checkpoint);
    network.restore(checkpoint);
  }

  private void train(
      TrainableNetwork network,
      Standing standing,
      Validation validation,
      ValidationLog validations,
      Consumer<String> log,
      ProgressMonitor progress) {
    if (validations.isEmpty()) {
      validate(network, standing, validation, validations, log, 0);
    }
    double secondsBefore = standing.seconds;
    long stepBefore = standing.step;
    long started = System.nanoTime();
    LossMean recent = new LossMean();
    long first = standing.step * configuration.batch();
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    try (BatchQueue queue =
        new BatchQueue(
            material.crops(), first, configuration.batch(), configuration.group(), threads)) {
      while (standing.step < configuration.steps()) {
        if (progress.isCanceled()) {
          save(network, standing, validations);
          throw new CanceledException("The training");
        }
        standing.step++;
        step(network, standing, queue.take(), recent);
        standing.seconds = secondsBefore + (System.nanoTime() - started) * 1e-9;
        boolean last = standing.step == configuration.steps();
        if (standing.step % LOG_EVERY == 0 || last) {
          folder.log(standing.step, standing.seconds, recent);
          recent.clear();
        }
        double perStep = (standing.seconds - secondsBefore) / (standing.step - stepBefore);
        double left = perStep * (configuration.steps() - standing.step);
        progress.report(
            "step %d, %s left".formatted(standing.step, Duration.text(left)),
            standing.step,
            configuration.steps());
        if (standing.step % configuration.validateEvery() == 0 || last) {
          validate(network, standing, validation, validations, log, left);
          save(network, standing, validations);
        }
      }
    }
  }

  private void step(
      TrainableNetwork network, Standing standing, List<TrainingBatch> groups, LossMean recent) {
    double total = 0;
    double l1 = 0;
    double angle = 0;
    for (TrainingBatch group : groups) {
      TrainingLoss loss = network.accumulate(group);
      total += loss.total() / groups.size();
      l1 += loss.l1() / groups.size();
      angle += loss.angle() / groups.size();
    }
    double rate = configuration.learningRate(standing.step);
    double norm = network.step(standing.step, rate, configuration.averaging(standing.step));
    if (Double.isFinite(total) && Double.isFinite(norm)) {
      standing.useless = 0;
      recent.add(new TrainingLoss(total, l1, angle), norm, rate);
      return;
    }
    // The network did not move, so the next batch may do better.
    standing.skipped++;
    standing.useless++;
    if (standing.useless >= MAX_USELESS_STEPS) {
      throw new SkinSpectraException(
          ("The loss was no number for %d steps in a row, to step %d. The checkpoint of an earlier"
                  + " step is kept in %s. Check the data, or train with a lower learningRate than"
                  + " %s.")
              .formatted(
                  MAX_USELESS_STEPS, standing.step, folder.root(), configuration.learningRate()));
    }
  }

  private void validate(
      TrainableNetwork network,
      Standing standing,
      Validation validation,
      ValidationLog validations,
      Consumer<String> log,
      double secondsLeft) {
    Weights average =
        network.averagedWeights(
            material.metadata(configuration, standing.step), TrainingFolder.MODEL);
    ValidationScore score = validation.score(average, standing.step, device);
    boolean best = validations.isEmpty() || score.isBetterThan(validations.best());
    validations.add(score);
    if (best) {
      folder.writeModel(average);
    }
    folder.writeValidations(validations);
    log.accept(
        "step %d of %d, %s%s, %s left"
            .formatted(
                standing.step,
                configuration.steps(),
                score.text(),
                best ? " (best)" : "",
                Duration.text(secondsLeft)));
  }

  private void save(TrainableNetwork network, Standing standing, ValidationLog validations) {
    folder.writeCheckpoint(
        network.state(standing.metadata(validations), TrainingFolder.CHECKPOINT));
  }
}

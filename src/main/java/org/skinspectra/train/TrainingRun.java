package org.skinspectra.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
 * images. After a restart of the learning rate, the mean of these averages at the ends of all
 * descents is validated in its place there.
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
   * @param skipped those of them that changed nothing, since loss or gradient were no number
   * @param seconds of training in all, without pauses
   * @param device TensorFlow's name of it
   */
  public record Outcome(
      Weights model,
      ValidationScore validation,
      List<ValidationScore> validations,
      long steps,
      long skipped,
      double seconds,
      String device) {

    /** In a line for people. */
    public String text() {
      return "%d steps%s in %s on %s; best at step %d: %s"
          .formatted(
              steps,
              skippedText(skipped),
              Duration.text(seconds),
              device,
              validation.step(),
              validation.text());
    }
  }

  /** Where a run stands; carried by its checkpoints. */
  private static final class Standing {
    private long step;
    private double seconds;
    private int useless;
    private long skipped;
    private final LossMean recent = new LossMean();
    private final DescentMean descents = new DescentMean();

    /**
     * The mean loss of the steps that the log does not hold yet, and how many steps were useless.
     */
    private String text() {
      return step == 0
          ? ""
          : String.format(Locale.ROOT, "%s, loss %.5f", skippedText(skipped), recent.loss());
    }

    private Map<String, String> metadata(ValidationLog validations) {
      Map<String, String> metadata = new LinkedHashMap<>();
      metadata.put("step", Long.toString(step));
      metadata.put("seconds", Double.toString(seconds));
      metadata.put("skipped_steps", Long.toString(skipped));
      metadata.put("validations", validations.text());
      recent.writeTo(metadata);
      descents.writeTo(metadata);
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
    String identity = material.identity(configuration, start);
    folder.check(identity);
    AdamOptions adam = AdamOptions.withClipNorm(configuration.clipNorm());
    Validation validation = material.validation();
    try (TrainableNetwork network =
        TrainableNetwork.open(start, device, configuration.angleWeight(), adam)) {
      // Only now, since a training that cannot even begin is no reason to refuse another one here.
      folder.claim(identity);
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
          standing.skipped,
          standing.seconds,
          network.device());
    }
  }

  private static void restore(
      Weights checkpoint, TrainableNetwork network, Standing standing, ValidationLog validations) {
    standing.step = TrainingFolder.number(checkpoint, "step").longValue();
    standing.seconds = TrainingFolder.number(checkpoint, "seconds").doubleValue();
    standing.skipped = TrainingFolder.number(checkpoint, "skipped_steps").longValue();
    standing.recent.restore(checkpoint);
    standing.descents.restore(checkpoint);
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
      validate(network, standing, validation, validations, log);
    }
    double secondsBefore = standing.seconds;
    long stepBefore = standing.step;
    long started = System.nanoTime();
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
        step(network, standing, queue.take());
        standing.seconds = secondsBefore + (System.nanoTime() - started) * 1e-9;
        boolean last = standing.step == configuration.steps();
        double perStep = (standing.seconds - secondsBefore) / (standing.step - stepBefore);
        double left = perStep * (configuration.steps() - standing.step);
        String secondsLeft = ", " + Duration.text(left) + " left";
        progress.report(
            "step %d%s, %s%s"
                .formatted(standing.step, standing.text(), validations.last().text(), secondsLeft),
            standing.step,
            configuration.steps());
        boolean validating =
            standing.step % configuration.validateEvery() == 0
                || configuration.endsDescent(standing.step)
                || last;
        if (validating) {
          validate(
              network, standing, validation, validations, line -> log.accept(line + secondsLeft));
        }
        if (standing.step % LOG_EVERY == 0 || last) {
          folder.log(standing.step, standing.seconds, standing.recent);
          standing.recent.clear();
        }
        if (validating) {
          save(network, standing, validations);
        }
      }
    }
  }

  private void step(TrainableNetwork network, Standing standing, List<TrainingBatch> groups) {
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
      standing.recent.add(new TrainingLoss(total, l1, angle), norm, rate);
      return;
    }
    // The network did not move, so the next batch may do better.
    standing.skipped++;
    standing.useless++;
    if (standing.useless >= MAX_USELESS_STEPS) {
      throw useless(standing.step);
    }
  }

  private SkinSpectraException useless(long step) {
    return new SkinSpectraException(
        ("The loss or its gradient was no number for %d steps in a row, to step %d. %s keeps the"
                + " best model%s. Check the data, or go on from that model more slowly: in a new"
                + " folder, with --from %s and a lower learningRate than %s.")
            .formatted(
                MAX_USELESS_STEPS,
                step,
                folder.root(),
                folder.hasCheckpoint() ? " and the last checkpoint" : "; no checkpoint was due yet",
                folder.modelFile(),
                configuration.learningRate()));
  }

  private static String skippedText(long skipped) {
    return skipped == 0 ? "" : " (%d skipped)".formatted(skipped);
  }

  private void validate(
      TrainableNetwork network,
      Standing standing,
      Validation validation,
      ValidationLog validations,
      Consumer<String> log) {
    Weights average =
        network.averagedWeights(
            material.metadata(configuration, standing.step), TrainingFolder.MODEL);
    if (configuration.endsDescent(standing.step)) {
      standing.descents.add(average);
      average = standing.descents.mean(average);
    }
    ValidationScore score = validation.score(average, standing.step, device);
    boolean best = validations.isEmpty() || score.isBetterThan(validations.best());
    validations.add(score);
    if (best) {
      folder.writeModel(average);
    }
    folder.writeValidations(validations);
    log.accept(
        "step %d of %d%s, %s%s"
            .formatted(
                standing.step,
                configuration.steps(),
                standing.text(),
                score.text(),
                best ? " (best)" : ""));
  }

  private void save(TrainableNetwork network, Standing standing, ValidationLog validations) {
    folder.writeCheckpoint(
        standing.descents.with(
            network.state(standing.metadata(validations), TrainingFolder.CHECKPOINT)));
  }
}

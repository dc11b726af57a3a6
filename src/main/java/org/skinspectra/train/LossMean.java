package org.skinspectra.train;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.model.TrainingLoss;
import org.skinspectra.model.Weights;

/** Means over some steps; a checkpoint carries those that are not in the log yet. */
final class LossMean {

  private static final String KEY = "loss_sums";

  private long count;
  private double total;
  private double l1;
  private double angle;
  private double norm;
  private double rate;

  void add(TrainingLoss loss, double gradientNorm, double learningRate) {
    count++;
    total += loss.total();
    l1 += loss.l1();
    angle += loss.angle();
    norm += gradientNorm;
    rate = learningRate;
  }

  void clear() {
    count = 0;
    total = 0;
    l1 = 0;
    angle = 0;
    norm = 0;
  }

  /** Mean loss; NaN without a step. */
  double loss() {
    return total / count;
  }

  /** Adds this to what a checkpoint carries; every digit is kept. */
  void writeTo(Map<String, String> metadata) {
    metadata.put(
        KEY,
        DoubleStream.of(count, total, l1, angle, norm, rate)
            .mapToObj(Double::toString)
            .collect(Collectors.joining(",")));
  }

  /**
   * Goes back to what a checkpoint carries; to nothing where it carries none.
   *
   * @throws SkinSpectraException if it is damaged
   */
  void restore(Weights checkpoint) {
    clear();
    String text = checkpoint.metadata().getOrDefault(KEY, "");
    if (text.isEmpty()) {
      return;
    }
    try {
      double[] v = Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
      count = (long) v[0];
      total = v[1];
      l1 = v[2];
      angle = v[3];
      norm = v[4];
      rate = v[5];
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new SkinSpectraException(
          "The checkpoint " + checkpoint.source() + " has damaged sums of losses: " + text, e);
    }
  }

  /** Loss, L1, angle (rad), gradient norm and the last learning rate; NaN without a step. */
  double[] values() {
    return new double[] {total / count, l1 / count, angle / count, norm / count, rate};
  }
}

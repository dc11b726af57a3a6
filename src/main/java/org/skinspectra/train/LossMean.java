package org.skinspectra.train;

import org.skinspectra.model.TrainingLoss;

/** Means over some steps. */
final class LossMean {

  private int count;
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

  /** Loss, L1, angle (rad), gradient norm and the last learning rate; NaN without a step. */
  double[] values() {
    return new double[] {total / count, l1 / count, angle / count, norm / count, rate};
  }
}

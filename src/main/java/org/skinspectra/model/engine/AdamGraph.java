package org.skinspectra.model.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skinspectra.model.AdamOptions;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * The part of a graph that takes a step of Adam with the mean of summed gradients, clipped by its
 * norm, moves the running average of the weights, and clears the sums.
 */
final class AdamGraph {

  private final AdamOptions options;
  private final StateVariables sums;
  private final StateVariables firstMoments;
  private final StateVariables secondMoments;
  private final StateVariables averages;
  private final List<Operand<TFloat32>> update = new ArrayList<>();
  private final Operand<TFloat32> gradientNorm;
  private final Placeholder<TFloat32> batches;
  private final Placeholder<TFloat32> learningRate;
  private final Placeholder<TFloat32> beta1Power;
  private final Placeholder<TFloat32> beta2Power;
  private final Placeholder<TFloat32> averageRate;

  /**
   * @param sums of the gradients of each parameter
   */
  AdamGraph(
      Ops tf,
      Map<String, GraphWeights.Parameter> parameters,
      StateVariables sums,
      AdamOptions options) {
    this.options = options;
    this.sums = sums;
    firstMoments = new StateVariables(tf, parameters);
    secondMoments = new StateVariables(tf, parameters);
    averages = new StateVariables(tf, parameters);
    batches = scalar(tf);
    learningRate = scalar(tf);
    beta1Power = scalar(tf);
    beta2Power = scalar(tf);
    averageRate = scalar(tf);
    gradientNorm = addUpdate(tf, parameters);
  }

  StateVariables firstMoments() {
    return firstMoments;
  }

  StateVariables secondMoments() {
    return secondMoments;
  }

  /** The running averages of the weights. */
  StateVariables averages() {
    return averages;
  }

  /**
   * Takes a step; it changes nothing if the norm is no finite number.
   *
   * @param gathered batches whose gradients were summed
   * @param number of the step, from 1
   * @param rate learning rate
   * @param averaging share of the new weights in their running average, 0 to 1
   * @return norm of the mean gradient before clipping
   */
  double step(Session session, int gathered, long number, double rate, double averaging) {
    try (TFloat32 count = TFloat32.scalarOf(gathered);
        TFloat32 learning = TFloat32.scalarOf((float) rate);
        TFloat32 power1 = TFloat32.scalarOf((float) Math.pow(options.beta1(), number));
        TFloat32 power2 = TFloat32.scalarOf((float) Math.pow(options.beta2(), number));
        TFloat32 share = TFloat32.scalarOf((float) averaging)) {
      Session.Runner runner =
          session
              .runner()
              .feed(batches, count)
              .feed(learningRate, learning)
              .feed(beta1Power, power1)
              .feed(beta2Power, power2)
              .feed(averageRate, share)
              .fetch(gradientNorm);
      update.forEach(runner::addTarget);
      try (var result = runner.run()) {
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }

  private Operand<TFloat32> addUpdate(Ops tf, Map<String, GraphWeights.Parameter> parameters) {
    Map<String, Operand<TFloat32>> means = new LinkedHashMap<>();
    List<Operand<TFloat32>> squares = new ArrayList<>();
    for (String name : parameters.keySet()) {
      Operand<TFloat32> mean = tf.math.div(tf.identity(sums.variable(name)), batches);
      means.put(name, mean);
      squares.add(tf.nn.l2Loss(mean));
    }
    Operand<TFloat32> norm = tf.math.sqrt(tf.math.mul(tf.math.addN(squares), tf.constant(2f)));
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> limit = tf.constant((float) options.clipNorm());
    Operand<TFloat32> scale = tf.math.div(limit, tf.math.maximum(norm, limit));
    var good = tf.math.isFinite(norm);
    // A gradient that is no number is replaced by nothing, and nothing else moves either.
    Operand<TFloat32> moving = tf.select(good, one, tf.constant(0f));
    Operand<TFloat32> beta1 = keptUnless(tf, moving, options.beta1());
    Operand<TFloat32> beta2 = keptUnless(tf, moving, options.beta2());
    Operand<TFloat32> rate = tf.math.mul(learningRate, moving);
    Operand<TFloat32> share = tf.math.mul(averageRate, moving);
    parameters.forEach(
        (name, parameter) -> {
          Operand<TFloat32> mean = means.get(name);
          Operand<TFloat32> gradient =
              tf.select(good, tf.math.mul(mean, scale), tf.zerosLike(mean));
          Operand<TFloat32> updated =
              tf.train.applyAdam(
                  parameter.variable(),
                  firstMoments.variable(name),
                  secondMoments.variable(name),
                  beta1Power,
                  beta2Power,
                  rate,
                  beta1,
                  beta2,
                  tf.constant((float) options.epsilon()),
                  gradient);
          Variable<TFloat32> average = averages.variable(name);
          Operand<TFloat32> towards =
              tf.math.mul(tf.math.sub(tf.identity(updated), tf.identity(average)), share);
          Variable<TFloat32> sum = sums.variable(name);
          Ops after = tf.withControlDependencies(List.<Op>of(updated, gradient, norm));
          update.add(tf.assignAdd(average, towards));
          update.add(after.assign(sum, after.zerosLike(mean)));
        });
    return norm;
  }

  /** A decay of Adam, or 1 when nothing moves. */
  private static Operand<TFloat32> keptUnless(Ops tf, Operand<TFloat32> moving, double beta) {
    return tf.math.sub(tf.constant(1f), tf.math.mul(moving, tf.constant((float) (1 - beta))));
  }

  private static Placeholder<TFloat32> scalar(Ops tf) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
  }
}

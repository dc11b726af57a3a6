package org.skinspectra.model.engine;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TFloat32;

/**
 * The loss of a network: weighted mean absolute error plus λ times the weighted mean spectral
 * angle. Each image is averaged over its pixels by their weights, then the images of a batch with
 * equal shares, so that the mean over batches of equal size is that of one large batch.
 *
 * <p>The angle between p and t is 2·asin(½·‖p/‖p‖ − t/‖t‖‖) (Kahan's form): unlike the arc cosine
 * it has a bounded slope at zero, and keeps its digits in float32. Norms and distance are kept from
 * zero, where a root has no slope.
 */
final class LossGraph {

  /** Added to squared norms: a spectrum of reflectance below 1e-3 does not count by its shape. */
  private static final float SQUARED_NORM_FLOOR = 1e-6f;

  /** Added to the squared distance of unit spectra: angles below 1e-4 rad do not matter. */
  private static final float SQUARED_DISTANCE_FLOOR = 1e-8f;

  /** Half of the largest distance of two unit spectra, short of where the arc sine is vertical. */
  private static final float LARGEST_SINE = 0.999f;

  private final Ops tf;
  private final Placeholder<TFloat32> truth;
  private final Placeholder<TFloat32> weight;
  private final Operand<TFloat32> l1;
  private final Operand<TFloat32> angle;
  private final Operand<TFloat32> total;

  LossGraph(Ops tf, NetworkGraph network, double angleWeight) {
    this.tf = tf;
    Operand<TFloat32> predicted = network.output();
    long bands = predicted.shape().get(3);
    truth = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, bands)));
    weight = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, 1)));
    Operand<TFloat32> error = tf.math.abs(tf.math.sub(predicted, truth));
    l1 =
        average(
            tf.math.mean(
                error, tf.constant(new int[] {3}), org.tensorflow.op.math.Mean.keepDims(true)));
    angle = average(angles(predicted, truth));
    total = tf.math.add(l1, tf.math.mul(angle, tf.constant((float) angleWeight)));
  }

  Placeholder<TFloat32> truth() {
    return truth;
  }

  Placeholder<TFloat32> weight() {
    return weight;
  }

  Operand<TFloat32> l1() {
    return l1;
  }

  Operand<TFloat32> angle() {
    return angle;
  }

  Operand<TFloat32> total() {
    return total;
  }

  private Operand<TFloat32> angles(Operand<TFloat32> p, Operand<TFloat32> t) {
    Operand<TFloat32> apart = tf.math.squaredDifference(unit(p), unit(t));
    Operand<TFloat32> distance =
        tf.math.sqrt(tf.math.add(overBands(apart), tf.constant(SQUARED_DISTANCE_FLOOR)));
    Operand<TFloat32> sine =
        tf.math.minimum(tf.math.mul(distance, tf.constant(0.5f)), tf.constant(LARGEST_SINE));
    return tf.math.mul(tf.math.asin(sine), tf.constant(2f));
  }

  private Operand<TFloat32> unit(Operand<TFloat32> spectra) {
    Operand<TFloat32> squared = overBands(tf.math.square(spectra));
    return tf.math.mul(
        spectra, tf.math.rsqrt(tf.math.add(squared, tf.constant(SQUARED_NORM_FLOOR))));
  }

  private Operand<TFloat32> overBands(Operand<TFloat32> map) {
    return tf.sum(map, tf.constant(new int[] {3}), Sum.keepDims(true));
  }

  /** Weighted mean over the pixels of each image, then mean over the images. */
  private Operand<TFloat32> average(Operand<TFloat32> map) {
    Operand<TFloat32> weighted = overPixels(tf.math.mul(map, weight));
    Operand<TFloat32> weights = tf.math.maximum(overPixels(weight), tf.constant(Float.MIN_NORMAL));
    return tf.math.mean(tf.math.div(weighted, weights), tf.constant(new int[] {0}));
  }

  private Operand<TFloat32> overPixels(Operand<TFloat32> map) {
    return tf.sum(map, tf.constant(new int[] {1, 2, 3}));
  }
}

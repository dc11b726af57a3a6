package org.skinspectra.model.engine;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Spectral-wise self-attention word by word as published (Cai et al., MST++, CVPRW 2022): queries,
 * keys and values of every pixel, transposed to [head, column, pixel], softmax of the keys times
 * the queries, applied to the values, and transposed back. A yardstick for {@link
 * Layers#attention}, which gives the same result without queries and keys.
 *
 * @param <T> number format of the activations
 */
final class LiteralAttention<T extends TFloating> implements SpectralTransformer.Attention<T> {

  /** Smallest norm a column is divided by, as in PyTorch's {@code normalize}. */
  private static final float SMALLEST_NORM = 1e-12f;

  private final Ops tf;
  private final Layers<T> layers;
  private final Class<T> type;

  LiteralAttention(Ops tf, Layers<T> layers, Class<T> type) {
    this.tf = tf;
    this.layers = layers;
    this.type = type;
  }

  @Override
  public Operand<T> apply(Operand<T> x, Operand<T> mask, String name, int channels, int heads) {
    Operand<T> values = layers.linear(x, name + ".to_v");
    Operand<T> guided =
        mask == null ? values : tf.math.mul(values, layers.maskGuide(mask, name + ".mm"));
    Operand<T> query = normalised(columns(layers.linear(x, name + ".to_q"), channels, heads));
    Operand<T> key = normalised(columns(layers.linear(x, name + ".to_k"), channels, heads));
    Operand<T> cosine = tf.train.batchMatMul(key, query, type, BatchMatMul.adjY(true));
    Operand<T> logits = tf.math.mul(cosine, layers.weight(name + ".rescale", WeightLayout.AS_IS));
    Operand<T> attention = tf.nn.softmax(logits);
    Operand<T> attended = tf.train.batchMatMul(attention, columns(guided, channels, heads), type);
    Operand<T> pixels =
        tf.reshape(tf.linalg.transpose(attended, tf.constant(new int[] {0, 3, 1, 2})), tf.shape(x));
    Operand<T> projected = layers.bias(layers.linear(pixels, name + ".proj"), name + ".proj");
    return layers.add(projected, layers.position(values, name + ".pos_emb"));
  }

  /** From [n, y, x, channel] to [n, head, column, pixel]. */
  private Operand<T> columns(Operand<T> map, int channels, int heads) {
    Operand<TInt32> images =
        tf.slice(tf.shape(map), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    Operand<TInt32> split =
        tf.concat(
            List.of(images, tf.constant(new int[] {-1, heads, channels / heads})), tf.constant(0));
    return tf.linalg.transpose(tf.reshape(map, split), tf.constant(new int[] {0, 2, 3, 1}));
  }

  /** Every column divided by its norm over the pixels; sums in float32. */
  private Operand<T> normalised(Operand<T> columns) {
    Operand<TFloat32> squares = tf.math.square(layers.toFloat32(columns));
    Operand<TFloat32> norm =
        tf.math.sqrt(tf.reduceSum(squares, tf.constant(-1), ReduceSum.keepDims(true)));
    return tf.math.div(
        columns, layers.fromFloat32(tf.math.maximum(norm, tf.constant(SMALLEST_NORM))));
  }
}

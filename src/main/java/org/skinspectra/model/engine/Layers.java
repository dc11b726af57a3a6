package org.skinspectra.model.engine;

import static org.skinspectra.model.engine.WeightLayout.AS_IS;
import static org.skinspectra.model.engine.WeightLayout.CONVOLUTION;
import static org.skinspectra.model.engine.WeightLayout.DEPTHWISE;
import static org.skinspectra.model.engine.WeightLayout.LINEAR;
import static org.skinspectra.model.engine.WeightLayout.POINTWISE;
import static org.skinspectra.model.engine.WeightLayout.TRANSPOSED;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The layers of MST and MST++ on channel-last maps {@code [n, y, x, c]} of any n, y and x.
 *
 * <p>Formulas: Cai et al., "Mask-guided Spectral-wise Transformer" (CVPR 2022) and "MST++" (CVPRW
 * 2022). Weight names are those of the published state dicts.
 *
 * @param <T> number format of the activations
 */
final class Layers<T extends TFloating> {

  private static final float LAYER_NORM_EPSILON = 1e-5f;

  /** Square of the smallest norm a column is divided by, 1e-12 in the published models. */
  private static final float SMALLEST_SQUARED_NORM = 1e-24f;

  /** Added to the logits of other heads: its exponential is exactly zero. */
  private static final float OTHER_HEAD = -1e30f;

  /** How the Gaussian error linear unit is computed. */
  enum Gelu {
    /** Its exact form, x·Φ(x). */
    EXACT,
    /** x·(1 + erf x): the rest of the exact form is in {@link FoldedWeights}. */
    FOLDED
  }

  private final Ops tf;
  private final GraphWeights weights;
  private final Class<T> type;
  private final Gelu gelu;

  Layers(Ops tf, GraphWeights weights, Class<T> type, Gelu gelu) {
    this.tf = tf;
    this.weights = weights;
    this.type = type;
    this.gelu = gelu;
  }

  // -- Convolutions --

  /** 3×3 convolution without bias. */
  Operand<T> conv3x3(Operand<T> x, String name) {
    return convolution(x, name, 1);
  }

  /** 4×4 convolution of stride 2: halves both sides, which must be even. */
  Operand<T> downsample(Operand<T> x, String name) {
    // SAME equals the published padding of 1 for even sides, and unlike it has a gradient.
    return convolution(x, name, 2);
  }

  private Operand<T> convolution(Operand<T> x, String name, long stride) {
    return tf.nn.conv2d(
        x, weight(name + ".weight", CONVOLUTION), List.of(1L, stride, stride, 1L), "SAME");
  }

  Operand<T> depthwise(Operand<T> x, String name) {
    return tf.nn.depthwiseConv2dNative(
        x, weight(name + ".weight", DEPTHWISE), List.of(1L, 1L, 1L, 1L), "SAME");
  }

  /** 1×1 convolution without bias, as a matrix product over the pixels. */
  Operand<T> pointwise(Operand<T> x, String name) {
    return product(x, weight(name + ".weight", POINTWISE));
  }

  /** A linear layer without bias: every pixel's channels times one matrix. */
  Operand<T> linear(Operand<T> x, String name) {
    return product(x, weight(name + ".weight", LINEAR));
  }

  /** 2×2 transposed convolution of stride 2 with bias: doubles both sides. */
  Operand<T> upsample(Operand<T> x, String name) {
    Operand<T> spread = product(x, weight(name + ".weight", TRANSPOSED));
    return bias(tf.nn.depthToSpace(spread, 2L), name);
  }

  Operand<T> bias(Operand<T> x, String name) {
    return tf.nn.biasAdd(x, weight(name + ".bias", AS_IS));
  }

  // -- Element-wise --

  /** Gaussian error linear unit. */
  private Operand<T> gelu(Operand<T> x) {
    if (gelu == Gelu.FOLDED) {
      // In float32 in either precision: TensorFlow's erf of bfloat16 takes twice as long.
      Operand<TFloat32> wide = toFloat32(x);
      return fromFloat32(tf.math.mul(wide, tf.math.add(tf.math.erf(wide), tf.constant(1f))));
    }
    Operand<T> erf = tf.math.erf(tf.math.mul(x, constant((float) Math.sqrt(0.5))));
    return tf.math.mul(tf.math.mul(x, constant(0.5f)), tf.math.add(erf, constant(1)));
  }

  Operand<T> leakyRelu(Operand<T> x) {
    return tf.nn.leakyRelu(x, LeakyRelu.alpha(0.1f));
  }

  Operand<T> add(Operand<T> a, Operand<T> b) {
    return tf.math.add(a, b);
  }

  Operand<T> concatChannels(Operand<T> a, Operand<T> b) {
    return tf.concat(List.of(a, b), tf.constant(3));
  }

  /** Layer normalisation over the channels, statistics in float32. */
  Operand<T> layerNorm(Operand<T> x, String name) {
    Operand<TFloat32> wide = toFloat32(x);
    Operand<TFloat32> mean = channelMean(wide);
    Operand<TFloat32> variance = channelMean(tf.math.squaredDifference(wide, mean));
    Operand<TFloat32> scale = tf.math.rsqrt(tf.math.add(variance, tf.constant(LAYER_NORM_EPSILON)));
    Operand<TFloat32> normalised = tf.math.mul(tf.math.sub(wide, mean), scale);
    return fromFloat32(
        tf.math.add(
            tf.math.mul(normalised, weights.get(name + ".weight", AS_IS)),
            weights.get(name + ".bias", AS_IS)));
  }

  private Operand<TFloat32> channelMean(Operand<TFloat32> x) {
    return tf.math.mean(x, tf.constant(-1), Mean.keepDims(true));
  }

  // -- Blocks --

  /** 1×1 to four times the width, GELU, depthwise 3×3, GELU, 1×1 back. */
  Operand<T> feedForward(Operand<T> x, String name) {
    Operand<T> hidden = gelu(pointwise(x, name + ".net.0"));
    return pointwise(gelu(depthwise(hidden, name + ".net.2")), name + ".net.4");
  }

  /**
   * Spectral-wise self-attention without its queries and keys. They enter only through KᵀQ and
   * their column norms, and with the Gram matrix G = XᵀX these are Wkᵀ·G·Wq and the diagonals of
   * Wkᵀ·G·Wk and Wqᵀ·G·Wq. The projection of the attended values is V·M with M =
   * blockdiag(Aᵀ)·Wproj, so no map but V is ever made.
   *
   * @param mask the mask branch's input, or null for the attention of MST++
   * @param heads number of heads; each has channels / heads columns
   */
  Operand<T> attention(Operand<T> x, Operand<T> mask, String name, int channels, int heads) {
    return attend(x, mask, mixing(gram(x, channels), name, channels, heads), name, channels);
  }

  /** The values of each pixel, mixed and placed, as {@link #attention} does with its matrix M. */
  Operand<T> attend(
      Operand<T> x, Operand<T> mask, Operand<TFloat32> mixing, String name, int channels) {
    Operand<T> values = linear(x, name + ".to_v");
    Operand<T> attended =
        mask == null ? values : tf.math.mul(values, maskGuide(mask, name + ".mm"));
    Operand<T> mixed = batchProduct(attended, fromFloat32(mixing), channels);
    Operand<T> position = position(values, name + ".pos_emb");
    return add(bias(mixed, name + ".proj"), position);
  }

  /** Where a value lies: depthwise 3×3, GELU, depthwise 3×3. */
  Operand<T> position(Operand<T> values, String name) {
    return depthwise(gelu(depthwise(values, name + ".0")), name + ".2");
  }

  /** The Gram matrix XᵀX of each image, [n, c, c]: a sum over pixels. */
  Operand<TFloat32> gram(Operand<T> x, int channels) {
    Operand<TFloat32> rows = rows(toFloat32(x), channels);
    return matmul(rows, rows, BatchMatMul.adjX(true));
  }

  /** The matrix M of {@link #attention}, [n, c, c], from the Gram matrix. */
  Operand<TFloat32> mixing(Operand<TFloat32> gram, String name, int channels, int heads) {
    Operand<TFloat32> key = weights.get(name + ".to_k.weight", LINEAR);
    Operand<TFloat32> query = weights.get(name + ".to_q.weight", LINEAR);
    Operand<TFloat32> gramQuery = matmul(gram, query);
    Operand<TFloat32> keyQuery = matmul(key, gramQuery, BatchMatMul.adjX(true));
    Operand<TFloat32> keyNorm = columnNorm(key, matmul(gram, key));
    Operand<TFloat32> queryNorm = columnNorm(query, gramQuery);
    Operand<TFloat32> cosine =
        tf.math.div(
            keyQuery,
            tf.math.mul(
                tf.expandDims(keyNorm, tf.constant(2)), tf.expandDims(queryNorm, tf.constant(1))));
    Operand<TFloat32> logits = tf.math.mul(cosine, rescale(name, channels, heads));
    Operand<TFloat32> attention =
        tf.nn.softmax(tf.math.add(logits, tf.constant(otherHeads(channels, heads))));
    return matmul(attention, weights.get(name + ".proj.weight", LINEAR), BatchMatMul.adjX(true));
  }

  /** Norms of the columns of X·w, from w and G·w. */
  private Operand<TFloat32> columnNorm(Operand<TFloat32> w, Operand<TFloat32> gramW) {
    Operand<TFloat32> squared = tf.sum(tf.math.mul(w, gramW), tf.constant(1));
    return tf.math.sqrt(tf.math.maximum(squared, tf.constant(SMALLEST_SQUARED_NORM)));
  }

  /** The learned factor of each head, for each of its rows: [c, 1]. */
  private Operand<TFloat32> rescale(String name, int channels, int heads) {
    Operand<TFloat32> perHead =
        tf.reshape(weights.get(name + ".rescale", AS_IS), tf.constant(new int[] {heads, 1}));
    Operand<TFloat32> perRow =
        tf.math.mul(
            perHead, tf.ones(tf.constant(new int[] {heads, channels / heads}), TFloat32.class));
    return tf.reshape(perRow, tf.constant(new int[] {channels, 1}));
  }

  private static float[][] otherHeads(int channels, int heads) {
    int width = channels / heads;
    float[][] offsets = new float[channels][channels];
    for (int row = 0; row < channels; row++) {
      Arrays.fill(offsets[row], OTHER_HEAD);
      int head = row / width * width;
      Arrays.fill(offsets[row], head, head + width, 0);
    }
    return offsets;
  }

  /** Mask branch of MST: e·(1 + σ(depthwise(conv2(e)))) with e = conv1(mask). */
  Operand<T> maskGuide(Operand<T> mask, String name) {
    Operand<T> embedded = bias(pointwise(mask, name + ".conv1"), name + ".conv1");
    Operand<T> context = bias(pointwise(embedded, name + ".conv2"), name + ".conv2");
    Operand<T> gate =
        tf.math.sigmoid(bias(depthwise(context, name + ".depth_conv"), name + ".depth_conv"));
    return add(tf.math.mul(embedded, gate), embedded);
  }

  // -- Products --

  /** Every pixel's channels times one matrix. */
  private Operand<T> product(Operand<T> x, Operand<T> matrix) {
    long in = matrix.shape().get(0);
    Operand<T> rows = tf.reshape(x, tf.constant(new long[] {-1, in}));
    return likePixelsOf(x, tf.linalg.matMul(rows, matrix), matrix.shape().get(1));
  }

  /** Every pixel's channels times the square matrix of its image, [n, c, c]. */
  private Operand<T> batchProduct(Operand<T> x, Operand<T> matrices, int channels) {
    return likePixelsOf(x, tf.train.batchMatMul(rows(x, channels), matrices, type), channels);
  }

  /** The pixels of each image as rows: [n, y·x, c]. */
  private <A extends TFloating> Operand<A> rows(Operand<A> x, int channels) {
    Operand<TInt32> images =
        tf.slice(tf.shape(x), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    return tf.reshape(x, join(images, -1, channels));
  }

  private Operand<T> likePixelsOf(Operand<T> x, Operand<T> rows, long channels) {
    Operand<TInt32> pixels =
        tf.slice(tf.shape(x), tf.constant(new int[] {0}), tf.constant(new int[] {3}));
    return tf.reshape(rows, join(pixels, (int) channels));
  }

  private Operand<TInt32> join(Operand<TInt32> sizes, int... more) {
    return tf.concat(List.of(sizes, tf.constant(more)), tf.constant(0));
  }

  private Operand<TFloat32> matmul(
      Operand<TFloat32> a, Operand<TFloat32> b, BatchMatMul.Options... options) {
    return tf.train.batchMatMul(a, b, TFloat32.class, options);
  }

  // -- Number formats --

  Operand<T> fromFloat32(Operand<TFloat32> x) {
    return cast(x, type);
  }

  Operand<TFloat32> toFloat32(Operand<T> x) {
    return cast(x, TFloat32.class);
  }

  @SuppressWarnings("unchecked")
  private <A extends TFloating, B extends TFloating> Operand<B> cast(
      Operand<A> x, Class<B> target) {
    return x.type() == target ? (Operand<B>) x : tf.dtypes.cast(x, target);
  }

  Operand<T> weight(String name, WeightLayout layout) {
    return fromFloat32(weights.get(name, layout));
  }

  private Operand<T> constant(float value) {
    return fromFloat32(tf.constant(value));
  }
}

package org.skinspectra.model.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * The U of MST: blocks of attention and feed-forward between halvings, a bottleneck, and the way up
 * with skip connections. MST++ stacks several of these; MST is one, guided by a mask at every
 * level.
 *
 * @param <T> number format of the activations
 */
final class SpectralTransformer<T extends TFloating> {

  /** Spectral-wise self-attention of a map, whose residual is added by the caller. */
  interface Attention<T extends TFloating> {

    /**
     * @param mask features of the mask branch, or null without one
     * @param name of the weights, such as {@code body.0.bottleneck.blocks.0.0}
     * @param channels of the map
     * @param heads each of channels / heads columns
     */
    Operand<T> apply(Operand<T> x, Operand<T> mask, String name, int channels, int heads);
  }

  private final Layers<T> layers;
  private final Attention<T> attention;
  private final int features;
  private final List<Integer> blocks;

  /**
   * @param features width of the first level; it doubles with every halving of the sides
   * @param blocks number of blocks on each level, the bottleneck last
   */
  SpectralTransformer(
      Layers<T> layers, Attention<T> attention, int features, List<Integer> blocks) {
    this.layers = layers;
    this.attention = attention;
    this.features = features;
    this.blocks = blocks;
  }

  /**
   * From embedded features to the features that the mapping takes, [n, y, x, features] both.
   *
   * @param mask features of the mask branch, or null without one
   * @param prefix of the weight names, such as {@code body.0.}
   */
  Operand<T> apply(Operand<T> x, Operand<T> mask, String prefix) {
    int depth = blocks.size() - 1;
    Deque<Operand<T>> skips = new ArrayDeque<>();
    Deque<Operand<T>> masks = new ArrayDeque<>();
    for (int level = 0; level < depth; level++) {
      String name = prefix + "encoder_layers." + level;
      x = blocks(x, mask, name + ".0", level);
      skips.push(x);
      x = layers.downsample(x, name + ".1");
      if (mask != null) {
        masks.push(mask);
        mask = layers.downsample(mask, name + ".2");
      }
    }
    x = blocks(x, mask, prefix + "bottleneck", depth);
    for (int step = 0; step < depth; step++) {
      int level = depth - 1 - step;
      String name = prefix + "decoder_layers." + step;
      Operand<T> up = layers.upsample(x, name + ".0");
      x = layers.pointwise(layers.concatChannels(up, skips.pop()), name + ".1");
      mask = mask == null ? null : masks.pop();
      x = blocks(x, mask, name + ".2", level);
    }
    return x;
  }

  private Operand<T> blocks(Operand<T> x, Operand<T> mask, String name, int level) {
    int heads = 1 << level;
    for (int block = 0; block < blocks.get(level); block++) {
      String blockName = name + ".blocks." + block;
      x = layers.add(attention.apply(x, mask, blockName + ".0", features * heads, heads), x);
      Operand<T> normalised = layers.layerNorm(x, blockName + ".1.norm");
      x = layers.add(layers.feedForward(normalised, blockName + ".1.fn"), x);
    }
    return x;
  }
}

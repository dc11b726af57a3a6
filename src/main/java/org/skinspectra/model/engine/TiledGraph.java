package org.skinspectra.model.engine;

import java.util.ArrayList;
import java.util.List;
import org.skinspectra.model.Architecture;
import org.skinspectra.model.Precision;
import org.skinspectra.model.engine.TilePass.Slot;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * One network as passes over tiles, in the order to run them. Convolutions reach a few pixels
 * beyond a tile, its halo; attention sees the whole map by its Gram matrix alone, which is a sum
 * over tiles. So the result is that of the whole image, whatever the tiles.
 *
 * <p>A tile is small enough for the widest maps of the feed-forward blocks, four times as wide as
 * their input, to stay in the processor's caches.
 *
 * @param graph owns the native memory; the caller closes it
 */
record TiledGraph(Graph graph, GraphWeights weights, List<TilePass> passes) {

  /** Name of the slot that holds the input of a stage until it is added to its result. */
  static final String BODY = "body";

  static TiledGraph build(Architecture architecture, Precision precision, DeviceSpec device) {
    TensorFlowRuntime.load();
    Graph graph = new Graph();
    try {
      Ops tf = Ops.create(graph).withDevice(device);
      GraphWeights weights = new GraphWeights(tf, architecture.tensors());
      List<TilePass> passes =
          composed(architecture, tf, weights, NetworkGraph.type(precision)).passes();
      return new TiledGraph(graph, weights, passes);
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  private static <T extends TFloating> Composer<T> composed(
      Architecture architecture, Ops tf, GraphWeights weights, Class<T> type) {
    Composer<T> composer =
        new Composer<>(architecture, tf, new Layers<>(tf, weights, type, Layers.Gelu.FOLDED), type);
    switch (architecture.kind()) {
      case MST_PLUS_PLUS -> composer.mstPlusPlus();
      case MST -> composer.mst();
    }
    return composer;
  }

  /** Puts the passes together, as {@link NetworkGraph} puts its layers together. */
  private static final class Composer<T extends TFloating> {

    private final Architecture architecture;
    private final Ops tf;
    private final Layers<T> layers;
    private final Class<T> type;
    private final Slot image;
    private final Slot body;
    private final List<TilePass> passes = new ArrayList<>();

    Composer(Architecture architecture, Ops tf, Layers<T> layers, Class<T> type) {
      this.architecture = architecture;
      this.tf = tf;
      this.layers = layers;
      this.type = type;
      image = Slot.image(architecture.inputs());
      body = new Slot(BODY, 0, architecture.features());
    }

    List<TilePass> passes() {
      return List.copyOf(passes);
    }

    void mstPlusPlus() {
      double outer = 9.0 * architecture.inputs() * architecture.features();
      TilePassBuilder<T> in = pass("input", 0);
      passes.add(
          in.to(body, in.crop(layers.conv3x3(in.image(image, 1), "conv_in"), 1, 0), false, outer));
      for (int stage = 0; stage < architecture.stages(); stage++) {
        String prefix = "body." + stage + ".";
        String label = "stage " + (stage + 1);
        TilePassBuilder<T> embedding = pass(label + " embedding", 0);
        passes.add(
            embedding.to(
                features(0),
                embedding.crop(
                    layers.conv3x3(embedding.source(body, 1), prefix + "embedding"), 1, 0),
                true,
                conv3x3()));
        transformer(prefix, label, false);
        TilePassBuilder<T> mapping = pass(label + " mapping", 0);
        passes.add(mapping.to(body, mapped(mapping, prefix + "mapping"), false, conv3x3()));
      }
      TilePassBuilder<T> out = pass("output", 0);
      Operand<T> converted = out.crop(layers.conv3x3(out.source(body, 1), "conv_out"), 1, 0);
      Operand<T> embedded = out.crop(layers.conv3x3(out.image(image, 1), "conv_in"), 1, 0);
      passes.add(out.result(layers.add(converted, embedded), conv3x3() + outer));
    }

    void mst() {
      double outer = 9.0 * architecture.inputs() * architecture.features();
      TilePassBuilder<T> in = pass("mask", 0);
      passes.add(in.to(mask(0), embedded(in, "embedding_1"), false, outer));
      TilePassBuilder<T> residual = pass("embedding", 0);
      passes.add(residual.to(body, embedded(residual, "embedding_2"), false, outer));
      TilePassBuilder<T> start = pass("embedding", 0);
      passes.add(start.to(features(0), embedded(start, "embedding_2"), true, outer));
      transformer("", "MST", true);
      TilePassBuilder<T> out = pass("output", 0);
      passes.add(out.result(mapped(out, "mapping"), conv3x3()));
    }

    private Operand<T> embedded(TilePassBuilder<T> pass, String name) {
      return pass.crop(layers.leakyRelu(layers.conv3x3(pass.image(image, 1), name)), 1, 0);
    }

    private Operand<T> mapped(TilePassBuilder<T> pass, String name) {
      Operand<T> converted = pass.crop(layers.conv3x3(pass.source(features(0), 1), name), 1, 0);
      return layers.add(converted, pass.source(body, 0));
    }

    /** The U: from the features of level 0 to those that are mapped. */
    private void transformer(String prefix, String label, boolean masked) {
      int depth = architecture.depth();
      for (int level = 0; level < depth; level++) {
        String name = prefix + "encoder_layers." + level;
        blocks(name + ".0", level, label + " down " + (level + 1), masked);
        passes.add(halved(features(level), features(level + 1), name + ".1", true, label));
        if (masked) {
          passes.add(halved(mask(level), mask(level + 1), name + ".2", false, label));
        }
      }
      blocks(prefix + "bottleneck", depth, label + " bottleneck", masked);
      for (int step = 0; step < depth; step++) {
        int level = depth - 1 - step;
        String name = prefix + "decoder_layers." + step;
        passes.add(doubled(level, name, label));
        blocks(name + ".2", level, label + " up " + (level + 1), masked);
      }
    }

    private TilePass halved(Slot from, Slot to, String name, boolean withGram, String label) {
      TilePassBuilder<T> pass = pass(label + " halving", to.level());
      Operand<T> x = pass.crop(layers.downsample(pass.source(from, 1), name), 1, 0);
      return pass.to(to, x, withGram, 16.0 * from.channels() * to.channels());
    }

    /** Up one level, joined with what that level held on the way down. */
    private TilePass doubled(int level, String name, String label) {
      TilePassBuilder<T> pass = pass(label + " doubling", level);
      Operand<T> up = layers.upsample(pass.source(features(level + 1), 0), name + ".0");
      Operand<T> joined = layers.concatChannels(up, pass.source(features(level), 0));
      double products = 4.0 * architecture.width(level) * architecture.width(level);
      return pass.to(features(level), layers.pointwise(joined, name + ".1"), true, products);
    }

    private void blocks(String name, int level, String label, boolean masked) {
      int count = architecture.blocks(level);
      for (int block = 0; block < count; block++) {
        passes.add(block(name + ".blocks." + block, level, label, masked, block < count - 1));
      }
    }

    /**
     * Attention and feed-forward in one pass. The two depthwise convolutions of the attention reach
     * two pixels, as does its mask; that of the feed-forward one more.
     */
    private TilePass block(String name, int level, String label, boolean masked, boolean gram) {
      TilePassBuilder<T> pass = pass(label, level);
      Slot slot = features(level);
      Operand<T> x = pass.source(slot, 3);
      Operand<T> guide = masked ? pass.source(mask(level), 3) : null;
      Operand<T> attended =
          layers.attend(
              x,
              guide,
              pass.mixing(slot, name + ".0", architecture.heads(level)),
              name + ".0",
              slot.channels());
      Operand<T> sum = pass.crop(layers.add(attended, x), 3, 1);
      Operand<T> fed = layers.feedForward(layers.layerNorm(sum, name + ".1.norm"), name + ".1.fn");
      Operand<T> result = pass.crop(layers.add(fed, sum), 1, 0);
      return pass.to(slot, result, gram, 11.0 * slot.channels() * slot.channels());
    }

    private TilePassBuilder<T> pass(String label, int level) {
      return new TilePassBuilder<>(tf, layers, type, label, level);
    }

    private Slot features(int level) {
      return new Slot("features", level, architecture.width(level));
    }

    private Slot mask(int level) {
      return new Slot("mask", level, architecture.width(level));
    }

    private double conv3x3() {
      return 9.0 * architecture.features() * architecture.features();
    }
  }
}

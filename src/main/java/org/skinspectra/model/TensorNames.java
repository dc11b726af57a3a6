package org.skinspectra.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** Names and shapes of a network's tensors, as in the public PyTorch state dicts. */
final class TensorNames {

  private final Architecture architecture;
  private final Map<String, int[]> shapes = new LinkedHashMap<>();

  private TensorNames(Architecture architecture) {
    this.architecture = architecture;
  }

  static Map<String, int[]> of(Architecture architecture) {
    TensorNames names = new TensorNames(architecture);
    int width = architecture.features();
    if (architecture.kind() == Architecture.Kind.MST) {
      names.put("embedding_1.weight", width, architecture.inputs(), 3, 3);
      names.put("embedding_2.weight", width, architecture.inputs(), 3, 3);
      names.uShape("");
      names.put("mapping.weight", architecture.outputs(), width, 3, 3);
    } else {
      names.put("conv_in.weight", width, architecture.inputs(), 3, 3);
      for (int stage = 0; stage < architecture.stages(); stage++) {
        String prefix = "body." + stage + ".";
        names.put(prefix + "embedding.weight", width, width, 3, 3);
        names.uShape(prefix);
        names.put(prefix + "mapping.weight", width, width, 3, 3);
      }
      names.put("conv_out.weight", architecture.outputs(), width, 3, 3);
    }
    return names.shapes;
  }

  private void uShape(String prefix) {
    int depth = architecture.depth();
    for (int level = 0; level < depth; level++) {
      int width = architecture.width(level);
      String layer = prefix + "encoder_layers." + level + ".";
      attentionBlocks(layer + "0.", level);
      put(layer + "1.weight", 2 * width, width, 4, 4);
      if (hasMask()) {
        put(layer + "2.weight", 2 * width, width, 4, 4);
      }
    }
    attentionBlocks(prefix + "bottleneck.", depth);
    for (int step = 0; step < depth; step++) {
      int level = depth - 1 - step;
      int width = architecture.width(level);
      String layer = prefix + "decoder_layers." + step + ".";
      put(layer + "0.weight", 2 * width, width, 2, 2);
      put(layer + "0.bias", width);
      put(layer + "1.weight", width, 2 * width, 1, 1);
      attentionBlocks(layer + "2.", level);
    }
  }

  private void attentionBlocks(String prefix, int level) {
    int width = architecture.width(level);
    for (int block = 0; block < architecture.blocks(level); block++) {
      String attention = prefix + "blocks." + block + ".0.";
      put(attention + "rescale", architecture.heads(level), 1, 1);
      put(attention + "to_q.weight", width, width);
      put(attention + "to_k.weight", width, width);
      put(attention + "to_v.weight", width, width);
      put(attention + "proj.weight", width, width);
      put(attention + "proj.bias", width);
      put(attention + "pos_emb.0.weight", width, 1, 3, 3);
      put(attention + "pos_emb.2.weight", width, 1, 3, 3);
      if (hasMask()) {
        put(attention + "mm.conv1.weight", width, width, 1, 1);
        put(attention + "mm.conv1.bias", width);
        put(attention + "mm.conv2.weight", width, width, 1, 1);
        put(attention + "mm.conv2.bias", width);
        put(attention + "mm.depth_conv.weight", width, 1, 5, 5);
        put(attention + "mm.depth_conv.bias", width);
      }
      String feedForward = prefix + "blocks." + block + ".1.";
      put(feedForward + "fn.net.0.weight", 4 * width, width, 1, 1);
      put(feedForward + "fn.net.2.weight", 4 * width, 1, 3, 3);
      put(feedForward + "fn.net.4.weight", width, 4 * width, 1, 1);
      put(feedForward + "norm.weight", width);
      put(feedForward + "norm.bias", width);
    }
  }

  private boolean hasMask() {
    return architecture.kind() == Architecture.Kind.MST;
  }

  private void put(String name, int... shape) {
    shapes.put(name, shape);
  }
}

package org.skinspectra.model.engine;

import org.skinspectra.model.Architecture;
import org.skinspectra.model.Precision;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * One network as a TensorFlow graph for images of any size: input {@code [n, y, x, inputs]} with
 * sides that are multiples of {@link #sideMultiple}, output {@code [n, y, x, outputs]}, both
 * float32. The weights are variables; see {@link GraphWeights}.
 *
 * @param graph owns the native memory; the caller closes it
 */
record NetworkGraph(
    Graph graph, Placeholder<TFloat32> input, Operand<TFloat32> output, GraphWeights weights) {

  /** How the attention of a network is computed; both give the same result. */
  enum Attention {
    /** From the Gram matrix; see {@link Layers#attention}. */
    BY_GRAM_MATRIX,
    /** As published; see {@link LiteralAttention}. */
    LITERAL
  }

  /** Sides of the input are padded to multiples of this (the published models use 8). */
  static int sideMultiple(Architecture architecture) {
    return Math.max(8, 1 << architecture.depth());
  }

  static NetworkGraph build(Architecture architecture, Precision precision, DeviceSpec device) {
    return build(architecture, precision, device, Attention.BY_GRAM_MATRIX);
  }

  static NetworkGraph build(
      Architecture architecture, Precision precision, DeviceSpec device, Attention attention) {
    TensorFlowRuntime.load();
    Graph graph = new Graph();
    try {
      Ops tf = Ops.create(graph).withDevice(device);
      return build(architecture, type(precision), graph, tf, attention);
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  static Class<? extends TFloating> type(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> TFloat32.class;
      case BFLOAT16 -> TBfloat16.class;
    };
  }

  private static <T extends TFloating> NetworkGraph build(
      Architecture architecture, Class<T> type, Graph graph, Ops tf, Attention attention) {
    GraphWeights weights = new GraphWeights(tf, architecture.tensors());
    Layers<T> layers = new Layers<>(tf, weights, type, Layers.Gelu.EXACT);
    var transformer =
        new SpectralTransformer<>(
            layers,
            switch (attention) {
              case BY_GRAM_MATRIX -> layers::attention;
              case LITERAL -> new LiteralAttention<>(tf, layers, type);
            },
            architecture.features(),
            architecture.blocks());
    Placeholder<TFloat32> input =
        tf.placeholder(
            TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, architecture.inputs())));
    Operand<T> x = layers.fromFloat32(input);
    Operand<T> result =
        switch (architecture.kind()) {
          case MST_PLUS_PLUS -> mstPlusPlus(architecture, layers, transformer, x);
          case MST -> mst(layers, transformer, x);
        };
    Operand<TFloat32> output = layers.toFloat32(result);
    return new NetworkGraph(graph, input, output, weights);
  }

  /** conv_in, the stacked transformers each with its residual, conv_out and the outer residual. */
  private static <T extends TFloating> Operand<T> mstPlusPlus(
      Architecture architecture,
      Layers<T> layers,
      SpectralTransformer<T> transformer,
      Operand<T> x) {
    Operand<T> embedded = layers.conv3x3(x, "conv_in");
    Operand<T> body = embedded;
    for (int stage = 0; stage < architecture.stages(); stage++) {
      String prefix = "body." + stage + ".";
      Operand<T> features =
          transformer.apply(layers.conv3x3(body, prefix + "embedding"), null, prefix);
      body = layers.add(layers.conv3x3(features, prefix + "mapping"), body);
    }
    return layers.add(layers.conv3x3(body, "conv_out"), embedded);
  }

  /** The mask and the features are both embedded from the input; one guided transformer. */
  private static <T extends TFloating> Operand<T> mst(
      Layers<T> layers, SpectralTransformer<T> transformer, Operand<T> x) {
    Operand<T> mask = layers.leakyRelu(layers.conv3x3(x, "embedding_1"));
    Operand<T> embedded = layers.leakyRelu(layers.conv3x3(x, "embedding_2"));
    Operand<T> features = transformer.apply(embedded, mask, "");
    return layers.add(layers.conv3x3(features, "mapping"), embedded);
  }
}

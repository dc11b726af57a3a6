package org.skinspectra.model.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.skinspectra.model.WeightTensor;
import org.skinspectra.model.Weights;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * The weights of a network as variables of its graph, float32 in TensorFlow's layout. Values are
 * not part of the graph: {@link #assign} puts them into a session and {@link #read} takes them out,
 * so that inference, training and fine-tuning share one graph.
 */
final class GraphWeights {

  /**
   * A weight in the graph.
   *
   * @param variable what a training step changes
   * @param value its value, which the network uses and by which a loss is differentiated; gradients
   *     do not pass through the variable's reference itself
   */
  record Parameter(Variable<TFloat32> variable, Operand<TFloat32> value) {}

  private record Entry(
      WeightLayout layout,
      int[] shape,
      Parameter parameter,
      Placeholder<TFloat32> initial,
      Operand<TFloat32> assignment) {}

  /** Assigned together in one run: few runs, and never a second copy of all weights at once. */
  private static final int BATCH = 32;

  private final Ops tf;
  private final Map<String, int[]> shapes;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * @param shapes name and PyTorch shape of every weight of the network
   */
  GraphWeights(Ops tf, Map<String, int[]> shapes) {
    this.tf = tf;
    this.shapes = shapes;
  }

  /** The value of one weight, whose variable is made at its first use. */
  Operand<TFloat32> get(String name, WeightLayout layout) {
    return entries.computeIfAbsent(name, n -> define(n, layout)).parameter().value();
  }

  private Entry define(String name, WeightLayout layout) {
    int[] shape = shapes.get(name);
    if (shape == null) {
      throw new IllegalArgumentException("The architecture has no weight '" + name + "'.");
    }
    Shape tfShape = Shape.of(layout.tensorFlowShape(shape));
    Variable<TFloat32> variable = tf.variable(tfShape, TFloat32.class);
    Placeholder<TFloat32> initial = tf.placeholder(TFloat32.class, Placeholder.shape(tfShape));
    return new Entry(
        layout,
        shape,
        new Parameter(variable, tf.identity(variable)),
        initial,
        tf.assign(variable, initial));
  }

  /** What can be trained, by weight name, in the order of first use. */
  Map<String, Parameter> parameters() {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    entries.forEach((name, entry) -> parameters.put(name, entry.parameter()));
    return parameters;
  }

  /** Sets every variable of the session to the given weights. */
  void assign(Session session, Weights weights) {
    assign(session, name -> weights.tensor(name).values());
  }

  /**
   * Sets every variable of the session.
   *
   * @param values of a weight by its name, in PyTorch's layout
   */
  void assign(Session session, Function<String, float[]> values) {
    List<String> names = new ArrayList<>(entries.keySet());
    for (int from = 0; from < names.size(); from += BATCH) {
      assign(session, values, names.subList(from, Math.min(from + BATCH, names.size())));
    }
  }

  private void assign(Session session, Function<String, float[]> weights, List<String> names) {
    List<TFloat32> tensors = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      for (String name : names) {
        Entry entry = entries.get(name);
        float[] values = entry.layout().toTensorFlow(entry.shape(), weights.apply(name));
        TFloat32 tensor =
            TFloat32.tensorOf(
                Shape.of(entry.layout().tensorFlowShape(entry.shape())),
                DataBuffers.of(values, true, false));
        tensors.add(tensor);
        runner.feed(entry.initial(), tensor).addTarget(entry.assignment().op());
      }
      runner.run().close();
    } finally {
      tensors.forEach(TFloat32::close);
    }
  }

  /** The present values of the session's variables, by name, in PyTorch's layout. */
  Map<String, WeightTensor> read(Session session) {
    Map<String, WeightTensor> weights = new LinkedHashMap<>();
    entries.forEach(
        (name, entry) -> {
          try (var result = session.runner().fetch(entry.parameter().value()).run()) {
            float[] values = new float[Math.toIntExact(result.get(0).shape().size())];
            ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
            weights.put(
                name,
                new WeightTensor(entry.shape(), entry.layout().toPyTorch(entry.shape(), values)));
          }
        });
    return weights;
  }

  /** Values of all weights in the order of {@link #parameters}, laid out for the variables. */
  Map<String, float[]> inTensorFlowLayout(Weights weights) {
    Map<String, float[]> values = new LinkedHashMap<>();
    entries.forEach(
        (name, entry) ->
            values.put(
                name, entry.layout().toTensorFlow(entry.shape(), weights.tensor(name).values())));
    return values;
  }

  /** The reverse of {@link #inTensorFlowLayout}. */
  Map<String, WeightTensor> inPyTorchLayout(Map<String, float[]> values) {
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    entries.forEach(
        (name, entry) ->
            tensors.put(
                name,
                new WeightTensor(
                    entry.shape(), entry.layout().toPyTorch(entry.shape(), values.get(name)))));
    return tensors;
  }
}

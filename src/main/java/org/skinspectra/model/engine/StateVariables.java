package org.skinspectra.model.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * One more value for every weight, kept as variables of the graph in the weight's own layout: a
 * moment of the optimizer, a running average, a sum of gradients.
 */
final class StateVariables {

  private record Entry(
      Variable<TFloat32> variable, Operand<TFloat32> value, Placeholder<TFloat32> initial) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Operand<TFloat32>> assignments = new LinkedHashMap<>();

  StateVariables(Ops tf, Map<String, GraphWeights.Parameter> parameters) {
    parameters.forEach(
        (name, parameter) -> {
          Shape shape = parameter.variable().shape();
          Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
          Placeholder<TFloat32> initial = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
          entries.put(name, new Entry(variable, tf.identity(variable), initial));
          assignments.put(name, tf.assign(variable, initial));
        });
  }

  Variable<TFloat32> variable(String name) {
    return entries.get(name).variable();
  }

  /** Sets every value; a name that the map lacks is set to zeros. */
  void assign(Session session, Map<String, float[]> values) {
    List<TFloat32> tensors = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      entries.forEach(
          (name, entry) -> {
            Shape shape = entry.variable().shape();
            float[] value = values.get(name);
            if (value == null) {
              value = new float[Math.toIntExact(shape.size())];
            }
            TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(value, true, false));
            tensors.add(tensor);
            runner.feed(entry.initial(), tensor).addTarget(assignments.get(name).op());
          });
      runner.run().close();
    } finally {
      tensors.forEach(TFloat32::close);
    }
  }

  /** The present values, in TensorFlow's layout. */
  Map<String, float[]> read(Session session) {
    Map<String, float[]> values = new LinkedHashMap<>();
    Session.Runner runner = session.runner();
    entries.values().forEach(entry -> runner.fetch(entry.value()));
    try (var result = runner.run()) {
      int i = 0;
      for (String name : entries.keySet()) {
        TFloat32 tensor = (TFloat32) result.get(i++);
        float[] value = new float[Math.toIntExact(tensor.shape().size())];
        tensor.asRawTensor().data().asFloats().read(value);
        values.put(name, value);
      }
    }
    return values;
  }
}

package org.skinspectra.model.engine;

import org.skinspectra.model.Precision;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** How fast TensorFlow multiplies matrices on this CPU at best: the floor of a network's time. */
final class PeakProducts {

  private static final int SIDE = 1024;
  private static final int RUNS = 8;

  private PeakProducts() {}

  /** Multiply-adds a second of the fastest of a few products on all cores. */
  static double measure(Precision precision) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> matrix =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(SIDE, SIDE)));
      Operand<?> product = product(tf, matrix, NetworkGraph.type(precision));
      try (Session session = new Session(graph, TensorFlowDevices.sessionConfig());
          TFloat32 ones = TFloat32.tensorOf(Shape.of(SIDE, SIDE))) {
        double best = Double.POSITIVE_INFINITY;
        for (int run = 0; run < RUNS; run++) {
          best = Math.min(best, seconds(session.runner().feed(matrix, ones), product));
        }
        return (double) SIDE * SIDE * SIDE / best;
      }
    }
  }

  private static <T extends TFloating> Operand<T> product(
      Ops tf, Operand<TFloat32> matrix, Class<T> type) {
    Operand<T> factor = tf.dtypes.cast(matrix, type);
    return tf.linalg.matMul(factor, factor);
  }

  /** Of the product alone, as TensorFlow's trace has it. */
  private static double seconds(Session.Runner runner, Operand<?> product) {
    try (var result = TensorFlowDevices.traced(runner.fetch(product))) {
      return result.getMetadata().orElseThrow().getStepStats().getDevStatsList().stream()
          .flatMap(device -> device.getNodeStatsList().stream())
          .filter(node -> OperationTrace.operation(node).contains("MatMul"))
          .mapToDouble(node -> 1e-9 * (node.getOpEndRelNanos() - node.getOpStartRelNanos()))
          .max()
          .orElseThrow(() -> new IllegalStateException("A product left no trace."));
    }
  }
}

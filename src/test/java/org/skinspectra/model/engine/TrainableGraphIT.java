package org.skinspectra.model.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.model.Architecture;
import org.skinspectra.model.Device;
import org.skinspectra.model.Golden;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Weights;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The graph that reconstructs can be trained: batches, and gradients to every weight. */
class TrainableGraphIT {

  private static final int SIDE = 16;

  @ParameterizedTest
  @ValueSource(strings = {"mstpp_tiny.safetensors", "mst_tiny.safetensors"})
  void gradientsReachEveryWeightAndPredictTheChangeOfTheLoss(String file) {
    Weights weights = Golden.weights(file);
    NetworkGraph network =
        NetworkGraph.build(
            Architecture.infer(weights), Precision.FLOAT32, TensorFlowDevices.resolve(Device.CPU));
    try (TFloat32 batch = randomBatch(1, 4);
        Session session = new Session(network.graph(), TensorFlowDevices.sessionConfig())) {
      Ops tf = Ops.create(network.graph());
      Operand<TFloat32> loss =
          tf.math.mean(tf.math.square(network.output()), tf.constant(new int[] {0, 1, 2, 3}));
      Map<String, GraphWeights.Parameter> parameters = network.weights().parameters();
      Output<?>[] gradients =
          network
              .graph()
              .addGradients(
                  loss.asOutput(),
                  parameters.values().stream()
                      .map(p -> p.value().asOutput())
                      .toArray(Output[]::new));
      network.weights().assign(session, weights);
      double before = loss(session, network, loss, batch);
      float rate = 1e-3f;
      double squaredNorm;
      // Fetched first and fed back, so that no weight changes while a gradient is computed.
      try (Result fetched = fetch(session, network, gradients, batch)) {
        squaredNorm = squaredNorm(parameters.keySet(), fetched);
        Session.Runner step = session.runner();
        int i = 0;
        for (GraphWeights.Parameter parameter : parameters.values()) {
          @SuppressWarnings("unchecked")
          Operand<TFloat32> gradient = (Operand<TFloat32>) gradients[i];
          step.feed(gradient, fetched.get(i++));
          step.addTarget(
              tf.assignSub(parameter.variable(), tf.math.mul(gradient, tf.constant(rate))).op());
        }
        step.run().close();
      }
      double change = loss(session, network, loss, batch) - before;
      assertEquals(-rate * squaredNorm, change, 0.02 * rate * squaredNorm);
    } finally {
      network.graph().close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mstpp_tiny.safetensors"})
  void everyImageOfABatchIsComputedByItself(String file) {
    Weights weights = Golden.weights(file);
    NetworkGraph network =
        NetworkGraph.build(
            Architecture.infer(weights), Precision.FLOAT32, TensorFlowDevices.resolve(Device.CPU));
    try (TFloat32 two = randomBatch(2, 4);
        TFloat32 one = firstOf(two);
        Session session = new Session(network.graph(), TensorFlowDevices.sessionConfig())) {
      network.weights().assign(session, weights);
      float[] both = run(session, network, two);
      float[] alone = run(session, network, one);
      for (int i = 0; i < alone.length; i++) {
        assertEquals(alone[i], both[i], 1e-5);
      }
    } finally {
      network.graph().close();
    }
  }

  private static double loss(
      Session session, NetworkGraph network, Operand<TFloat32> loss, TFloat32 batch) {
    try (var result = session.runner().feed(network.input(), batch).fetch(loss).run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  private static Result fetch(
      Session session, NetworkGraph network, Output<?>[] tensors, TFloat32 batch) {
    Session.Runner runner = session.runner().feed(network.input(), batch);
    for (Output<?> tensor : tensors) {
      runner.fetch(tensor);
    }
    return runner.run();
  }

  private static double squaredNorm(Set<String> names, Result gradients) {
    double total = 0;
    int i = 0;
    for (String name : names) {
      double sum = 0;
      for (float value : values((TFloat32) gradients.get(i++))) {
        sum += (double) value * value;
      }
      assertTrue(sum > 0 && Double.isFinite(sum), name + ": " + sum);
      total += sum;
    }
    return total;
  }

  private static float[] run(Session session, NetworkGraph network, TFloat32 batch) {
    try (var result = session.runner().feed(network.input(), batch).fetch(network.output()).run()) {
      return values((TFloat32) result.get(0));
    }
  }

  private static float[] values(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().size())];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  private static TFloat32 randomBatch(int images, int channels) {
    Random random = new Random(4);
    float[] values = new float[images * SIDE * SIDE * channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return TFloat32.tensorOf(Shape.of(images, SIDE, SIDE, channels), DataBuffers.of(values));
  }

  private static TFloat32 firstOf(TFloat32 batch) {
    float[] values = values(batch);
    float[] first = Arrays.copyOf(values, values.length / 2);
    return TFloat32.tensorOf(Shape.of(1, SIDE, SIDE, 4), DataBuffers.of(first));
  }
}

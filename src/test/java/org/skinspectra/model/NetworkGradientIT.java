package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class NetworkGradientIT {

  /** A small step along the gradient of all weights changes the loss as the gradient says. */
  @ParameterizedTest
  @ValueSource(strings = {"mstpp_tiny.safetensors", "mst_tiny.safetensors"})
  void theGraphCanBeTrained(String model) {
    Weights weights = Golden.weights(model);
    NetworkGraph network =
        NetworkGraph.build(
            Architecture.infer(weights), Precision.FLOAT32, Devices.resolve(Device.CPU));
    List<Tensor> open = new ArrayList<>();
    try (Session session = new Session(network.graph(), Devices.sessionConfig());
        TFloat32 image = randomImage()) {
      Ops tf = Ops.create(network.graph());
      Operand<TFloat32> loss =
          tf.math.mean(tf.math.square(network.output()), tf.constant(new int[] {0, 1, 2, 3}));
      List<Operand<TFloat32>> variables = List.copyOf(network.weights().variables().values());
      Output<?>[] gradients =
          network
              .graph()
              .addGradients(
                  loss.asOutput(),
                  variables.stream().map(Operand::asOutput).toArray(Output[]::new));
      var step = tf.placeholder(TFloat32.class);
      List<Op> updates = new ArrayList<>();
      for (int i = 0; i < gradients.length; i++) {
        updates.add(tf.train.applyGradientDescent(variables.get(i), step, float32(gradients[i])));
      }
      network.weights().assign(session, weights);

      Session.Runner runner = session.runner().feed(network.input(), image);
      for (Output<?> gradient : gradients) {
        runner.fetch(gradient);
      }
      var result = runner.run();
      double squaredNorm = 0;
      for (int i = 0; i < gradients.length; i++) {
        open.add(result.get(i));
        squaredNorm += squaredNorm((TFloat32) result.get(i));
      }
      double size = 0.002 * loss(session, network, image, loss) / squaredNorm;
      descend(session, updates, step, size, gradients, open);
      double below = loss(session, network, image, loss);
      descend(session, updates, step, -2 * size, gradients, open);
      double above = loss(session, network, image, loss);

      assertEquals(weights.tensors().size(), gradients.length);
      assertEquals(1, (above - below) / (2 * size * squaredNorm), 0.02);
    } finally {
      open.forEach(Tensor::close);
      network.graph().close();
    }
  }

  private static double loss(
      Session session, NetworkGraph network, TFloat32 image, Operand<TFloat32> loss) {
    try (var result = session.runner().feed(network.input(), image).fetch(loss).run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  private static void descend(
      Session session,
      List<Op> updates,
      Operand<TFloat32> step,
      double size,
      Output<?>[] gradients,
      List<Tensor> values) {
    try (TFloat32 fed = TFloat32.scalarOf((float) size)) {
      Session.Runner runner = session.runner().feed(step, fed);
      for (int i = 0; i < gradients.length; i++) {
        runner.feed(gradients[i], values.get(i));
      }
      updates.forEach(runner::addTarget);
      runner.run().close();
    }
  }

  private static double squaredNorm(TFloat32 gradient) {
    float[] values = new float[Math.toIntExact(gradient.size())];
    gradient.asRawTensor().data().asFloats().read(values);
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    assertTrue(sum > 0 && sum < Double.POSITIVE_INFINITY, "squared norm " + sum);
    return sum;
  }

  @SuppressWarnings("unchecked")
  private static Operand<TFloat32> float32(Output<?> gradient) {
    return (Operand<TFloat32>) (Operand<?>) gradient;
  }

  private static TFloat32 randomImage() {
    Random random = new Random(4);
    float[] pixels = new float[16 * 24 * 4];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    return TFloat32.tensorOf(Shape.of(1, 16, 24, 4), DataBuffers.of(pixels));
  }
}

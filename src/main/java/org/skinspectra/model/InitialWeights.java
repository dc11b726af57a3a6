package org.skinspectra.model;

import java.util.Arrays;
import java.util.Random;

/**
 * Draws untrained weights from the distributions of the published MST++: linear layers from a
 * normal distribution of standard deviation 0.02, convolutions uniformly within ±1/√fan-in
 * (PyTorch's default for them), norms and head factors one, biases zero.
 *
 * <p>Values are rounded to bfloat16, which costs an untrained weight nothing and halves the size of
 * a compressed file.
 */
final class InitialWeights {

  private static final double LINEAR_DEVIATION = 0.02;

  private final Random random;

  InitialWeights(Random random) {
    this.random = random;
  }

  WeightTensor draw(String name, int[] shape) {
    float[] values = new float[Math.toIntExact(WeightTensor.elements(shape))];
    if (name.endsWith(".bias")) {
      return new WeightTensor(shape, values);
    }
    if (shape.length == 1 || name.endsWith(".rescale")) {
      Arrays.fill(values, 1);
      return new WeightTensor(shape, values);
    }
    double bound = 1 / Math.sqrt(fanIn(shape));
    for (int i = 0; i < values.length; i++) {
      values[i] =
          toBfloat16(
              shape.length == 2
                  ? LINEAR_DEVIATION * random.nextGaussian()
                  : bound * (2 * random.nextDouble() - 1));
    }
    return new WeightTensor(shape, values);
  }

  private static double fanIn(int[] shape) {
    double fanIn = 1;
    for (int axis = 1; axis < shape.length; axis++) {
      fanIn *= shape[axis];
    }
    return fanIn;
  }

  private static float toBfloat16(double value) {
    int bits = Float.floatToRawIntBits((float) value);
    return Float.intBitsToFloat(bits + 0x8000 & 0xFFFF0000);
  }
}

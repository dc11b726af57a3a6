package org.skinspectra.model.engine;

import java.util.Arrays;

/**
 * How a weight tensor of the published PyTorch models is laid out for TensorFlow's channel-last
 * operations. Each layout is a permutation of the axes, so it can be undone without loss.
 */
enum WeightLayout {
  /** Vectors and scalars stay as they are. */
  AS_IS {
    @Override
    int[] permutation(int rank) {
      int[] identity = new int[rank];
      Arrays.setAll(identity, i -> i);
      return identity;
    }

    @Override
    long[] tensorFlowShape(int[] shape) {
      return Arrays.stream(shape).asLongStream().toArray();
    }
  },

  /** Convolution: [out, in, h, w] to [h, w, in, out]. */
  CONVOLUTION(2, 3, 1, 0) {
    @Override
    long[] tensorFlowShape(int[] s) {
      return new long[] {s[2], s[3], s[1], s[0]};
    }
  },

  /** Convolution of one pixel as a matrix: [out, in, 1, 1] to [in, out]. */
  POINTWISE(2, 3, 1, 0) {
    @Override
    long[] tensorFlowShape(int[] s) {
      return new long[] {s[1], s[0]};
    }
  },

  /** Depthwise convolution: [channel, 1, h, w] to [h, w, channel, 1]. */
  DEPTHWISE(2, 3, 0, 1) {
    @Override
    long[] tensorFlowShape(int[] s) {
      return new long[] {s[2], s[3], s[0], s[1]};
    }
  },

  /** Linear layer: [out, in] to [in, out]. */
  LINEAR(1, 0) {
    @Override
    long[] tensorFlowShape(int[] s) {
      return new long[] {s[1], s[0]};
    }
  },

  /**
   * Transposed convolution with stride equal to its kernel: [in, out, h, w] to the matrix [in, (h,
   * w, out)], whose product depth-to-space spreads over h × w pixels.
   */
  TRANSPOSED(0, 2, 3, 1) {
    @Override
    long[] tensorFlowShape(int[] s) {
      return new long[] {s[0], (long) s[1] * s[2] * s[3]};
    }
  };

  private final int[] permutation;

  WeightLayout(int... permutation) {
    this.permutation = permutation;
  }

  /** Axis {@code permutation[i]} of the PyTorch tensor becomes axis {@code i}. */
  int[] permutation(int rank) {
    return permutation;
  }

  abstract long[] tensorFlowShape(int[] pyTorchShape);

  /** Values in TensorFlow's order from values in PyTorch's. */
  float[] toTensorFlow(int[] shape, float[] values) {
    float[] result = new float[values.length];
    int[] source = sourceIndices(shape);
    for (int i = 0; i < result.length; i++) {
      result[i] = values[source[i]];
    }
    return result;
  }

  /** Values in PyTorch's order from values in TensorFlow's: undoes {@link #toTensorFlow}. */
  float[] toPyTorch(int[] shape, float[] values) {
    float[] result = new float[values.length];
    int[] source = sourceIndices(shape);
    for (int i = 0; i < result.length; i++) {
      result[source[i]] = values[i];
    }
    return result;
  }

  /** For every position in TensorFlow's order, the position in PyTorch's. */
  private int[] sourceIndices(int[] shape) {
    int rank = shape.length;
    int[] axes = permutation(rank);
    int[] stride = new int[rank];
    int size = 1;
    for (int axis = rank - 1; axis >= 0; axis--) {
      stride[axis] = size;
      size *= shape[axis];
    }
    int[] source = new int[size];
    int[] position = new int[rank];
    for (int i = 0; i < size; i++) {
      for (int axis = 0; axis < rank; axis++) {
        source[i] += position[axis] * stride[axes[axis]];
      }
      for (int axis = rank - 1; axis >= 0 && ++position[axis] == shape[axes[axis]]; axis--) {
        position[axis] = 0;
      }
    }
    return source;
  }
}

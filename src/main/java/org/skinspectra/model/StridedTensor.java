package org.skinspectra.model;

import java.util.Arrays;
import org.skinspectra.SkinSpectraException;

/**
 * A tensor as PyTorch stores it: a view of a block of elements. Checked to lie within its block.
 *
 * @param storage the block
 * @param offset first element of the view
 * @param shape length of every axis
 * @param strides elements from one index to the next along every axis
 */
record StridedTensor(Storage storage, long offset, int[] shape, long[] strides) {

  /** A block of elements: its entry in the file, its type and its number of elements. */
  record Storage(String key, TensorClass type, long elements) {

    /**
     * @throws SkinSpectraException if no array holds that many elements
     */
    Storage {
      if (elements < 0 || elements > Integer.MAX_VALUE) {
        throw new SkinSpectraException("it holds a storage of " + elements + " elements");
      }
    }
  }

  /**
   * @throws SkinSpectraException if the view leaves its block, or repeats elements of it
   */
  StridedTensor {
    long size;
    try {
      size = WeightTensor.elements(shape);
    } catch (IllegalArgumentException e) {
      throw new SkinSpectraException("it holds an impossible tensor: " + e.getMessage(), e);
    }
    boolean empty = size == 0;
    long end = storage.elements();
    if (shape.length != strides.length || offset < 0 || offset > end || offset == end && !empty) {
      throw outside(storage, offset, shape, strides);
    }
    if (size > storage.elements()) {
      throw new SkinSpectraException(
          "it holds a tensor of shape "
              + WeightTensor.shapeText(shape)
              + " that repeats the "
              + storage.elements()
              + " elements of its storage; save it with .contiguous()");
    }
    long last = offset;
    for (int axis = 0; axis < shape.length; axis++) {
      boolean moves = !empty && shape[axis] > 1;
      if (strides[axis] < 0 || moves && strides[axis] > end) {
        throw outside(storage, offset, shape, strides);
      }
      // Both factors are below 2^31, and so is what came before: no overflow.
      last += moves ? (shape[axis] - 1) * strides[axis] : 0;
      if (!empty && last >= end) {
        throw outside(storage, offset, shape, strides);
      }
    }
  }

  /** Copies the view's elements out of its block into row-major order. */
  WeightTensor gather(float[] block) {
    float[] values = new float[(int) WeightTensor.elements(shape)];
    int[] index = new int[shape.length];
    long position = offset;
    for (int i = 0; i < values.length; i++) {
      values[i] = block[(int) position];
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        position += strides[axis];
        if (++index[axis] < shape[axis]) {
          break;
        }
        position -= index[axis] * strides[axis];
        index[axis] = 0;
      }
    }
    return new WeightTensor(shape, values);
  }

  private static SkinSpectraException outside(
      Storage storage, long offset, int[] shape, long[] strides) {
    return new SkinSpectraException(
        "it holds a tensor of shape "
            + WeightTensor.shapeText(shape)
            + ", strides "
            + Arrays.toString(strides)
            + " and offset "
            + offset
            + " that leaves its storage of "
            + storage.elements()
            + " elements");
  }
}

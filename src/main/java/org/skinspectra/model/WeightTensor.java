package org.skinspectra.model;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One tensor of a trained model, in PyTorch layout: row-major, convolutions as output × input ×
 * height × width, linear layers as output × input.
 *
 * <p>Both arrays are shared, not copied, and must not be changed by anyone.
 *
 * @param shape length of every axis; empty for a scalar
 * @param values the elements, the last axis running fastest
 */
public record WeightTensor(int[] shape, float[] values) {

  private static final int MAX_RANK = 8;

  /**
   * @throws IllegalArgumentException if the shape does not hold as many elements as there are
   *     values
   */
  public WeightTensor {
    if (elements(shape) != values.length) {
      throw new IllegalArgumentException(
          "A tensor of shape "
              + shapeText(shape)
              + " does not hold "
              + values.length
              + " values, but "
              + elements(shape)
              + ".");
    }
  }

  /** A tensor of zeros. */
  public static WeightTensor zeros(int... shape) {
    return new WeightTensor(shape, new float[Math.toIntExact(elements(shape))]);
  }

  /** Number of axes. */
  public int rank() {
    return shape.length;
  }

  /** Number of elements. */
  public int size() {
    return values.length;
  }

  /** The shape for people: {@code [61, 4, 3, 3]}. */
  public String shapeText() {
    return shapeText(shape);
  }

  static String shapeText(int[] shape) {
    return Arrays.stream(shape)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /**
   * Number of elements of a shape.
   *
   * @throws IllegalArgumentException if an axis is negative, there are more than eight of them, or
   *     the product exceeds what one array can hold
   */
  public static long elements(int[] shape) {
    if (shape.length > MAX_RANK) {
      throw new IllegalArgumentException(
          "A tensor has at most " + MAX_RANK + " axes, not " + shape.length + ".");
    }
    long product = 1;
    for (int length : shape) {
      if (length < 0) {
        throw new IllegalArgumentException(
            "The shape " + shapeText(shape) + " has a negative axis.");
      }
      product *= length;
      if (product > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "The shape " + shapeText(shape) + " holds more elements than one tensor can.");
      }
    }
    return product;
  }

  /** Equal shape and bit-identical values. */
  @Override
  public boolean equals(Object other) {
    return other instanceof WeightTensor t
        && Arrays.equals(shape, t.shape)
        && Arrays.equals(values, t.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "WeightTensor" + shapeText();
  }
}

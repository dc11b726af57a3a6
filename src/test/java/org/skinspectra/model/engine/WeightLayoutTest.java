package org.skinspectra.model.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skinspectra.model.WeightTensor;

class WeightLayoutTest {

  @Test
  void movesAConvolutionsChannelsToTheEnd() {
    // out 2, in 1, 1 x 3 taps
    float[] values = {1, 2, 3, 10, 20, 30};
    assertArrayEquals(
        new float[] {1, 10, 2, 20, 3, 30},
        WeightLayout.CONVOLUTION.toTensorFlow(new int[] {2, 1, 1, 3}, values));
    assertArrayEquals(
        new long[] {1, 3, 1, 2}, WeightLayout.CONVOLUTION.tensorFlowShape(new int[] {2, 1, 1, 3}));
  }

  @Test
  void transposesALinearLayer() {
    assertArrayEquals(
        new float[] {1, 4, 2, 5, 3, 6},
        WeightLayout.LINEAR.toTensorFlow(new int[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6}));
  }

  @Test
  void ordersATransposedConvolutionByRowColumnAndChannel() {
    // in 1, out 2, 2 x 2 taps: channel 0 is a b c d, channel 1 is A B C D
    float[] values = {1, 2, 3, 4, 10, 20, 30, 40};
    int[] shape = {1, 2, 2, 2};
    assertArrayEquals(
        new float[] {1, 10, 2, 20, 3, 30, 4, 40},
        WeightLayout.TRANSPOSED.toTensorFlow(shape, values));
    assertArrayEquals(new long[] {1, 8}, WeightLayout.TRANSPOSED.tensorFlowShape(shape));
  }

  @ParameterizedTest
  @EnumSource(WeightLayout.class)
  void canBeUndoneWithoutLoss(WeightLayout layout) {
    int[] shape = layout == WeightLayout.LINEAR ? new int[] {4, 6} : new int[] {4, 3, 2, 5};
    float[] values = new float[Math.toIntExact(WeightTensor.elements(shape))];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    assertArrayEquals(
        values, layout.toPyTorch(shape, layout.toTensorFlow(shape, values)), layout.name());
  }
}

package org.skinspectra.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ArcCosineTest {

  @Test
  void agreesWithMathAcosToABillionthFromMinusOneToOne() {
    double[] cosines = new double[20_001];
    Arrays.setAll(cosines, i -> (i - 10_000) / 10_000.0);
    double[] angles = arcCosines(cosines);
    for (int i = 0; i < cosines.length; i++) {
      double expected = Math.acos(cosines[i]);
      assertEquals(expected, angles[i], 1e-9 * expected, "arccos " + cosines[i]);
    }
  }

  @Test
  void keepsItsPrecisionNextToOne() {
    double oneFloatStepBelowOne = Math.nextDown(1f);
    double expected = Math.acos(oneFloatStepBelowOne);
    assertEquals(expected, arcCosines(new double[] {oneFloatStepBelowOne})[0], 1e-9 * expected);
  }

  @Test
  void isNotANumberForNaNAndOutsideMinusOneToOne() {
    double nan = Double.NaN;
    double[] angles = arcCosines(new double[] {nan, Math.nextUp(1.0), -Math.nextUp(1.0), 7});
    assertArrayEquals(new double[] {nan, nan, nan, nan}, angles);
  }

  private static double[] arcCosines(double[] cosines) {
    double[] angles = new double[cosines.length];
    ArcCosine.fill(angles, cosines, new double[cosines.length], cosines.length);
    return angles;
  }
}

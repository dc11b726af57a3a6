package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;

class LinearityCurveTest {

  private static final LinearityCurve BENT =
      LinearityCurve.of(new double[] {0, 100, 200}, new double[] {0, 100, 300});

  @Test
  void theIdentityChangesNothing() {
    for (double value : new double[] {-5, 0, 0.5, 1, 4095, 65535}) {
      assertEquals(value, LinearityCurve.identity().apply(value));
    }
    assertTrue(LinearityCurve.identity().isIdentity());
    assertFalse(BENT.isIdentity());
  }

  @Test
  void isLinearBetweenItsPointsAndGoesOnBeyondThem() {
    assertArrayEquals(
        new double[] {-10, 0, 50, 100, 200, 300, 320},
        DoubleStream.of(-10, 0, 50, 100, 150, 200, 210).map(BENT::apply).toArray(),
        1e-12);
    assertArrayEquals(new float[] {50, 200}, BENT.apply(new float[] {50, 150}, 1, 2), 1e-5f);
  }

  @Test
  void isFixedOnceMade() {
    double[] dn = {0, 10};
    LinearityCurve curve = LinearityCurve.of(dn, new double[] {0, 20});
    dn[1] = 5;
    curve.digitalNumbers()[1] = 5;
    assertEquals(20, curve.apply(10));
  }

  @Test
  void refusesWhatDoesNotRise() {
    refuses(new double[] {0, 10, 20}, new double[] {0, 5, 5}, "goes from 5.0 to 5.0");
    refuses(new double[] {0, 10, 10}, new double[] {0, 5, 6}, "from 10.0 to 10.0");
    refuses(new double[] {0, 10}, new double[] {5, 1}, "must rise");
  }

  @Test
  void refusesWhatIsNoTable() {
    refuses(new double[] {0}, new double[] {0}, "at least two points");
    refuses(new double[] {0, 1, 2}, new double[] {0, 1}, "3 digital numbers and 2");
    refuses(new double[] {0, Double.NaN}, new double[] {0, 1}, "Point 2");
    refuses(new double[] {0, 1}, new double[] {0, Double.POSITIVE_INFINITY}, "Infinity");
  }

  private static void refuses(double[] dn, double[] linear, String reason) {
    var error = assertThrows(SkinSpectraException.class, () -> LinearityCurve.of(dn, linear));
    assertTrue(error.getMessage().contains(reason), error.getMessage());
  }
}

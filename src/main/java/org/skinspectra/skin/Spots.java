package org.skinspectra.skin;

import java.util.function.DoubleBinaryOperator;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.util.FastMath;

/** Round spots such as moles, here and there in a view. */
final class Spots {

  private static final int MOST = 9;

  private Spots() {}

  /**
   * None to nine spots, each of its own strength up to 1.
   *
   * @param smallest radius in scene lengths
   * @param largest radius in scene lengths
   */
  static DoubleBinaryOperator over(
      RandomGenerator random, View view, double smallest, double largest) {
    int count = (int) ((MOST + 1) * random.nextDouble() * random.nextDouble());
    double[][] spots = new double[count][];
    for (int i = 0; i < count; i++) {
      int column = random.nextInt(view.width());
      int row = random.nextInt(view.height());
      spots[i] =
          new double[] {
            view.x(column, row),
            view.y(column, row),
            smallest * FastMath.pow(largest / smallest, random.nextDouble()),
            0.4 + 0.6 * random.nextDouble()
          };
    }
    double edge = Math.max(0.2 * smallest, view.pixel());
    return (x, y) -> strongest(spots, edge, x, y);
  }

  private static double strongest(double[][] spots, double edge, double x, double y) {
    double strongest = 0;
    for (double[] spot : spots) {
      double dx = x - spot[0];
      double dy = y - spot[1];
      double distance = Math.sqrt(dx * dx + dy * dy);
      strongest =
          Math.max(strongest, spot[3] * (1 - FaceGeometry.step((distance - spot[2]) / edge)));
    }
    return strongest;
  }
}

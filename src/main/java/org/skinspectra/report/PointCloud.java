package org.skinspectra.report;

/**
 * Points of a figure that share a colour.
 *
 * @param label their name in the legend
 * @param points {@code [point][x, y]}; what is not finite is left out
 */
public record PointCloud(String label, double[][] points) {

  /**
   * @throws IllegalArgumentException if a point has no x and y
   */
  public PointCloud {
    for (double[] point : points) {
      if (point.length != 2) {
        throw new IllegalArgumentException(
            "A point of '" + label + "' has " + point.length + " coordinates instead of x and y.");
      }
    }
  }
}

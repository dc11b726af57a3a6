package org.skinspectra.skin;

import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.util.FastMath;

/** Two materials that mix over a pattern, brighter here and darker there. */
final class MaterialSurface implements Surface {

  private static final double DIMMEST = 0.2;

  /** How two materials share a surface. */
  private enum Pattern {
    PLAIN,
    SMOOTH,
    BLOTCHES,
    STRIPES,
    WEAVE
  }

  private final double[] first;
  private final double[] second;
  private final Pattern pattern;
  private final SmoothNoise mix;
  private final SmoothNoise brightness;
  private final double contrast;
  private final double alongX;
  private final double alongY;

  /**
   * @param pixel length of a pixel in the scene
   * @param unit length over which patterns are of a size to be seen
   */
  MaterialSurface(
      double[] first,
      double[] second,
      SmoothNoise noise,
      RandomGenerator random,
      double pixel,
      double unit) {
    this.first = first;
    this.second = second;
    this.pattern = Pattern.values()[random.nextInt(Pattern.values().length)];
    this.mix = noise.another(random, (1 + 7 * random.nextDouble()) / unit, 2);
    double finest = 0.5 / pixel;
    double coarsest = 2 / unit;
    double cells = coarsest * FastMath.pow(Math.max(finest / coarsest, 1), random.nextDouble());
    this.brightness = noise.another(random, cells, 3);
    this.contrast = 0.25 * random.nextDouble() * random.nextDouble();
    double turn = 2 * Math.PI * random.nextDouble();
    double lines = 2 * Math.PI / (unit * 0.02 * FastMath.pow(20, random.nextDouble()));
    this.alongX = lines * FastMath.cos(turn);
    this.alongY = lines * FastMath.sin(turn);
  }

  @Override
  public double reflectance(int column, int row, double x, double y, double[] into) {
    double light = Math.max(DIMMEST, 1 + contrast * brightness.at(x, y));
    double share = secondShare(x, y);
    for (int i = 0; i < into.length; i++) {
      into[i] = light * (first[i] + share * (second[i] - first[i]));
    }
    return 0;
  }

  private double secondShare(double x, double y) {
    return switch (pattern) {
      case PLAIN -> 0;
      case SMOOTH -> FaceGeometry.step(0.7 * mix.at(x, y));
      case BLOTCHES -> FaceGeometry.step(6 * mix.at(x, y));
      case STRIPES -> FaceGeometry.step(3 * FastMath.sin(alongX * x + alongY * y));
      case WEAVE ->
          0.5 + 0.5 * FastMath.sin(alongX * x + alongY * y) * FastMath.sin(alongX * y - alongY * x);
    };
  }
}

package org.skinspectra.skin;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.spectra.Wavelengths;

/**
 * One person's skin over an image. The smooth maps are followed on a lattice of every {@value
 * #STEP}th pixel, between whose spectra lies a straight line; features are sharp to the pixel and
 * multiply it by how they change the person's average skin.
 */
final class SkinSurface implements Surface {

  private static final int STEP = 4;
  private static final int LEVELS = 4;
  private static final int BANDS = Wavelengths.VIS_NIR.size();

  /** The lattice cannot follow cells smaller than this, in pixels. */
  private static final double SMALLEST_CELL = 1.5 * STEP;

  private record Feature(double[][] ratios, DoubleBinaryOperator strength) {}

  private final PersonalSkin person;
  private final View view;
  private final SmoothNoise[] maps = new SmoothNoise[SkinSpot.MAPS];
  private final Map<SkinFeature, Feature> features = new EnumMap<>(SkinFeature.class);
  private final int nodesAcross;
  private final double[][] nodes;

  /**
   * Skin without features.
   *
   * @param site size of a place of much the same colour, in scene lengths
   */
  SkinSurface(
      PersonalSkin person, View view, SmoothNoise noise, RandomGenerator random, double site) {
    this.person = person;
    this.view = view;
    double finest = 1 / (SMALLEST_CELL * view.pixel());
    for (int i = 0; i < maps.length; i++) {
      double cells = Math.min((0.7 + random.nextDouble()) / site, finest);
      int octaves = 1 + (int) Math.min(2, FastMath.log(2, finest / cells));
      maps[i] = noise.another(random, cells, octaves);
    }
    nodesAcross = view.width() / STEP + 2;
    nodes = new double[nodesAcross * (view.height() / STEP + 2)][];
  }

  /** Adds a feature of a strength, 0 to 1, that depends on the place in the scene. */
  SkinSurface with(SkinFeature feature, DoubleBinaryOperator strength) {
    double[] bare = new double[BANDS];
    person.spectrum(SkinSpot.bare(new double[SkinSpot.MAPS]), bare);
    double[][] ratios = new double[LEVELS + 1][BANDS];
    for (int level = 0; level <= LEVELS; level++) {
      person.spectrum(SkinSpot.average(feature, (double) level / LEVELS), ratios[level]);
      for (int i = 0; i < BANDS; i++) {
        ratios[level][i] /= bare[i];
      }
    }
    features.put(feature, new Feature(ratios, strength));
    return this;
  }

  @Override
  public double reflectance(int column, int row, double x, double y, double[] into) {
    double u = (double) (column % STEP) / STEP;
    double v = (double) (row % STEP) / STEP;
    int node = row / STEP * nodesAcross + column / STEP;
    double[] a = node(node);
    double[] b = node(node + 1);
    double[] c = node(node + nodesAcross);
    double[] d = node(node + nodesAcross + 1);
    double atA = (1 - u) * (1 - v);
    double atB = u * (1 - v);
    double atC = (1 - u) * v;
    double atD = u * v;
    for (int i = 0; i < into.length; i++) {
      into[i] = atA * a[i] + atB * b[i] + atC * c[i] + atD * d[i];
    }
    for (Feature feature : features.values()) {
      double strength = feature.strength.applyAsDouble(x, y);
      if (strength > 0) {
        multiply(into, feature.ratios, Math.min(strength, 1) * LEVELS);
      }
    }
    return 1;
  }

  private static void multiply(double[] spectrum, double[][] ratios, double level) {
    int below = Math.min((int) level, LEVELS - 1);
    double part = level - below;
    double[] low = ratios[below];
    double[] high = ratios[below + 1];
    for (int i = 0; i < spectrum.length; i++) {
      spectrum[i] *= low[i] + part * (high[i] - low[i]);
    }
  }

  private double[] node(int index) {
    if (nodes[index] == null) {
      int column = index % nodesAcross * STEP;
      int row = index / nodesAcross * STEP;
      double x = view.x(column, row);
      double y = view.y(column, row);
      double[] values = new double[maps.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = maps[i].at(x, y);
      }
      nodes[index] = new double[BANDS];
      person.spectrum(SkinSpot.bare(values), nodes[index]);
    }
    return nodes[index];
  }
}

package org.skinspectra.skin;

import java.util.Arrays;
import java.util.List;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/** Paints layers under a light into a cube. */
final class ScenePainter {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  /** What shows through less than this is not painted. */
  private static final double OPAQUE = 1e-3;

  private final View view;
  private final Lighting lighting;
  private final List<Layer> layers;
  private final double[][] heights;

  private ScenePainter(View view, Lighting lighting, List<Layer> layers) {
    this.view = view;
    this.lighting = lighting;
    this.layers = layers;
    this.heights = new double[layers.size()][];
  }

  /**
   * Paints the layers, the first in front; the last has to cover the image.
   *
   * @return values are at least 0
   */
  static RenderedScene paint(View view, Lighting lighting, List<Layer> layers) {
    return new ScenePainter(view, lighting, layers).paint();
  }

  private RenderedScene paint() {
    SpectralCube truth = SpectralCube.zeros(view.width(), view.height(), GRID);
    float[][] planes = truth.planes();
    float[] skin = new float[view.width() * view.height()];
    double[] reflectance = new double[planes.length];
    double[] pixel = new double[planes.length];
    for (int row = 0; row < view.height(); row++) {
      for (int column = 0; column < view.width(); column++) {
        int index = row * view.width() + column;
        Arrays.fill(pixel, 0);
        skin[index] = pixel(column, row, reflectance, pixel) > 0.5 ? 1 : 0;
        for (int band = 0; band < planes.length; band++) {
          planes[band][index] = (float) pixel[band];
        }
      }
    }
    return new RenderedScene(truth, new Mask(view.width(), view.height(), skin));
  }

  private double pixel(int column, int row, double[] reflectance, double[] sum) {
    double x = view.x(column, row);
    double y = view.y(column, row);
    double seen = 1;
    double skin = 0;
    for (int n = 0; n < layers.size() && seen > OPAQUE; n++) {
      Layer layer = layers.get(n);
      double edge = Math.max(layer.softness(), view.pixel());
      double share = seen * FaceGeometry.step(layer.outline().applyAsDouble(x, y) / edge);
      if (share <= OPAQUE) {
        continue;
      }
      seen -= share;
      skin += share * layer.surface().reflectance(column, row, x, y, reflectance);
      double height = height(n, column, row);
      double slopeX = (height - height(n, column + 1, row)) / view.pixel();
      double slopeY = (height - height(n, column, row + 1)) / view.pixel();
      double norm = Math.sqrt(1 + slopeX * slopeX + slopeY * slopeY);
      double open = share * layer.openness().applyAsDouble(x, y);
      double nx = slopeX / norm;
      double ny = slopeY / norm;
      double nz = 1 / norm;
      double light = open * lighting.shading(x, y, nx, ny, nz);
      double gloss = open * layer.gloss() * lighting.gloss(x, y, nx, ny, nz);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += light * reflectance[i] + gloss;
      }
    }
    return skin;
  }

  private double height(int layer, int column, int row) {
    int across = view.width() + 1;
    if (heights[layer] == null) {
      heights[layer] = new double[across * (view.height() + 1)];
      Arrays.fill(heights[layer], Double.NaN);
    }
    int index = row * across + column;
    double height = heights[layer][index];
    if (Double.isNaN(height)) {
      height = layers.get(layer).height().applyAsDouble(view.x(column, row), view.y(column, row));
      heights[layer][index] = height;
    }
    return height;
  }
}

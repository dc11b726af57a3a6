package org.skinspectra.model.engine;

import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** Takes the tiles of the result apart into one plane a band, without the padding. */
final class PlanarTarget implements TileTarget {

  private final int width;
  private final int height;
  private final float[][] planes;

  PlanarTarget(int width, int height, int bands) {
    this.width = width;
    this.height = height;
    planes = new float[bands][width * height];
  }

  @Override
  public void write(Window window, TType tile) {
    int bands = planes.length;
    float[] values = new float[Math.toIntExact(window.pixels() * bands)];
    ((TFloat32) tile).asRawTensor().data().asFloats().read(values);
    int columns = Math.min(window.endX(), width) - window.x();
    for (int y = window.y(); y < Math.min(window.endY(), height); y++) {
      int row = (y - window.y()) * window.width() * bands;
      for (int band = 0; band < bands; band++) {
        float[] plane = planes[band];
        int target = y * width + window.x();
        for (int x = 0, source = row + band; x < columns; x++, source += bands) {
          plane[target + x] = values[source];
        }
      }
    }
  }

  /** The planes, [band][y · width + x]. */
  float[][] planes() {
    return planes;
  }
}

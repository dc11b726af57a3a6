package org.skinspectra.model.engine;

import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The Gram matrix of a map as the sum of those of its tiles. Summed in double precision and in the
 * order of the tiles, whichever thread was first: the same image gives the same bits, and the size
 * of the tiles hardly shows in a float. For several threads.
 */
final class GramSum {

  private final int channels;
  private final float[][] tiles;

  GramSum(int channels, int tiles) {
    this.channels = channels;
    this.tiles = new float[tiles][];
  }

  /** Takes the matrix of one tile, [1, c, c]. */
  void put(int tile, TFloat32 matrix) {
    float[] values = new float[channels * channels];
    matrix.asRawTensor().data().asFloats().read(values);
    tiles[tile] = values;
  }

  /** The matrix of the whole map, [1, c, c]; the caller closes it. */
  TFloat32 tensor() {
    float[] whole = new float[channels * channels];
    for (int i = 0; i < whole.length; i++) {
      double sum = 0;
      for (float[] tile : tiles) {
        sum += tile[i];
      }
      whole[i] = (float) sum;
    }
    TFloat32 tensor = TFloat32.tensorOf(Shape.of(1, channels, channels));
    tensor.asRawTensor().data().asFloats().write(whole);
    return tensor;
  }
}

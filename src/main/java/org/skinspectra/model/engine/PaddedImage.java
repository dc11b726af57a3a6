package org.skinspectra.model.engine;

import java.util.stream.IntStream;
import org.skinspectra.cube.Msi;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;

/**
 * Geometry between an image and the network's tensors: padded at the bottom and at the right by
 * reflection (the edge pixel is not repeated) to sides the network can halve, cropped afterwards.
 *
 * <p>Reflection reaches as far as the image minus one pixel. Padding is at most {@code multiple -
 * 1} pixels, so with sides of at least {@code multiple} it always suffices; for smaller images
 * (deep networks only) the reflection goes to and fro.
 */
record PaddedImage(int width, int height, int paddedWidth, int paddedHeight) {

  static PaddedImage of(Msi msi, int multiple) {
    return new PaddedImage(
        msi.width(), msi.height(), roundUp(msi.width(), multiple), roundUp(msi.height(), multiple));
  }

  private static int roundUp(int side, int multiple) {
    return Math.multiplyExact((side + multiple - 1) / multiple, multiple);
  }

  long pixels() {
    return (long) paddedWidth * paddedHeight;
  }

  /** The first {@code channels} channels as a tensor [1, paddedHeight, paddedWidth, channels]. */
  TFloat32 toTensor(Msi msi, int channels) {
    TFloat32 tensor = TFloat32.tensorOf(Shape.of(1, paddedHeight, paddedWidth, channels));
    FloatDataBuffer data = tensor.asRawTensor().data().asFloats();
    float[] row = new float[paddedWidth * channels];
    for (int y = 0; y < paddedHeight; y++) {
      int sourceY = reflect(y, height);
      for (int x = 0; x < paddedWidth; x++) {
        int source = (sourceY * width + reflect(x, width)) * msi.channels();
        System.arraycopy(msi.pixels(), source, row, x * channels, channels);
      }
      data.offset((long) y * row.length).write(row);
    }
    return tensor;
  }

  /** The planes of a tensor [1, paddedHeight, paddedWidth, bands], cropped. */
  float[][] planes(TFloat32 tensor, int bands) {
    float[][] planes = new float[bands][width * height];
    FloatDataBuffer data = tensor.asRawTensor().data().asFloats();
    IntStream.range(0, height)
        .parallel()
        .forEach(
            y -> {
              float[] row = new float[width * bands];
              data.offset((long) y * paddedWidth * bands).read(row);
              for (int band = 0; band < bands; band++) {
                float[] plane = planes[band];
                int target = y * width;
                for (int source = band; source < row.length; source += bands) {
                  plane[target++] = row[source];
                }
              }
            });
    return planes;
  }

  /** Index in 0 … size - 1 that position {@code i} of the padded side shows. */
  static int reflect(int i, int size) {
    int period = Math.max(1, 2 * (size - 1));
    int folded = i % period;
    return folded < size ? folded : period - folded;
  }
}

package org.skinspectra.model.engine;

import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.types.family.TType;

/** A feature map in memory. */
final class MemoryMap implements FeatureMap {

  private final TType tensor;
  private final ByteDataBuffer bytes;
  private final long rowBytes;
  private final long pixelBytes;

  /**
   * The map that a tensor [1, y, x, channel] is.
   *
   * @param tensor closed with the map
   */
  MemoryMap(TType tensor) {
    this.tensor = tensor;
    bytes = tensor.asRawTensor().data();
    rowBytes = bytes.size() / tensor.shape().get(1);
    pixelBytes = rowBytes / tensor.shape().get(2);
  }

  /** An empty map; its values are undefined until they are written. */
  static MemoryMap allocate(Class<? extends TType> type, int height, int width, int channels) {
    return new MemoryMap(Tensor.of(type, Shape.of(1, height, width, channels)));
  }

  @Override
  public void read(Window window, TType target) {
    ByteDataBuffer out = target.asRawTensor().data();
    long row = window.width() * pixelBytes;
    for (int y = 0; y < window.height(); y++) {
      bytes.slice(offset(window, y), row).copyTo(out.slice(y * row, row), row);
    }
  }

  @Override
  public void write(Window window, TType source) {
    ByteDataBuffer in = source.asRawTensor().data();
    long row = window.width() * pixelBytes;
    for (int y = 0; y < window.height(); y++) {
      in.slice(y * row, row).copyTo(bytes.slice(offset(window, y), row), row);
    }
  }

  private long offset(Window window, int y) {
    return (window.y() + y) * rowBytes + window.x() * pixelBytes;
  }

  @Override
  public void close() {
    tensor.close();
  }
}

package org.skinspectra.format;

import io.jhdf.object.message.DataLayout;
import io.jhdf.object.message.DataLayoutMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Says that a B-tree of version 1 leads to the chunks of a data set, as every HDF5 library since
 * 1.6 reads it (HDF5 File Format Specification 3.0, IV.A.2.i, version 3). jHDF 0.13 writes another
 * index, which came with HDF5 1.10.
 */
final class HdfChunkLayout extends DataLayoutMessage {

  private static final int VERSION = 3;
  private static final int CHUNKED = 2;

  private final long tree;
  private final int[] shape;
  private final int bytes;

  /**
   * @param tree address of its root
   * @param shape of a chunk
   * @param bytes of one number
   */
  HdfChunkLayout(long tree, int[] shape, int bytes) {
    super(BASIC_FLAGS);
    this.tree = tree;
    this.shape = shape.clone();
    this.bytes = bytes;
  }

  @Override
  public DataLayout getDataLayout() {
    return DataLayout.CHUNKED;
  }

  @Override
  public ByteBuffer toBuffer() {
    ByteBuffer message =
        ByteBuffer.allocate(3 + Long.BYTES + (shape.length + 1) * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    message.put((byte) VERSION).put((byte) CHUNKED).put((byte) (shape.length + 1)).putLong(tree);
    for (int length : shape) {
      message.putInt(length);
    }
    return message.putInt(bytes).flip();
  }
}

package org.skinspectra.format;

import io.jhdf.api.Attribute;
import io.jhdf.api.Node;
import io.jhdf.api.WritableAttributeImpl;
import io.jhdf.object.datatype.DataType;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Text of a fixed length in ASCII, as MATLAB writes its attributes; jHDF 0.13 would write UTF-8
 * with a zero behind it.
 */
final class HdfText extends DataType {

  /**
   * Class 3, version 1, padding and characters 0 (HDF5 File Format Specification 3.0, IV.A.2.d).
   */
  private static final int CLASS_AND_VERSION = 0x13;

  private HdfText(int length) {
    super(
        ByteBuffer.allocate(2 * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(CLASS_AND_VERSION)
            .putInt(length)
            .flip());
  }

  /** An attribute with a text as its value. */
  static Attribute attribute(String name, Node node, String value) {
    DataType type = new HdfText(value.length());
    return new WritableAttributeImpl(name, node, value) {
      @Override
      public DataType getDataType() {
        return type;
      }
    };
  }

  @Override
  public Class<?> getJavaType() {
    return String.class;
  }

  @Override
  public ByteBuffer toBuffer() {
    return toBufferBuilder().build();
  }

  @Override
  public ByteBuffer encodeData(Object data) {
    return ByteBuffer.wrap(((String) data).getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public Object fillData(ByteBuffer buffer, int[] dimensions, HdfBackingStorage storage) {
    throw new UnsupportedOperationException("This type is for writing.");
  }
}

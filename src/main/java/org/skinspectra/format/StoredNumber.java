package org.skinspectra.format;

import java.nio.ByteBuffer;
import java.util.Locale;

/** How files of others store one number, beyond the types that are written. */
enum StoredNumber {
  INT8(1),
  UINT8(1),
  INT16(2),
  UINT16(2),
  INT32(4),
  UINT32(4),
  INT64(8),
  UINT64(8),
  FLOAT32(4),
  FLOAT64(8);

  private static final double TWO_TO_64 = 0x1p64;

  private final int bytes;

  StoredNumber(int bytes) {
    this.bytes = bytes;
  }

  /** Its name in Zarr 3 and in many other formats: {@code uint16}. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isWhole() {
    return this != FLOAT32 && this != FLOAT64;
  }

  int bytes() {
    return bytes;
  }

  /**
   * Reads numbers that lie evenly apart, in the byte order of the buffer, whose position stays.
   *
   * @param from offset of the first, in bytes
   * @param stride from one to the next, in bytes
   */
  void read(ByteBuffer buffer, int from, int stride, float[] into, int start, int count) {
    if (this == FLOAT32 && stride == bytes) {
      buffer
          .slice(from, count * bytes)
          .order(buffer.order())
          .asFloatBuffer()
          .get(into, start, count);
      return;
    }
    for (int i = 0, at = from; i < count; i++, at += stride) {
      into[start + i] = at(buffer, at);
    }
  }

  private float at(ByteBuffer buffer, int at) {
    return switch (this) {
      case INT8 -> buffer.get(at);
      case UINT8 -> buffer.get(at) & 0xff;
      case INT16 -> buffer.getShort(at);
      case UINT16 -> buffer.getShort(at) & 0xffff;
      case INT32 -> buffer.getInt(at);
      case UINT32 -> buffer.getInt(at) & 0xffffffffL;
      case INT64 -> buffer.getLong(at);
      case UINT64 -> unsigned(buffer.getLong(at));
      case FLOAT32 -> buffer.getFloat(at);
      case FLOAT64 -> (float) buffer.getDouble(at);
    };
  }

  private static float unsigned(long value) {
    return (float) (value >= 0 ? value : value + TWO_TO_64);
  }
}

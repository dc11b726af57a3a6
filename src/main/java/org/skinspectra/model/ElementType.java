package org.skinspectra.model;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Floating-point element types of stored tensors. All become float32 when they are read. */
enum ElementType {
  F32(4) {
    @Override
    float next(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  F64(8) {
    @Override
    float next(ByteBuffer bytes) {
      return (float) bytes.getDouble();
    }
  },
  F16(2) {
    @Override
    float next(ByteBuffer bytes) {
      return halfToFloat(bytes.getShort());
    }
  },
  BF16(2) {
    @Override
    float next(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << 16);
    }
  };

  private static final int CHUNK_BYTES = 1 << 16;

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Size of one element in bytes. */
  int bytes() {
    return bytes;
  }

  abstract float next(ByteBuffer bytes);

  /**
   * Reads {@code count} elements.
   *
   * @throws EOFException if the stream ends before the last of them
   */
  float[] read(InputStream in, int count, ByteOrder order) throws IOException {
    float[] values = new float[count];
    byte[] chunk = new byte[CHUNK_BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(chunk).order(order);
    int done = 0;
    while (done < count) {
      int elements = Math.min(count - done, CHUNK_BYTES / bytes);
      if (in.readNBytes(chunk, 0, elements * bytes) < elements * bytes) {
        throw new EOFException("the data end before element " + (done + elements));
      }
      buffer.clear();
      for (int i = 0; i < elements; i++) {
        values[done++] = next(buffer);
      }
    }
    return values;
  }

  /** IEEE 754 binary16 to binary32, exact for every value. */
  private static float halfToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >> 10 & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1f ? 0xff : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}

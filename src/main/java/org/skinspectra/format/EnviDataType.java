package org.skinspectra.format;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Samples on disk, by ENVI's number of the data type. */
enum EnviDataType {
  UINT8(1, 1),
  INT16(2, 2),
  INT32(3, 4),
  FLOAT32(4, 4),
  FLOAT64(5, 8),
  UINT16(12, 2),
  UINT32(13, 4),
  INT64(14, 8),
  UINT64(15, 8);

  private final int number;
  private final int bytes;

  EnviDataType(int number, int bytes) {
    this.number = number;
    this.bytes = bytes;
  }

  /** The type that a header states; complex numbers are no reflectance. */
  static EnviDataType of(EnviHeader header) {
    long number = header.whole("data type", 0, 100);
    for (EnviDataType type : values()) {
      if (type.number == number) {
        return type;
      }
    }
    if (number == 6 || number == 9) {
      throw header.error(
          "data type " + number + " is complex, which no reflectance is; save its real part alone");
    }
    throw header.error(
        "data type %s is not read; %s are",
        Long.toString(number),
        Arrays.stream(values())
            .map(type -> Integer.toString(type.number))
            .collect(Collectors.joining(", ")));
  }

  /** The type in which samples are written. */
  static EnviDataType of(SampleType type) {
    return switch (type) {
      case UINT8 -> UINT8;
      case FLOAT32 -> FLOAT32;
      case FLOAT64 -> FLOAT64;
      case UINT16 -> UINT16;
    };
  }

  int number() {
    return number;
  }

  int bytes() {
    return bytes;
  }

  /** Samples from the buffer's position on, in its byte order, each as the nearest float. */
  void get(ByteBuffer in, float[] out, int start, int count) {
    switch (this) {
      case FLOAT32 -> in.asFloatBuffer().get(out, start, count);
      case UINT16 -> {
        ShortBuffer shorts = in.asShortBuffer();
        for (int i = 0; i < count; i++) {
          out[start + i] = shorts.get(i) & 0xffff;
        }
      }
      case INT16 -> {
        ShortBuffer shorts = in.asShortBuffer();
        for (int i = 0; i < count; i++) {
          out[start + i] = shorts.get(i);
        }
      }
      case UINT8 -> {
        int position = in.position();
        for (int i = 0; i < count; i++) {
          out[start + i] = in.get(position + i) & 0xff;
        }
      }
      case FLOAT64 -> {
        DoubleBuffer values = in.asDoubleBuffer();
        for (int i = 0; i < count; i++) {
          out[start + i] = (float) values.get(i);
        }
      }
      default -> {
        double[] values = new double[count];
        get(in, values, count);
        for (int i = 0; i < count; i++) {
          out[start + i] = (float) values[i];
        }
      }
    }
  }

  /** Samples from the buffer's position on, in its byte order, each as the nearest double. */
  void get(ByteBuffer in, double[] out, int count) {
    switch (this) {
      case UINT8 -> {
        int position = in.position();
        for (int i = 0; i < count; i++) {
          out[i] = in.get(position + i) & 0xff;
        }
      }
      case INT16, UINT16 -> {
        ShortBuffer shorts = in.asShortBuffer();
        for (int i = 0; i < count; i++) {
          out[i] = this == INT16 ? shorts.get(i) : shorts.get(i) & 0xffff;
        }
      }
      case INT32, UINT32 -> {
        IntBuffer ints = in.asIntBuffer();
        for (int i = 0; i < count; i++) {
          out[i] = this == INT32 ? ints.get(i) : ints.get(i) & 0xffffffffL;
        }
      }
      case INT64, UINT64 -> {
        LongBuffer longs = in.asLongBuffer();
        for (int i = 0; i < count; i++) {
          long value = longs.get(i);
          // The upper half of the unsigned range: halved, its lowest bit kept for rounding.
          out[i] = this == INT64 || value >= 0 ? value : 2 * (double) (value >>> 1 | value & 1);
        }
      }
      case FLOAT32 -> {
        FloatBuffer floats = in.asFloatBuffer();
        for (int i = 0; i < count; i++) {
          out[i] = floats.get(i);
        }
      }
      case FLOAT64 -> in.asDoubleBuffer().get(out, 0, count);
    }
  }
}

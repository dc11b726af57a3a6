package org.skinspectra.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * How the numbers of a MATLAB variable lie in the file, which in MAT-5 may be narrower than the
 * class that MATLAB shows.
 *
 * @param bytes of one number: 1, 2, 4 or 8; floating point 2, 4 or 8
 */
record MatlabNumbers(Kind kind, int bytes, ByteOrder order) {

  /** What the bits of a number mean. */
  enum Kind {
    FLOAT,
    SIGNED,
    UNSIGNED
  }

  /** What MATLAB calls them: {@code single}, {@code uint16}. */
  String name() {
    return switch (kind) {
      case FLOAT -> bytes == 8 ? "double" : bytes == 4 ? "single" : "half";
      case SIGNED -> "int" + 8 * bytes;
      case UNSIGNED -> "uint" + 8 * bytes;
    };
  }

  boolean isInteger() {
    return kind != Kind.FLOAT;
  }

  /** The numbers that samples are written as, little-endian. */
  static MatlabNumbers of(SampleType type) {
    return new MatlabNumbers(
        type.isInteger() ? Kind.UNSIGNED : Kind.FLOAT, type.bytes(), ByteOrder.LITTLE_ENDIAN);
  }

  /** The numbers of a MATLAB class, little-endian; empty where it holds other things. */
  static Optional<MatlabNumbers> named(String matlabClass) {
    for (Kind kind : Kind.values()) {
      for (int bytes : new int[] {1, 2, 4, 8}) {
        MatlabNumbers numbers = new MatlabNumbers(kind, bytes, ByteOrder.LITTLE_ENDIAN);
        if ((kind != Kind.FLOAT || bytes > 2) && numbers.name().equals(matlabClass)) {
          return Optional.of(numbers);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Takes numbers out of a buffer, from its position on, and rounds them to float.
   *
   * @param scale of integers: value = stored / scale
   */
  void toFloats(ByteBuffer from, int count, double scale, float[] into, int start) {
    from.order(order);
    int end = start + count;
    if (kind == Kind.FLOAT) {
      switch (bytes) {
        case 2 -> {
          for (int i = start; i < end; i++) {
            into[i] = half(from.getShort());
          }
        }
        case 4 -> {
          from.asFloatBuffer().get(into, start, count);
          from.position(from.position() + count * Float.BYTES);
        }
        default -> {
          for (int i = start; i < end; i++) {
            into[i] = (float) from.getDouble();
          }
        }
      }
      return;
    }
    for (int i = start; i < end; i++) {
      into[i] = (float) (integer(from) / scale);
    }
  }

  /** Takes one number out of a buffer. */
  double next(ByteBuffer from) {
    from.order(order);
    if (kind != Kind.FLOAT) {
      return integer(from);
    }
    return switch (bytes) {
      case 2 -> half(from.getShort());
      case 4 -> from.getFloat();
      default -> from.getDouble();
    };
  }

  private double integer(ByteBuffer from) {
    boolean signed = kind == Kind.SIGNED;
    return switch (bytes) {
      case 1 -> signed ? from.get() : from.get() & 0xff;
      case 2 -> signed ? from.getShort() : from.getShort() & 0xffff;
      case 4 -> signed ? from.getInt() : from.getInt() & 0xffffffffL;
      default -> {
        long value = from.getLong();
        // The upper half of uint64, doubled again after a shift that keeps it positive.
        yield signed || value >= 0 ? value : 2.0 * (value >>> 1 | value & 1);
      }
    };
  }

  /** IEEE 754 binary16, which Java has only from version 20 on. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int mantissa = bits & 0x3ff;
    float size =
        switch (exponent) {
          case 0 -> Math.scalb((float) mantissa, -24);
          case 31 -> mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Math.scalb(1024f + mantissa, exponent - 25);
        };
    return bits < 0 ? -size : size;
  }
}

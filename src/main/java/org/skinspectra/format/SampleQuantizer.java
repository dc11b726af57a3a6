package org.skinspectra.format;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.skinspectra.SkinSpectraIOException;

/**
 * Turns values into the samples of one file that is written, alike in all formats: stored = value ×
 * scale, rounded to the nearest whole number, halves to the even one. For one thread.
 */
public final class SampleQuantizer {

  private final SampleType type;
  private final double scale;
  private final boolean clip;
  private final Path target;
  private long clipped;

  /**
   * @param target the file, for messages
   */
  public SampleQuantizer(WriteOptions options, Path target) {
    this.type = options.sample();
    this.scale = options.scaleOrUsual();
    this.clip = options.clip();
    this.target = target;
  }

  /** What is stored for the value 1, to be stated in the file; 1 for floating point. */
  public double scale() {
    return scale;
  }

  /** How many values were stored as another so far, since an integer cannot hold them. */
  public long clipped() {
    return clipped;
  }

  /**
   * Puts samples into a buffer in its byte order.
   *
   * @throws SkinSpectraIOException if a value does not fit and clipping was not asked for
   */
  public void put(float[] values, int start, int count, ByteBuffer out) {
    switch (type) {
      case FLOAT32 -> {
        out.asFloatBuffer().put(values, start, count);
        out.position(out.position() + count * Float.BYTES);
      }
      case FLOAT64 -> {
        for (int i = start; i < start + count; i++) {
          out.putDouble(values[i]);
        }
      }
      case UINT16 -> {
        for (int i = start; i < start + count; i++) {
          out.putShort((short) quantize(values[i]));
        }
      }
      case UINT8 -> {
        for (int i = start; i < start + count; i++) {
          out.put((byte) quantize(values[i]));
        }
      }
    }
  }

  /**
   * Samples as an array of the type that Java has for them: {@code float[]}, {@code double[]},
   * {@code short[]} or {@code byte[]}, the last two unsigned.
   *
   * @throws SkinSpectraIOException if a value does not fit and clipping was not asked for
   */
  public Object toArray(float[] values, int start, int count) {
    switch (type) {
      case FLOAT32 -> {
        float[] samples = new float[count];
        System.arraycopy(values, start, samples, 0, count);
        return samples;
      }
      case FLOAT64 -> {
        double[] samples = new double[count];
        for (int i = 0; i < count; i++) {
          samples[i] = values[start + i];
        }
        return samples;
      }
      case UINT16 -> {
        short[] samples = new short[count];
        for (int i = 0; i < count; i++) {
          samples[i] = (short) quantize(values[start + i]);
        }
        return samples;
      }
      default -> {
        byte[] samples = new byte[count];
        for (int i = 0; i < count; i++) {
          samples[i] = (byte) quantize(values[start + i]);
        }
        return samples;
      }
    }
  }

  private int quantize(float value) {
    double stored = Math.rint(value * scale);
    if (stored >= 0 && stored <= type.highest()) {
      return (int) stored;
    }
    if (!clip) {
      throw new SkinSpectraIOException(
          "Cannot write %s: the value %s does not fit %s samples of scale %s, which hold 0 to %s. %s"
              .formatted(
                  target,
                  value,
                  type.key(),
                  scale,
                  (float) (type.highest() / scale),
                  remedy(value)));
    }
    clipped++;
    return stored > 0 ? type.highest() : 0;
  }

  private String remedy(float value) {
    if (value > 0 && value <= Float.MAX_VALUE) {
      double most = type.highest() / (double) value;
      return "Give a scale of at most %s, have values clipped (--clip on the command line), or write float32."
          .formatted(most >= 1 ? Math.floor(most) : most);
    }
    return "Have values clipped (--clip on the command line), or write float32.";
  }
}

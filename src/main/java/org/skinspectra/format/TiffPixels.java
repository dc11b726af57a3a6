package org.skinspectra.format;

import ij.io.FileInfo;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.PixelType;

/** The counts of an uncompressed TIFF image, as the camera delivered them. */
public final class TiffPixels {

  private TiffPixels() {}

  /** The type of an image's pixels. */
  public static PixelType type(FileInfo directory) throws IOException {
    if (directory.whiteIsZero) {
      throw new IOException("its white is zero");
    }
    return switch (directory.fileType) {
      case FileInfo.GRAY8 -> PixelType.GRAY8;
      case FileInfo.GRAY16_UNSIGNED -> PixelType.GRAY16;
      case FileInfo.GRAY32_FLOAT -> PixelType.GRAY32;
      case FileInfo.RGB -> PixelType.BGRA32;
      case FileInfo.RGB48 -> PixelType.BGRA64;
      default ->
          throw new IOException(
              "its pixels are neither grey of 8, 16 or 32 bits nor interleaved red, green and blue of 8 or 16 bits");
    };
  }

  /** Makes sure that the file is long enough for all pixels that it announces. */
  public static void requireLength(Path file, FileInfo directory) throws IOException {
    long need = bytes(directory);
    long have = 0;
    long length = Files.size(file);
    for (long[] run : runs(directory)) {
      if (run[0] < 8 || run[1] < 0 || run[0] + run[1] > length) {
        throw new EOFException("its pixels are said to lie beyond its end");
      }
      have += run[1];
    }
    if (have < need) {
      throw new EOFException("it holds %d bytes of pixels, not %d".formatted(have, need));
    }
  }

  private static long bytes(FileInfo directory) throws IOException {
    PixelType type = type(directory);
    long width = directory.width;
    if (width < 1
        || directory.height < 1
        || width * directory.height > Integer.MAX_VALUE / 4 / type.bytesPerSample()) {
      throw new IOException(
          "its size is %d x %d pixels".formatted(directory.width, directory.height));
    }
    return width * directory.height * type.channels() * type.bytesPerSample();
  }

  /** Positions and lengths, one after the other, that make up the image. */
  private static long[][] runs(FileInfo directory) throws IOException {
    int[] offsets = directory.stripOffsets;
    int[] lengths = directory.stripLengths;
    if (offsets == null || lengths == null || offsets.length < 2) {
      return new long[][] {{directory.getOffset(), bytes(directory)}};
    }
    long[][] runs = new long[Math.min(offsets.length, lengths.length)][];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = new long[] {offsets[i] & 0xffffffffL, lengths[i] & 0xffffffffL};
    }
    return runs;
  }

  /**
   * Reads the counts.
   *
   * @param bits that the camera used, 0 for floating point
   */
  public static Frame read(Path file, FileInfo directory, int bits, FrameTags tags)
      throws IOException {
    requireLength(file, directory);
    ByteBuffer bytes = ByteBuffer.allocate((int) bytes(directory));
    bytes.order(directory.intelByteOrder ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    try (FileChannel channel = FileChannel.open(file)) {
      for (long[] run : runs(directory)) {
        bytes.limit(bytes.position() + (int) Math.min(run[1], bytes.capacity() - bytes.position()));
        long at = run[0];
        while (bytes.hasRemaining()) {
          int read = channel.read(bytes, at);
          if (read < 0) {
            throw new EOFException("it ends before its last pixel");
          }
          at += read;
        }
      }
    }
    bytes.flip();
    return frame(bytes, directory.width, directory.height, type(directory), bits, tags);
  }

  private static Frame frame(
      ByteBuffer bytes, int width, int height, PixelType type, int bits, FrameTags tags) {
    int pixels = width * height;
    switch (type) {
      case GRAY8 -> {
        return Frame.of(width, height, type, bits, bytes.array(), tags);
      }
      case BGRA32 -> {
        byte[] samples = new byte[4 * pixels];
        byte[] rgb = bytes.array();
        for (int i = 0; i < pixels; i++) {
          samples[4 * i] = rgb[3 * i + 2];
          samples[4 * i + 1] = rgb[3 * i + 1];
          samples[4 * i + 2] = rgb[3 * i];
        }
        return Frame.of(width, height, type, bits, samples, tags);
      }
      case GRAY16 -> {
        short[] samples = new short[pixels];
        bytes.asShortBuffer().get(samples);
        return Frame.of(width, height, type, bits, samples, tags);
      }
      case BGRA64 -> {
        short[] rgb = new short[3 * pixels];
        bytes.asShortBuffer().get(rgb);
        short[] samples = new short[4 * pixels];
        for (int i = 0; i < pixels; i++) {
          samples[4 * i] = rgb[3 * i + 2];
          samples[4 * i + 1] = rgb[3 * i + 1];
          samples[4 * i + 2] = rgb[3 * i];
        }
        return Frame.of(width, height, type, bits, samples, tags);
      }
      default -> {
        float[] samples = new float[pixels];
        bytes.asFloatBuffer().get(samples);
        return Frame.of(width, height, samples, tags);
      }
    }
  }
}

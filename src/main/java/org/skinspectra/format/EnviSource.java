package org.skinspectra.format;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.spectra.Wavelengths;

/** The planes of an ENVI data file as its header describes them. */
final class EnviSource implements CubeSource {

  private static final int BUFFER_BYTES = 1 << 20;
  private static final int MOST_BANDS = 65_535;

  /** Samples on disk, by ENVI's number of the data type. */
  private enum DataType {
    UINT8(1, 1),
    INT16(2, 2),
    INT32(3, 4),
    FLOAT32(4, 4),
    FLOAT64(5, 8),
    UINT16(12, 2),
    UINT32(13, 4);

    private final int number;
    private final int bytes;

    DataType(int number, int bytes) {
      this.number = number;
      this.bytes = bytes;
    }

    static DataType of(Path header, long number) {
      for (DataType type : values()) {
        if (type.number == number) {
          return type;
        }
      }
      throw new SkinSpectraIOException(
          "ENVI header %s: data type %d is not read; 1, 2, 3, 4, 5, 12 and 13 are."
              .formatted(header, number));
    }

    float next(ByteBuffer buffer) {
      return switch (this) {
        case UINT8 -> buffer.get() & 0xff;
        case INT16 -> buffer.getShort();
        case INT32 -> buffer.getInt();
        case FLOAT32 -> buffer.getFloat();
        case FLOAT64 -> (float) buffer.getDouble();
        case UINT16 -> buffer.getShort() & 0xffff;
        case UINT32 -> buffer.getInt() & 0xffffffffL;
      };
    }
  }

  private final EnviHeader header;
  private final FileChannel data;
  private final int width;
  private final int height;
  private final int bands;
  private final long offset;
  private final String interleave;
  private final DataType type;
  private final double scale;
  private final ByteBuffer buffer;

  private EnviSource(Path headerFile, EnviHeader header, Path dataFile) throws IOException {
    this.header = header;
    width = (int) header.whole("samples", 1, Integer.MAX_VALUE);
    height = (int) header.whole("lines", 1, Integer.MAX_VALUE);
    bands = (int) header.whole("bands", 1, MOST_BANDS, 1);
    offset = header.whole("header offset", 0, Long.MAX_VALUE / 2, 0);
    type = DataType.of(headerFile, header.whole("data type", 0, 100));
    interleave = header.oneOf("interleave", List.of("bsq", "bil", "bip"));
    scale = header.positive("reflectance scale factor", 1);
    boolean bigEndian = header.whole("byte order", 0, 1, 0) == 1;
    if (header.whole("file compression", 0, 1, 0) == 1) {
      throw new SkinSpectraIOException(
          dataFile + " is compressed, which is not read. Save it uncompressed.");
    }
    double need = (double) width * height * bands * type.bytes + offset;
    long length = Files.size(dataFile);
    if (need > length) {
      throw new SkinSpectraIOException(
          "%s has %d bytes, but its header asks for %.0f (%d samples x %d lines x %d bands x %d bytes + %d); the file is cut off or the header is wrong."
              .formatted(dataFile, length, need, width, height, bands, type.bytes, offset));
    }
    buffer =
        ByteBuffer.allocate(Math.max(BUFFER_BYTES, bands * type.bytes))
            .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    data = FileChannel.open(dataFile);
  }

  static EnviSource open(Path header, Path data) throws IOException {
    return new EnviSource(header, EnviHeader.read(header), data);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int bands() {
    return bands;
  }

  @Override
  public Optional<Wavelengths> wavelengths() {
    return header.wavelengths();
  }

  /** A band that lies among others takes a pass over the whole file. */
  @Override
  public int bandsAtOnce() {
    return interleave.equals("bsq") ? 1 : bands;
  }

  @Override
  public Map<String, String> provenance() {
    return header.provenance();
  }

  @Override
  public void readBands(int first, float[][] planes) throws IOException {
    readRegion(first, PixelRegion.whole(width, height), planes);
  }

  @Override
  public void readRegion(int first, PixelRegion region, float[][] planes) throws IOException {
    requireWithin(first, planes.length, region);
    int rows = region.height();
    int count = region.width();
    if (!interleave.equals("bil") && count == width) {
      // Whole rows of a plane, or of pixels, lie one after the other.
      count *= rows;
      rows = 1;
    }
    for (int row = 0; row < rows; row++) {
      long line = region.y() + row;
      if (interleave.equals("bip")) {
        readPixels(line * width + region.x(), count, first, planes, row * count);
        continue;
      }
      for (int i = 0; i < planes.length; i++) {
        long band = first + i;
        long lines = interleave.equals("bsq") ? band * height + line : line * bands + band;
        readRun(lines * width + region.x(), planes[i], row * count, count);
      }
    }
    if (scale != 1) {
      for (float[] plane : planes) {
        for (int i = 0; i < plane.length; i++) {
          plane[i] = (float) (plane[i] / scale);
        }
      }
    }
  }

  /** Reads samples that lie one after the other both in the file and in the plane. */
  private void readRun(long sample, float[] plane, int start, int count) throws IOException {
    int atOnce = buffer.capacity() / type.bytes;
    for (int done = 0; done < count; done += atOnce) {
      int now = Math.min(atOnce, count - done);
      fill(sample + done, now);
      if (type == DataType.FLOAT32) {
        buffer.asFloatBuffer().get(plane, start + done, now);
      } else {
        for (int i = 0; i < now; i++) {
          plane[start + done + i] = type.next(buffer);
        }
      }
    }
  }

  /** Reads pixels whose bands lie together. */
  private void readPixels(long pixelInFile, int count, int first, float[][] planes, int start)
      throws IOException {
    int atOnce = buffer.capacity() / (bands * type.bytes);
    for (int done = 0; done < count; done += atOnce) {
      int now = Math.min(atOnce, count - done);
      fill((pixelInFile + done) * bands, now * bands);
      for (int pixel = 0; pixel < now; pixel++) {
        buffer.position((pixel * bands + first) * type.bytes);
        for (float[] plane : planes) {
          plane[start + done + pixel] = type.next(buffer);
        }
      }
    }
  }

  private void fill(long sample, int samples) throws IOException {
    buffer.clear().limit(samples * type.bytes);
    long position = offset + sample * type.bytes;
    while (buffer.hasRemaining()) {
      int read = data.read(buffer, position + buffer.position());
      if (read < 0) {
        throw new EOFException("the data end before their last value");
      }
    }
    buffer.flip();
  }

  @Override
  public void close() throws IOException {
    data.close();
  }
}

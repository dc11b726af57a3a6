package org.skinspectra.format;

import ij.io.FileInfo;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.CubeInfo;
import org.skinspectra.spectra.Wavelengths;

/**
 * The planes of an uncompressed 32-bit TIFF stack, as ImageJ writes it (one directory, the planes
 * one after the other) or with one directory per plane.
 */
final class TiffSource implements CubeSource {

  private static final int BUFFER_BYTES = 1 << 20;

  /** Bytes that lie together in the file. */
  private record Run(long position, long bytes) {}

  private final FileChannel data;
  private final FileInfo first;
  private final List<List<Run>> planes;
  private final ByteBuffer buffer;

  private TiffSource(FileChannel data, FileInfo first, List<List<Run>> planes) {
    this.data = data;
    this.first = first;
    this.planes = planes;
    this.buffer =
        ByteBuffer.allocate(BUFFER_BYTES)
            .order(first.intelByteOrder ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  static TiffSource open(Path file) throws IOException {
    FileInfo[] directories = TiffDirectories.decode(file);
    FileInfo first = directories[0];
    for (FileInfo directory : directories) {
      requireFloats(file, directory);
      if (directory.width != first.width || directory.height != first.height) {
        throw new SkinSpectraIOException(
            "%s holds images of different sizes (%dx%d and %dx%d), so they are no stack of bands."
                .formatted(file, first.width, first.height, directory.width, directory.height));
      }
    }
    int count = directories.length == 1 ? Math.max(1, first.nImages) : directories.length;
    requireLength(file, first, count);
    List<List<Run>> planes =
        directories.length == 1
            ? stack(first, count)
            : Arrays.stream(directories).map(TiffSource::strips).toList();
    return new TiffSource(FileChannel.open(file), first, planes);
  }

  private static void requireFloats(Path file, FileInfo directory) {
    if (directory.fileType != FileInfo.GRAY32_FLOAT || directory.samplesPerPixel > 1) {
      throw new SkinSpectraIOException(
          "%s is no 32-bit float TIFF (%d bytes per pixel); 32-bit reflectance is needed. In Fiji, convert it with Image>Type>32-bit and scale it so that 1.0 is perfect white."
              .formatted(file, directory.getBytesPerPixel()));
    }
  }

  private static void requireLength(Path file, FileInfo first, int count) throws IOException {
    double need = (double) first.width * first.height * count * Float.BYTES;
    long length = Files.size(file);
    if (first.width < 1 || first.height < 1 || need > length) {
      throw new SkinSpectraIOException(
          "%s has %d bytes, too few for the %d images of %dx%d pixels it announces; it is cut off or damaged."
              .formatted(file, length, count, first.width, first.height));
    }
  }

  private static List<List<Run>> stack(FileInfo first, int count) {
    if (count == 1) {
      return List.of(strips(first));
    }
    long bytes = (long) first.width * first.height * Float.BYTES;
    Run[] runs = new Run[count];
    Arrays.setAll(runs, i -> new Run(first.getOffset() + i * (bytes + first.getGap()), bytes));
    return Arrays.stream(runs).map(List::of).toList();
  }

  private static List<Run> strips(FileInfo directory) {
    long bytes = (long) directory.width * directory.height * Float.BYTES;
    int[] offsets = directory.stripOffsets;
    int[] lengths = directory.stripLengths;
    if (offsets == null || lengths == null || offsets.length == 1) {
      return List.of(new Run(directory.getOffset(), bytes));
    }
    Run[] runs = new Run[Math.min(offsets.length, lengths.length)];
    Arrays.setAll(runs, i -> new Run(offsets[i] & 0xffffffffL, lengths[i] & 0xffffffffL));
    return List.of(runs);
  }

  @Override
  public int width() {
    return first.width;
  }

  @Override
  public int height() {
    return first.height;
  }

  @Override
  public int bands() {
    return planes.size();
  }

  @Override
  public Optional<Wavelengths> wavelengths() {
    String[] labels = first.sliceLabels;
    Optional<Wavelengths> labelled =
        labels == null || labels.length != bands()
            ? Optional.empty()
            : CubeInfo.wavelengths(Arrays.asList(labels));
    return labelled.or(() -> CubeInfo.wavelengths(first.info));
  }

  @Override
  public Map<String, String> provenance() {
    return CubeInfo.provenance(first.info);
  }

  @Override
  public void readBands(int firstBand, float[][] into) throws IOException {
    for (int i = 0; i < into.length; i++) {
      int done = 0;
      for (Run run : planes.get(firstBand + i)) {
        long values = Math.min(run.bytes() / Float.BYTES, into[i].length - done);
        read(run.position(), into[i], done, (int) values);
        done += (int) values;
      }
      if (done < into[i].length) {
        throw new EOFException("the strips of image " + (firstBand + i + 1) + " are too short");
      }
    }
  }

  private void read(long position, float[] plane, int start, int count) throws IOException {
    int atOnce = buffer.capacity() / Float.BYTES;
    for (int done = 0; done < count; done += atOnce) {
      int now = Math.min(atOnce, count - done);
      buffer.clear().limit(now * Float.BYTES);
      while (buffer.hasRemaining()) {
        long at = position + (long) done * Float.BYTES + buffer.position();
        if (data.read(buffer, at) < 0) {
          throw new EOFException("the file ends before its last value");
        }
      }
      buffer.flip().asFloatBuffer().get(plane, start + done, now);
    }
  }

  @Override
  public void close() throws IOException {
    data.close();
  }
}

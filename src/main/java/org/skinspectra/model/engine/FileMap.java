package org.skinspectra.model.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.skinspectra.SkinSpectraIOException;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.types.family.TType;

/** A feature map in a temporary file, which goes when the map is closed. */
final class FileMap implements FeatureMap {

  private final Path file;
  private final FileChannel channel;
  private final int width;
  private final long pixelBytes;

  private FileMap(Path file, FileChannel channel, int width, long pixelBytes) {
    this.file = file;
    this.channel = channel;
    this.width = width;
    this.pixelBytes = pixelBytes;
  }

  /**
   * An empty map in a folder.
   *
   * @param pixelBytes bytes of all channels of one pixel
   * @throws SkinSpectraIOException if there can be no file there
   */
  static FileMap create(Path folder, int width, long pixelBytes) {
    try {
      Path file = Files.createTempFile(folder, "skin-spectra-", ".map");
      return new FileMap(
          file,
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE),
          width,
          pixelBytes);
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot keep intermediate maps in %s: %s. Give another folder with -Djava.io.tmpdir=…, or reconstruct a smaller region."
              .formatted(folder, e),
          e);
    }
  }

  @Override
  public void read(Window window, TType target) {
    ByteDataBuffer out = target.asRawTensor().data();
    byte[] row = new byte[Math.toIntExact(window.width() * pixelBytes)];
    for (int y = 0; y < window.height(); y++) {
      ByteBuffer buffer = ByteBuffer.wrap(row);
      long position = position(window, y);
      transfer(() -> channel.read(buffer, position + buffer.position()), buffer);
      out.slice((long) y * row.length, row.length).write(row);
    }
  }

  @Override
  public void write(Window window, TType source) {
    ByteDataBuffer in = source.asRawTensor().data();
    byte[] row = new byte[Math.toIntExact(window.width() * pixelBytes)];
    for (int y = 0; y < window.height(); y++) {
      in.slice((long) y * row.length, row.length).read(row);
      ByteBuffer buffer = ByteBuffer.wrap(row);
      long position = position(window, y);
      transfer(() -> channel.write(buffer, position + buffer.position()), buffer);
    }
  }

  private long position(Window window, int y) {
    return ((long) (window.y() + y) * width + window.x()) * pixelBytes;
  }

  private interface Transfer {
    int bytes() throws IOException;
  }

  private void transfer(Transfer transfer, ByteBuffer buffer) {
    try {
      while (buffer.hasRemaining()) {
        if (transfer.bytes() < 0) {
          throw new IOException("the file ends too early");
        }
      }
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "The intermediate map %s failed: %s. Is its disk full?".formatted(file, e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new SkinSpectraIOException("Cannot remove the intermediate map " + file + ".", e);
    }
  }
}

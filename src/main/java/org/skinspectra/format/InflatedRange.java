package org.skinspectra.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** A deflated part of an open file, unpacked as far as it is read. */
final class InflatedRange implements AutoCloseable {

  private static final int BLOCK_BYTES = 1 << 16;

  private final Inflater inflater = new Inflater();
  private final InputStream stream;
  private final byte[] skipped = new byte[BLOCK_BYTES];
  private long position;

  InflatedRange(FileChannel file, long start, long bytes) {
    stream = new InflaterInputStream(new FileRange(file, start, bytes), inflater, BLOCK_BYTES);
  }

  /** What was not read yet. */
  InputStream stream() {
    return stream;
  }

  /** How many unpacked bytes were read or skipped by this class. */
  long position() {
    return position;
  }

  void skipTo(long target) throws IOException {
    while (position < target) {
      read(ByteBuffer.wrap(skipped, 0, (int) Math.min(BLOCK_BYTES, target - position)));
    }
  }

  /** Fills a buffer that an array stands behind. */
  void read(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      int now =
          stream.read(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
      if (now < 0) {
        throw new EOFException("the data end before their last value");
      }
      buffer.position(buffer.position() + now);
      position += now;
    }
  }

  /** Reads on to the checksum, which nothing but padding stands before. */
  void checkEnd() throws IOException {
    for (int padding = 0; padding < Long.BYTES; padding++) {
      if (stream.read() < 0) {
        return;
      }
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}

package org.skinspectra.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A part of an open file as a stream; other parts may be read meanwhile. */
final class FileRange extends InputStream {

  private final FileChannel file;
  private final long end;
  private long position;

  FileRange(FileChannel file, long start, long bytes) {
    this.file = file;
    this.position = start;
    this.end = start + bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int start, int count) throws IOException {
    int now = (int) Math.min(count, end - position);
    if (now <= 0) {
      return count == 0 ? 0 : -1;
    }
    int read = file.read(ByteBuffer.wrap(into, start, now), position);
    position += Math.max(0, read);
    return read;
  }
}

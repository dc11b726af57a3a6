package org.skinspectra.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.skinspectra.SkinSpectraIOException;

/**
 * Reads a file in whole requests only: a buffer is filled, or, where the file ends before, nothing
 * is read at all. jHDF 0.13 takes a request that was met in part up at its start again, and so
 * would give wrong values out of a file that is cut off.
 */
final class AllOrNothingChannel implements SeekableByteChannel {

  /** How often the whole file may be read, and a small one beyond that. */
  private static final int MOST_PASSES = 8;

  private static final long FREE_BYTES = 64 << 20;
  private static final int FREE_READS = 100_000;

  /** No part of a structure that leads to others is smaller. */
  private static final int LEAST_BYTES = 16;

  private final Path path;
  private final SeekableByteChannel file;
  private long bytes;
  private long reads;

  AllOrNothingChannel(Path file) throws IOException {
    this.path = file;
    this.file = Files.newByteChannel(file);
  }

  @Override
  public int read(ByteBuffer buffer) throws IOException {
    int wanted = buffer.remaining();
    if (file.position() + wanted > file.size()) {
      return -1;
    }
    bytes += wanted;
    reads++;
    if (bytes > FREE_BYTES + MOST_PASSES * file.size()
        || reads > FREE_READS + file.size() / LEAST_BYTES) {
      throw new SkinSpectraIOException(
          path + " leads in circles instead of to its values; the file is damaged.");
    }
    while (buffer.hasRemaining() && file.read(buffer) >= 0) {
      // Files of a network may come in parts.
    }
    return buffer.hasRemaining() ? -1 : wanted;
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    file.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  @Override
  public int write(ByteBuffer buffer) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }
}

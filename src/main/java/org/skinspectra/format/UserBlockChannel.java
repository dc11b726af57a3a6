package org.skinspectra.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;

/**
 * A file as if it began after its user block, which jHDF 0.13 does not know of when it writes: in
 * HDF5 all addresses count from the end of that block.
 */
final class UserBlockChannel implements SeekableByteChannel {

  private final FileChannel file;
  private final int userBlock;

  UserBlockChannel(FileChannel file, int userBlock) throws IOException {
    this.file = file;
    this.userBlock = userBlock;
    file.position(userBlock);
  }

  @Override
  public int read(ByteBuffer buffer) throws IOException {
    return file.read(buffer);
  }

  /** All of it, since jHDF does not look at how much was written. */
  @Override
  public int write(ByteBuffer buffer) throws IOException {
    int bytes = buffer.remaining();
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
    return bytes;
  }

  @Override
  public long position() throws IOException {
    return file.position() - userBlock;
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    file.position(position + userBlock);
    return this;
  }

  @Override
  public long size() throws IOException {
    return Math.max(0, file.size() - userBlock);
  }

  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    file.truncate(size + userBlock);
    return this;
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

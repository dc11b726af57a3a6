package org.skinspectra.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A disk of which a test replaces single steps. */
interface DiskStandIn extends Disk {

  /** Does not wait for the medium, which takes most of the time of small tests. */
  Disk UNFORCED =
      new DiskStandIn() {
        @Override
        public void force(Path file) {}

        @Override
        public void forceFolder(Path folder) {}
      };

  @Override
  default void makeFolder(Path folder) throws IOException {
    Disk.REAL.makeFolder(folder);
  }

  @Override
  default void write(Path file, ByteBuffer content) throws IOException {
    Disk.REAL.write(file, content);
  }

  @Override
  default void force(Path file) throws IOException {
    Disk.REAL.force(file);
  }

  @Override
  default void rename(Path from, Path to) throws IOException {
    Disk.REAL.rename(from, to);
  }

  @Override
  default void delete(Path file) throws IOException {
    Disk.REAL.delete(file);
  }

  @Override
  default void forceFolder(Path folder) throws IOException {
    Disk.REAL.forceFolder(folder);
  }
}

package org.skinspectra.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** All that a session does to a disk, so that tests can let every one of these steps fail. */
interface Disk {

  /** Makes one folder; harmless where it is there. */
  void makeFolder(Path folder) throws IOException;

  /** Writes a file that is not there yet. */
  void write(Path file, ByteBuffer content) throws IOException;

  /** Waits until a file's content is on the medium. */
  void force(Path file) throws IOException;

  /** Renames a file or a folder within one disk, at once or not at all. */
  void rename(Path from, Path to) throws IOException;

  /** Removes an unfinished file, if it is there. */
  void delete(Path file) throws IOException;

  /** Waits until the names in a folder are on the medium. */
  void forceFolder(Path folder) throws IOException;

  /** The disk that the operating system has. */
  Disk REAL =
      new Disk() {
        @Override
        public void makeFolder(Path folder) throws IOException {
          Files.createDirectories(folder);
        }

        @Override
        public void write(Path file, ByteBuffer content) throws IOException {
          try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (content.hasRemaining()) {
              channel.write(content);
            }
          }
        }

        @Override
        public void force(Path file) throws IOException {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
          }
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
          Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void delete(Path file) throws IOException {
          Files.deleteIfExists(file);
        }

        @Override
        public void forceFolder(Path folder) throws IOException {
          if (System.getProperty("os.name").startsWith("Windows")) {
            // It does not open folders, and puts names on the medium by itself.
            return;
          }
          try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
          }
        }
      };
}

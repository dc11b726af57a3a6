package org.skinspectra.session;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.format.FileErrors;

/** Keeps a session to one writer at a time; the system lets go of it when a program dies. */
final class SessionLock implements AutoCloseable {

  static final String FILE = ".lock";

  private final FileChannel channel;

  private SessionLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws SkinSpectraException if another writer has it
   */
  static SessionLock take(Path folder) {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new SessionLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      // Another writer of this program.
      close(channel);
      throw taken(folder);
    } catch (IOException e) {
      close(channel);
      throw new SkinSpectraIOException(
          "Cannot write to the session %s: %s. Check that the folder may be written to."
              .formatted(folder, FileErrors.reason(e)),
          e);
    }
    close(channel);
    throw taken(folder);
  }

  private static SkinSpectraException taken(Path folder) {
    return new SkinSpectraException(
        "The session %s is being written to already; wait until that has ended, or choose another folder."
            .formatted(folder));
  }

  private static void close(FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // Nothing was written through it.
        return;
      }
    }
  }

  @Override
  public void close() {
    close(channel);
  }
}

package org.skinspectra.batch;

import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.model.FreeMemory;

/**
 * Lets as many pictures into memory at a time as it has room for. One alone always comes in: the
 * reconstruction itself says if even that is too large.
 */
public final class PicturesInMemory {

  private static final double SHARE = 0.7;
  private static final long POLL_MS = 50;

  private final long room;

  /** Bytes of those inside; guarded by this. */
  private long taken;

  PicturesInMemory(long room) {
    this.room = room;
  }

  /** Most of what is free of Java's heap now. */
  public static PicturesInMemory ofThisProcess() {
    return new PicturesInMemory((long) (SHARE * FreeMemory.heapBytes()));
  }

  /**
   * Waits until there is room.
   *
   * @return what gives it back
   * @throws org.skinspectra.CanceledException if the monitor asks to stop
   */
  synchronized Place enter(long bytes, ProgressMonitor progress) {
    while (taken > 0 && bytes > room - taken) {
      progress.checkCanceled("Waiting for memory");
      try {
        wait(POLL_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CanceledException("Waiting for memory");
      }
    }
    taken += bytes;
    return () -> leave(bytes);
  }

  private synchronized void leave(long bytes) {
    taken -= bytes;
    notifyAll();
  }

  /** A picture's place in memory. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }
}

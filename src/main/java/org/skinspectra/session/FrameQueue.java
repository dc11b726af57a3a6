package org.skinspectra.session;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.Frame;

/**
 * Frames on their way from the camera to the disk. Who puts them in waits only while more are in
 * memory than may be, until they are stored; after a failure nothing more is taken. Thread-safe.
 */
final class FrameQueue {

  /** Groups are brought to the medium together up to this many bytes. */
  private static final long MOST_BYTES_AT_ONCE = 64L << 20;

  private final Path session;
  private final long mostBytes;

  // Guarded by this.
  private final Deque<Group> waiting = new ArrayDeque<>();
  private long bytesInMemory;
  private long accepted;
  private long written;
  private boolean closing;
  private Throwable failure;

  /** Frames that come into the manifest together. */
  record Group(List<FrameFolder.Entry> entries, long bytes) {

    static Group of(List<FrameFolder.Entry> entries) {
      return new Group(
          List.copyOf(entries), entries.stream().mapToLong(entry -> bytes(entry)).sum());
    }

    private static long bytes(FrameFolder.Entry entry) {
      Frame frame = entry.captured().frame();
      return (long) frame.width()
          * frame.height()
          * frame.type().samplesPerPixel()
          * frame.type().bytesPerSample();
    }
  }

  /**
   * @param session that they are written to, for messages
   * @param mostBytes that may be in memory; a larger group is taken when nothing else is
   */
  FrameQueue(Path session, long mostBytes) {
    this.session = session;
    this.mostBytes = mostBytes;
  }

  // -- From the camera --

  /**
   * Puts frames in that belong together.
   *
   * @throws SkinSpectraException if earlier ones could not be stored, or it was closed
   */
  synchronized void put(List<FrameFolder.Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    Group group = Group.of(entries);
    requireRunning();
    while (bytesInMemory > 0 && bytesInMemory + group.bytes() > mostBytes) {
      await();
      requireRunning();
    }
    waiting.add(group);
    bytesInMemory += group.bytes();
    accepted += entries.size();
    notifyAll();
  }

  /**
   * Waits until all that was put in is stored.
   *
   * @throws SkinSpectraException if it could not be
   */
  synchronized void flush() {
    requireRunning();
    while (written < accepted) {
      await();
      requireRunning();
    }
  }

  /** Takes no more; what was put in is still stored. */
  synchronized void close() {
    closing = true;
    notifyAll();
  }

  /** Frames that were put in. */
  synchronized long accepted() {
    return accepted;
  }

  /** Frames that are stored. */
  synchronized long written() {
    return written;
  }

  private void requireRunning() {
    requireNoFailure();
    if (closing) {
      throw new SkinSpectraException(
          "The session %s is closed; continue it to store more frames.".formatted(session));
    }
  }

  /**
   * @throws SkinSpectraIOException if frames could not be stored
   */
  synchronized void requireNoFailure() {
    if (failure != null) {
      throw new SkinSpectraIOException(
          "%d of %d frames are stored in %s. %s"
              .formatted(
                  written,
                  accepted,
                  session,
                  failure instanceof SkinSpectraException ? failure.getMessage() : failure),
          failure);
    }
  }

  private void await() {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SkinSpectraException(
          "Interrupted while frames were stored in %s; those handed over before are being stored."
              .formatted(session),
          e);
    }
  }

  // -- To the disk --

  /** Waits for groups and takes them, up to a size; none when it is closed and empty. */
  synchronized List<Group> take() throws InterruptedException {
    while (waiting.isEmpty() && !closing && failure == null) {
      wait();
    }
    List<Group> batch = new ArrayList<>();
    long bytes = 0;
    while (!waiting.isEmpty()
        && (batch.isEmpty() || bytes + waiting.peek().bytes() <= MOST_BYTES_AT_ONCE)) {
      bytes += waiting.peek().bytes();
      batch.add(waiting.remove());
    }
    return batch;
  }

  /** Says that groups are on the medium, and no longer in memory. */
  synchronized void stored(List<Group> groups) {
    for (Group group : groups) {
      bytesInMemory -= group.bytes();
      written += group.entries().size();
    }
    notifyAll();
  }

  /** Says that nothing can be stored any more; the first reason counts. */
  synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
    waiting.clear();
    notifyAll();
  }

  synchronized boolean hasFailed() {
    return failure != null;
  }
}

package org.skinspectra.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.Frame;

/**
 * Writes frames into a session on threads of its own: one encodes while another waits for the disk.
 * Who captures waits only when more frames wait to be written than may be in memory, and is told of
 * a failed disk at the next call.
 *
 * <p>Frames that were handed over together come into the manifest together; while the disk is
 * slower than the camera, several groups at once, so that waiting for the medium costs less.
 * Everything that was stored stays; nothing is ever overwritten.
 */
public final class SessionWriter implements AutoCloseable {

  /** Groups are brought to the medium together up to this many bytes. */
  private static final long MOST_BYTES_AT_ONCE = 64L << 20;

  private static final long MOST_BYTES_WAITING = 256L << 20;
  private static final int PART_OF_MEMORY = 8;

  private record Group(List<FrameFolder.Entry> entries, long bytes) {}

  private final SessionStore store;
  private final long mostBytes;
  private final Thread thread;
  private final int before;

  // Guarded by this.
  private final Deque<Group> waiting = new ArrayDeque<>();
  private long bytesInMemory;
  private long accepted;
  private long written;
  private boolean closing;
  private boolean closed;
  private Throwable failure;

  private SessionWriter(SessionStore store, long mostBytes) {
    this.store = store;
    this.mostBytes = mostBytes;
    this.before = store.manifest().frames().size();
    thread = new Thread(this::run, "session writer");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Begins a session.
   *
   * @param folder new or empty
   * @throws SkinSpectraException if the folder holds something, or cannot be written
   */
  public static SessionWriter create(Path folder, SessionSetup setup) {
    return create(folder, setup, Disk.REAL, mostBytesWaiting());
  }

  static SessionWriter create(Path folder, SessionSetup setup, Disk disk, long mostBytes) {
    return new SessionWriter(SessionStore.create(folder, setup, disk), mostBytes);
  }

  /**
   * Continues a session. What was stored whole but is not in its manifest comes into it.
   *
   * @param versions of the source of frames, by name
   * @throws SkinSpectraException if there is none, its manifest is damaged, or another writer has
   *     it
   */
  public static SessionWriter append(Path folder, Map<String, String> versions) {
    return append(folder, versions, Disk.REAL, mostBytesWaiting());
  }

  static SessionWriter append(
      Path folder, Map<String, String> versions, Disk disk, long mostBytes) {
    return new SessionWriter(SessionStore.append(folder, versions, disk), mostBytes);
  }

  private static long mostBytesWaiting() {
    return Math.min(MOST_BYTES_WAITING, Runtime.getRuntime().maxMemory() / PART_OF_MEMORY);
  }

  // -- Frames --

  /**
   * Hands frames over that belong together, such as those of one time point. Returns before they
   * are stored; waits only while too many others are in memory. A group larger than that is taken
   * when nothing else waits.
   *
   * @throws SkinSpectraException if an earlier group could not be stored; these frames are not
   *     stored then either
   */
  public void write(List<CapturedFrame> group) {
    enqueue(group.stream().map(f -> new FrameFolder.Entry(f, Optional.empty())).toList());
  }

  private synchronized void enqueue(List<FrameFolder.Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    Group group =
        new Group(List.copyOf(entries), entries.stream().mapToLong(SessionWriter::bytes).sum());
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

  private static long bytes(FrameFolder.Entry entry) {
    Frame frame = entry.captured().frame();
    return (long) frame.width()
        * frame.height()
        * frame.type().samplesPerPixel()
        * frame.type().bytesPerSample();
  }

  private void requireRunning() {
    if (failure != null) {
      throw new SkinSpectraIOException(
          "%d of %d frames are stored in %s. %s"
              .formatted(
                  written,
                  accepted,
                  store.folder(),
                  failure instanceof SkinSpectraException ? failure.getMessage() : failure),
          failure);
    }
    if (closing) {
      throw new SkinSpectraException(
          "The session %s is closed; continue it to store more frames.".formatted(store.folder()));
    }
  }

  private void await() {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SkinSpectraException(
          "Interrupted while frames were stored in %s; those handed over before are being stored."
              .formatted(store.folder()),
          e);
    }
  }

  /** Encodes frames while those before them are brought to the medium. */
  private void run() {
    ExecutorService publisher = Executors.newSingleThreadExecutor(SessionWriter::daemon);
    try {
      Future<?> publishing = CompletableFuture.completedFuture(null);
      for (List<Group> batch = take(); !batch.isEmpty(); batch = take()) {
        List<Group> groups = batch;
        FrameFolder.Prepared prepared =
            store.prepare(groups.stream().flatMap(group -> group.entries().stream()).toList());
        publishing.get();
        if (hasFailed()) {
          store.discard(prepared);
          return;
        }
        publishing = publisher.submit(() -> publish(prepared, groups));
      }
      publishing.get();
    } catch (RuntimeException | Error e) {
      fail(e);
    } catch (ExecutionException | InterruptedException e) {
      fail(new IllegalStateException("The writer was stopped.", e));
    } finally {
      publisher.shutdown();
      awaitEnd(publisher);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "session publisher");
    thread.setDaemon(true);
    return thread;
  }

  private static void awaitEnd(ExecutorService publisher) {
    try {
      publisher.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void publish(FrameFolder.Prepared prepared, List<Group> groups) {
    try {
      store.publish(prepared);
      stored(groups);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private synchronized void stored(List<Group> groups) {
    for (Group group : groups) {
      bytesInMemory -= group.bytes();
      written += group.entries().size();
    }
    notifyAll();
  }

  private synchronized boolean hasFailed() {
    return failure != null;
  }

  private synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
    waiting.clear();
    notifyAll();
  }

  /** What waits, up to a size; nothing when the session is closed and all is written. */
  private synchronized List<Group> take() throws InterruptedException {
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

  /**
   * Waits until all frames that were handed over are on the medium and in the manifest.
   *
   * @throws SkinSpectraException if they could not be stored
   */
  public synchronized void flush() {
    requireRunning();
    while (written < accepted) {
      await();
      requireRunning();
    }
  }

  /** Frames that were handed over to this writer. */
  public synchronized long accepted() {
    return accepted;
  }

  /** Frames of this writer that are on the medium and in the manifest. */
  public synchronized long written() {
    return written;
  }

  /**
   * Waits until everything is stored and makes sure that as many frames are there as the camera
   * delivered.
   *
   * @param delivered by the camera since this writer was opened
   * @throws SkinSpectraException if there are more or fewer, or one of them is not there
   */
  public void requireCount(long delivered) {
    flush();
    if (written() != delivered) {
      throw new SkinSpectraException(
          "The camera delivered %d frames, but %d came into the session %s. Take the sequence again, more slowly."
              .formatted(delivered, written(), store.folder()));
    }
    requireAllThere();
  }

  private void requireAllThere() {
    List<StoredFrame> frames = store.manifest().frames();
    if (frames.size() - before < written()) {
      throw new SkinSpectraException(
          "%d frames were stored in %s, but its manifest has %d of them."
              .formatted(written(), store.folder(), frames.size() - before));
    }
    for (StoredFrame frame : frames.subList(before, frames.size())) {
      Path file = store.folder().resolve(frame.file().path());
      try {
        if (Files.size(file) == frame.file().length()) {
          continue;
        }
      } catch (IOException e) {
        throw new SkinSpectraIOException(
            "File %s, which was stored, is gone: %s.".formatted(file, FileErrors.reason(e)), e);
      }
      throw new SkinSpectraIOException(
          "File %s does not have the %d bytes that were stored."
              .formatted(file, frame.file().length()));
    }
  }

  // -- What else a session holds --

  /**
   * Copies frames of another session, such as its references, with all their tags; each says where
   * it comes from.
   *
   * @param frames of {@code from}; every one is held against its SHA-256 before it is copied
   */
  public void copy(CaptureSession from, List<StoredFrame> frames) {
    for (StoredFrame frame : frames) {
      String origin = frame.copiedFrom().orElse(from.id() + "/" + frame.file().path());
      CapturedFrame copy =
          new CapturedFrame(frame.kind(), frame.timePoint(), frame.repetition(), from.read(frame));
      enqueue(List.of(new FrameFolder.Entry(copy, Optional.of(origin))));
    }
    flush();
  }

  /**
   * Keeps the copy of a text, such as another rig. Earlier ones of the same name stay; nothing is
   * written where the last of them is the same.
   *
   * @param name of lower-case letters, such as {@code rig}
   */
  public SessionDocument addDocument(String name, String json) {
    return store.addDocument(name, json);
  }

  /** Adds what was checked to the manifest. */
  public void addChecks(List<SessionCheck> checks) {
    store.addChecks(List.copyOf(checks));
  }

  /** Writes the files of a result into an empty folder. */
  @FunctionalInterface
  public interface Content {
    void writeTo(Path folder) throws IOException;
  }

  /**
   * Stores a result that was computed from frames, in a folder of its own beside all earlier ones:
   * {@code derived/NNN-name}, whole or not at all, with a {@code provenance.json} that names the
   * inputs, the documents of the session, the parameters, the software, and every file's SHA-256.
   *
   * @param name plain, such as {@code reflectance}
   * @param inputs frames that it was computed from
   * @param parameters JSON object of everything else that decided it
   * @param content writes its files, with plain names and without folders
   */
  public DerivedResult addDerived(
      String name, List<StoredFrame> inputs, String parameters, Content content) {
    return store.addDerived(name, inputs, parameters, content);
  }

  /**
   * Stores what was handed over, makes sure that all of it is there, and lets go of the session.
   *
   * @throws SkinSpectraException if frames could not be stored
   */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      closing = true;
      notifyAll();
    }
    try {
      join();
      synchronized (this) {
        if (failure != null) {
          requireRunning();
        }
      }
      requireAllThere();
    } finally {
      store.close();
    }
  }

  private void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        // Frames that were accepted are stored nevertheless.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

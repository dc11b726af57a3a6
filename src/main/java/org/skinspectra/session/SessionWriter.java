package org.skinspectra.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.format.FileErrors;

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

  private static final long MOST_BYTES_WAITING = 256L << 20;
  private static final int PART_OF_MEMORY = 8;

  private final SessionStore store;
  private final FrameQueue queue;
  private final StoringThread storing;
  private final int before;

  /** Guarded by this. */
  private boolean closed;

  private SessionWriter(SessionStore store, long mostBytes) {
    this.store = store;
    this.before = store.manifest().frames().size();
    queue = new FrameQueue(store.folder(), mostBytes);
    storing = StoringThread.start(store, queue);
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
    queue.put(group.stream().map(f -> new FrameFolder.Entry(f, Optional.empty())).toList());
  }

  /**
   * Waits until all frames that were handed over are on the medium and in the manifest.
   *
   * @throws SkinSpectraException if they could not be stored
   */
  public void flush() {
    queue.flush();
  }

  /** Frames that were handed over to this writer. */
  public long accepted() {
    return queue.accepted();
  }

  /** Frames of this writer that are on the medium and in the manifest. */
  public long written() {
    return queue.written();
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
      queue.put(List.of(new FrameFolder.Entry(copy, Optional.of(origin))));
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
    }
    queue.close();
    try {
      storing.join();
      queue.requireNoFailure();
      requireAllThere();
    } finally {
      store.close();
    }
  }
}

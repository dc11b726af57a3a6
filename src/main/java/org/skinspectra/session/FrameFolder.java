package org.skinspectra.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skinspectra.Sha256;

/**
 * The frames of a session on disk, where no file is ever overwritten: each has a number of its own.
 * One thread writes them, while another gives those before them their names.
 */
final class FrameFolder {

  private final SessionFolder session;
  private final SessionManifest manifest;
  private final FrameFile.Buffer buffer = new FrameFile.Buffer();
  private int nextNumber;

  /** What {@link #prepare} writes: a frame, and where it was copied from. */
  record Entry(CapturedFrame captured, Optional<String> copiedFrom) {}

  /** Frames that are written, but under names that say that they are unfinished. */
  record Prepared(List<StoredFrame> frames, List<SessionFolder.Unfinished> files) {}

  /**
   * @param manifest of the session, with all frames that it has so far
   */
  FrameFolder(SessionFolder session, SessionManifest manifest) {
    this.session = session;
    this.manifest = manifest;
    nextNumber = 1 + highestNumber();
  }

  private Path path() {
    return session.inner(SessionManifest.FRAMES);
  }

  /** Also of files that are not frames of this session, so that none is ever overwritten. */
  private int highestNumber() {
    int highest = 0;
    for (StoredFrame frame : manifest.frames()) {
      highest = Math.max(highest, frame.number());
    }
    return Math.max(highest, SessionFolder.highestNumberIn(path()));
  }

  /** Writes frames that belong together under unfinished names. One thread at a time. */
  Prepared prepare(List<Entry> entries) throws IOException {
    List<StoredFrame> frames = new ArrayList<>();
    List<SessionFolder.Unfinished> files = new ArrayList<>();
    try {
      for (Entry entry : entries) {
        frames.add(write(entry, files));
      }
      return new Prepared(frames, files);
    } catch (IOException | RuntimeException | Error e) {
      session.discard(files);
      throw e;
    }
  }

  /**
   * Gives frames their names. On return they are on the medium; after an error those that are whole
   * are found when the session is opened again.
   */
  void publish(Prepared prepared) throws IOException {
    session.publish(prepared.files());
  }

  /** Removes what will not be published. */
  void discard(Prepared prepared) {
    session.discard(prepared.files());
  }

  private StoredFrame write(Entry entry, List<SessionFolder.Unfinished> files) throws IOException {
    CapturedFrame captured = entry.captured();
    FrameIdentity identity =
        new FrameIdentity(
            manifest.id(),
            manifest.created(),
            nextNumber++,
            captured.kind(),
            captured.timePoint(),
            captured.repetition(),
            entry.copiedFrom());
    String channel = captured.frame().tags().channel();
    String name = fileName(identity, channel);
    FrameFile.encode(captured.frame(), identity, manifest.optics(channel), name, buffer);
    ByteBuffer content = buffer.content();
    StoredFile file =
        new StoredFile(
            SessionManifest.FRAMES + "/" + name, content.remaining(), Sha256.of(content));
    files.add(session.write(path(), name, content));
    return FrameMetadata.of(captured.frame(), identity).in(file);
  }

  private static String fileName(FrameIdentity identity, String channel) {
    String plain = channel.replaceAll("[^A-Za-z0-9_-]+", "_");
    return String.format(
        Locale.ROOT,
        "%06d-%s-%s-t%05d-r%02d%s",
        identity.number(),
        identity.kind().key(),
        plain.substring(0, Math.min(40, plain.length())),
        identity.timePoint(),
        identity.repetition(),
        FrameFile.ENDING);
  }
}

package org.skinspectra.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.Sha256;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.Frame;
import org.skinspectra.format.FileErrors;
import org.skinspectra.session.SessionVerification.Kind;
import org.skinspectra.session.SessionVerification.Problem;

/**
 * A session as it was when it was opened, to read. Pixels are read when they are asked for.
 *
 * <p>Frames that were stored whole but did not come into the manifest, because the writer was
 * killed, are found and belong to the session as all others. Nothing is written here.
 */
public final class CaptureSession {

  private final Path folder;
  private final SessionManifest manifest;
  private final SessionContents beside;

  private CaptureSession(Path folder, SessionManifest stored, SessionContents beside) {
    this.folder = folder;
    this.manifest = withRecovered(stored, beside);
    this.beside = beside;
  }

  /** Whether a folder holds a session, sound or not. */
  public static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(SessionManifest.FILE), LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether a folder holds a session, or the frames of one whose manifest was lost. */
  public static boolean remainsIn(Path folder) {
    return isIn(folder)
        || Files.isDirectory(folder.resolve(SessionManifest.FRAMES), LinkOption.NOFOLLOW_LINKS);
  }

  /** The file of a session that changes whenever something is added to the session. */
  public static Path manifestIn(Path folder) {
    return folder.resolve(SessionManifest.FILE);
  }

  /**
   * Opens a session to read.
   *
   * @throws SkinSpectraException if there is none, or its manifest is damaged
   */
  public static CaptureSession open(Path folder) {
    SessionManifest stored = ManifestFile.read(manifestOf(folder));
    return new CaptureSession(folder, stored, SessionContents.beside(stored, folder));
  }

  /**
   * Makes a session's manifest anew from its files: what is whole but not in it comes into it. A
   * damaged manifest is kept beside it; what only it knew, the checks, the channels' optics and the
   * versions, must be looked up there.
   *
   * @return the session as it is then
   * @throws SkinSpectraException if there is no frame of a session in the folder
   */
  public static CaptureSession recover(Path folder) {
    SessionStore.recover(folder, Disk.REAL).close();
    return open(folder);
  }

  /** The manifest's file, which is there. */
  static Path manifestOf(Path folder) {
    Path file = folder.resolve(SessionManifest.FILE);
    if (!Files.isDirectory(folder)) {
      throw new SkinSpectraIOException("There is no session " + folder + ": it is no folder.");
    }
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new SkinSpectraIOException(
          "%s holds no session: there is no %s in it. If its frames are there, 'scripts/skin-spectra session recover' makes it anew from them."
              .formatted(folder, SessionManifest.FILE));
    }
    return inside(folder, SessionManifest.FILE);
  }

  static SessionManifest withRecovered(SessionManifest stored, SessionContents beside) {
    return stored
        .withDocuments(beside.documents())
        .withFrames(beside.frames())
        .withDerived(beside.derived());
  }

  /**
   * A file of a session, which is a plain file within its folder and no link out of it.
   *
   * @throws SkinSpectraIOException if it is not, or is not there
   */
  static Path inside(Path folder, String path) {
    Path file = folder.resolve(path);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new SkinSpectraIOException("File " + file + " of the session is missing.");
    }
    try {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && file.toRealPath().equals(folder.toRealPath().resolve(path))) {
        return file;
      }
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "File %s of the session cannot be read: %s.".formatted(file, FileErrors.reason(e)), e);
    }
    throw new SkinSpectraIOException(
        file + " is a link or no file; a session holds plain files only, so it is not read.");
  }

  public Path folder() {
    return folder;
  }

  /** Which every frame's file repeats. */
  public UUID id() {
    return manifest.id();
  }

  /** When the session began. */
  public OffsetDateTime created() {
    return manifest.created();
  }

  /** Every time that it was open for writing, with the versions of all software. */
  public List<SessionUse> uses() {
    return manifest.uses();
  }

  /** What is known of the channels, by name. */
  public Map<String, ChannelOptics> channels() {
    return manifest.channels();
  }

  /** All frames in the order in which they were stored. */
  public List<StoredFrame> frames() {
    return manifest.frames();
  }

  /** Frames of one kind and channel in the order in which they were stored. */
  public List<StoredFrame> frames(FrameKind kind, String channel) {
    return manifest.frames().stream()
        .filter(frame -> frame.kind() == kind && frame.channel().equals(channel))
        .toList();
  }

  /** Copies of rigs, profiles and such, in the order in which they were added. */
  public List<SessionDocument> documents() {
    return manifest.documents();
  }

  public List<SessionCheck> checks() {
    return manifest.checks();
  }

  public List<DerivedResult> derived() {
    return manifest.derived();
  }

  /**
   * What the manifest does not know: paths of what was stored whole while the writer was killed.
   */
  public List<String> recovered() {
    List<String> paths = new ArrayList<>();
    beside.documents().forEach(document -> paths.add(document.file().path()));
    beside.frames().forEach(frame -> paths.add(frame.file().path()));
    beside.derived().forEach(result -> paths.add(result.folder()));
    return List.copyOf(paths);
  }

  /** Paths of what a writer was killed in, which nothing reads. */
  public List<String> unfinished() {
    return beside.unfinished();
  }

  /**
   * Reads a frame, which is held against its SHA-256 and against what the manifest says of it.
   *
   * @throws SkinSpectraException if its file is missing, damaged or altered, or too large for the
   *     memory
   */
  public Frame read(StoredFrame frame) {
    Path file = sound(frame.file());
    FrameFile.Decoded decoded = FrameFile.read(file);
    requireSame(frame, decoded.content(), file);
    return decoded.frame();
  }

  /**
   * Reads a text, which is held against its SHA-256.
   *
   * @throws SkinSpectraException if its file is missing, damaged or altered
   */
  public String read(SessionDocument document) {
    Path file = sound(document.file());
    return FileErrors.reading(file, "document of a session", () -> Files.readString(file));
  }

  /**
   * A file of a result, after it was held against its length and SHA-256.
   *
   * @throws SkinSpectraException if it is missing, damaged or altered
   */
  public Path file(StoredFile stored) {
    return sound(stored);
  }

  /** The file of a session, after it was held against its length and SHA-256. */
  private Path sound(StoredFile stored) {
    Path file = inside(folder, stored.path());
    return FileErrors.reading(
        file,
        "file of a session",
        () -> {
          long length = Files.size(file);
          if (length != stored.length()) {
            throw new SkinSpectraIOException(
                "File %s of the session has %d bytes, but %d were stored. It was altered or damaged; bring back a copy of it."
                    .formatted(file, length, stored.length()));
          }
          if (!Sha256.of(file).equals(stored.sha256())) {
            throw new SkinSpectraIOException(
                "File %s of the session is not as it was stored: its SHA-256 is another. It was altered or damaged; bring back a copy of it."
                    .formatted(file));
          }
          return file;
        });
  }

  private void requireSame(StoredFrame frame, FrameMetadata metadata, Path file) {
    if (!metadata.identity().session().equals(manifest.id())
        || !metadata.in(frame.file()).equals(frame)) {
      throw new SkinSpectraIOException(
          "File %s says of its frame something else than the manifest of the session does; one of them was altered."
              .formatted(file));
    }
  }

  /**
   * Holds every file against its length and SHA-256, every frame's words against the manifest, and
   * looks for files that it does not name. It reads all of the session.
   */
  public SessionVerification verify(ProgressMonitor progress) {
    List<Problem> problems = new ArrayList<>();
    Set<String> recovered = new HashSet<>(recovered());
    int total =
        manifest.documents().size()
            + manifest.frames().size()
            + manifest.derived().stream().mapToInt(result -> result.files().size()).sum();
    int done = 0;
    for (SessionDocument document : manifest.documents()) {
      progress.checkCanceled("Verification");
      progress.report("Verifying", done++, total);
      check(document.file(), problems, () -> sound(document.file()));
    }
    for (StoredFrame frame : manifest.frames()) {
      progress.checkCanceled("Verification");
      progress.report("Verifying", done++, total);
      check(
          frame.file(),
          problems,
          () -> {
            Path file = sound(frame.file());
            requireSame(frame, FrameFile.readContent(file), file);
          });
    }
    for (DerivedResult result : manifest.derived()) {
      progress.checkCanceled("Verification");
      Set<String> named = new HashSet<>();
      for (StoredFile file : result.files()) {
        progress.report("Verifying", done++, total);
        named.add(file.path());
        check(file, problems, () -> sound(file));
      }
      for (Path file : SessionContents.entries(folder.resolve(result.folder()))) {
        String path = result.folder() + "/" + file.getFileName();
        if (!named.contains(path)) {
          problems.add(new Problem(Kind.UNKNOWN, path, "is not named by the manifest"));
        }
      }
    }
    recovered.forEach(
        path ->
            problems.add(
                new Problem(Kind.RECOVERED, path, "is whole, but not in the manifest yet")));
    beside
        .unfinished()
        .forEach(path -> problems.add(new Problem(Kind.UNFINISHED, path, "was not finished")));
    beside
        .unknown()
        .forEach(
            path -> problems.add(new Problem(Kind.UNKNOWN, path, "is not named by the manifest")));
    progress.report("Verifying", total, total);
    return new SessionVerification(total, problems);
  }

  private void check(StoredFile file, List<Problem> problems, Runnable check) {
    if (!Files.exists(folder.resolve(file.path()), LinkOption.NOFOLLOW_LINKS)) {
      problems.add(new Problem(Kind.MISSING, file.path(), "is missing"));
      return;
    }
    try {
      check.run();
    } catch (SkinSpectraException e) {
      problems.add(new Problem(Kind.DAMAGED, file.path(), e.getMessage()));
    }
  }
}

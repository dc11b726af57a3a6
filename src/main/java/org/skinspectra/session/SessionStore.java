package org.skinspectra.session;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.skinspectra.JsonText;
import org.skinspectra.Sha256;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;

/**
 * A session that is written to. When all that belongs together is whole under its own name, the
 * manifest follows; so it names nothing that is not whole, and what it does not name yet is either
 * whole or says that it is not; see {@link SessionFolder}.
 *
 * <p>Safe for many threads, of which one prepares frames; the others wait for each other.
 */
final class SessionStore implements AutoCloseable {

  private final SessionFolder folder;
  private final SessionLock lock;
  private final StoredManifest manifest;
  private final FrameFolder frames;
  private final ResultFolder results;

  private SessionStore(SessionFolder folder, SessionLock lock, SessionManifest manifest) {
    this.folder = folder;
    this.lock = lock;
    this.manifest = new StoredManifest(folder, manifest);
    frames = new FrameFolder(folder, manifest);
    results = new ResultFolder(folder);
  }

  // -- Opening --

  static SessionStore create(Path folder, SessionSetup setup, Disk disk) {
    OffsetDateTime now = OffsetDateTime.now();
    SessionManifest manifest =
        new SessionManifest(
            UUID.randomUUID(),
            now,
            List.of(new SessionUse(now, SessionSetup.software(setup.versions()))),
            setup.channels(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    requireEmpty(folder);
    SessionFolder made = new SessionFolder(folder, disk);
    made.writing(
        () -> {
          disk.makeFolder(folder);
          disk.makeFolder(folder.resolve(SessionManifest.FRAMES));
          return null;
        });
    return opened(
        made,
        SessionLock.take(folder),
        () -> {
          // Another program may have been faster.
          requireNoSession(folder);
          return manifest;
        },
        store -> {
          setup.rig().ifPresent(text -> store.addFile("rig", text));
          setup.profile().ifPresent(text -> store.addFile("profile", text));
          made.writing(
              () -> {
                store.manifest.write(store.manifest());
                Path parent = folder.toAbsolutePath().getParent();
                if (parent != null) {
                  disk.forceFolder(parent);
                }
                return null;
              });
        });
  }

  private static void requireNoSession(Path folder) {
    if (Files.exists(folder.resolve(SessionManifest.FILE), LinkOption.NOFOLLOW_LINKS)) {
      throw new SkinSpectraException(
          "%s holds a session already, which is never overwritten. Continue it, or choose another folder."
              .formatted(folder));
    }
  }

  private static void requireEmpty(Path folder) {
    requireNoSession(folder);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new SkinSpectraIOException(folder + " is a file; a session is a folder.");
    }
    if (!SessionContents.entries(folder).isEmpty()) {
      throw new SkinSpectraException(
          "%s is not empty and holds no session; give a new or an empty folder.".formatted(folder));
    }
  }

  /** Opens a session with all that is in its folder, which a manifest then says. */
  static SessionStore append(Path folder, Map<String, String> versions, Disk disk) {
    return opened(
        new SessionFolder(folder, disk),
        lockOfSession(folder),
        () -> withAllThere(folder, ManifestFile.read(CaptureSession.manifestOf(folder))),
        store -> store.use(versions));
  }

  /** Makes a manifest anew where there is none or a damaged one, which is kept. */
  static SessionStore recover(Path folder, Disk disk) {
    SessionFolder session = new SessionFolder(folder, disk);
    return opened(
        session,
        lockOfSession(folder),
        () -> withAllThere(folder, new ManifestRecovery(session).readOrRebuild()),
        store -> store.use(Map.of("recovered", "from the files of the session")));
  }

  private static SessionManifest withAllThere(Path folder, SessionManifest stored) {
    return CaptureSession.withRecovered(stored, SessionContents.beside(stored, folder));
  }

  private static SessionLock lockOfSession(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new SkinSpectraIOException("There is no session " + folder + ": it is no folder.");
    }
    return SessionLock.take(folder);
  }

  private interface Opening {
    SessionManifest manifest();
  }

  private interface Beginning {
    void begin(SessionStore store);
  }

  private static SessionStore opened(
      SessionFolder folder, SessionLock lock, Opening opening, Beginning beginning) {
    try {
      SessionStore store = new SessionStore(folder, lock, opening.manifest());
      beginning.begin(store);
      return store;
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  private void use(Map<String, String> versions) {
    folder.writing(
        () -> {
          folder.disk().makeFolder(folder.inner(SessionManifest.FRAMES));
          manifest.write(
              manifest
                  .newest()
                  .withUse(new SessionUse(OffsetDateTime.now(), SessionSetup.software(versions))));
          return null;
        });
  }

  // -- Frames --

  /** Writes frames while others are being published; see {@link FrameFolder#prepare}. */
  FrameFolder.Prepared prepare(List<FrameFolder.Entry> entries) {
    return folder.writing(() -> frames.prepare(entries));
  }

  /** Removes what will not be published. */
  void discard(FrameFolder.Prepared prepared) {
    frames.discard(prepared);
  }

  /**
   * Gives frames their names. On return they are on the medium and in the manifest; after an error
   * those that are whole are found when the session is opened again.
   */
  synchronized void publish(FrameFolder.Prepared prepared) {
    folder.writing(
        () -> {
          frames.publish(prepared);
          manifest.write(manifest.newest().withFrames(prepared.frames()));
          return null;
        });
  }

  // -- Documents, checks and results --

  /** Stores a text, unless the last of this name is the same. */
  synchronized SessionDocument addDocument(String name, String text) {
    if (!SessionManifest.DOCUMENT_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A document's name is of lower-case letters and does not begin with manifest: " + name);
    }
    Optional<SessionDocument> last =
        manifest.newest().documents().stream()
            .filter(document -> document.name().equals(name))
            .reduce((first, second) -> second);
    String sha256 = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    if (last.isPresent() && last.get().file().sha256().equals(sha256)) {
      return last.get();
    }
    SessionDocument document = addFile(name, text);
    folder.writing(
        () -> {
          manifest.write(manifest.newest());
          return null;
        });
    return document;
  }

  /** Stores a text that the next manifest names. */
  private SessionDocument addFile(String name, String text) {
    return folder.writing(
        () -> {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          String path = name + ".json";
          for (int i = 2; Files.exists(folder.inner(path), LinkOption.NOFOLLOW_LINKS); i++) {
            path = name + "-" + i + ".json";
          }
          folder.replace(path, bytes);
          SessionDocument document =
              new SessionDocument(
                  name, OffsetDateTime.now(), new StoredFile(path, bytes.length, Sha256.of(bytes)));
          manifest.note(manifest.newest().withDocuments(List.of(document)));
          return document;
        });
  }

  synchronized void addChecks(List<SessionCheck> checks) {
    folder.writing(
        () -> {
          manifest.write(manifest.newest().withChecks(checks));
          return null;
        });
  }

  /** Stores a result; see {@link SessionWriter#addDerived}. */
  synchronized DerivedResult addDerived(
      String name, List<StoredFrame> inputs, String parameters, SessionWriter.Content content) {
    if (!name.matches(SessionManifest.NAME)) {
      throw new IllegalArgumentException("A result's name is plain letters and digits: " + name);
    }
    JsonObject parsed = json(parameters);
    return folder.writing(
        () -> {
          DerivedResult result = results.store(manifest.newest(), name, inputs, parsed, content);
          manifest.write(manifest.newest().withDerived(List.of(result)));
          return result;
        });
  }

  private static JsonObject json(String parameters) {
    try {
      return JsonText.parse(parameters, "The text of the parameters", "JSON object");
    } catch (SkinSpectraIOException e) {
      throw new IllegalArgumentException(
          "Parameters are a JSON object, not: " + JsonText.printable(parameters), e);
    }
  }

  Path folder() {
    return folder.path();
  }

  SessionManifest manifest() {
    return manifest.newest();
  }

  @Override
  public void close() {
    lock.close();
  }
}

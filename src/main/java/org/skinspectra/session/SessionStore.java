package org.skinspectra.session;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;

/**
 * A session's folder while it is written to. Everything goes to a name that says it is unfinished,
 * is forced to the medium, renamed, and the folder forced; when all that belongs together is there,
 * the manifest follows in the same way. So the manifest names nothing that is not whole, and what
 * it does not name yet is either whole or says that it is not.
 *
 * <p>Safe for many threads, of which one prepares frames; the others wait for each other.
 */
final class SessionStore implements AutoCloseable {

  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

  /** What {@link #prepare} writes: a frame, and where it was copied from. */
  record Entry(CapturedFrame captured, Optional<String> copiedFrom) {}

  private final Path folder;
  private final Disk disk;
  private final SessionLock lock;
  private final StringBuilder frameLines = new StringBuilder();
  private final FrameFile.Buffer buffer = new FrameFile.Buffer();
  private volatile SessionManifest manifest;
  private int nextNumber;

  private SessionStore(Path folder, Disk disk, SessionLock lock, SessionManifest manifest) {
    this.folder = folder;
    this.disk = disk;
    this.lock = lock;
    this.manifest = manifest;
    addLines(manifest.frames());
    nextNumber = 1 + highestNumber();
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
    writing(
        folder,
        () -> {
          disk.makeFolder(folder);
          disk.makeFolder(folder.resolve(SessionManifest.FRAMES));
          return null;
        });
    return opened(
        folder,
        disk,
        SessionLock.take(folder),
        () -> {
          // Another program may have been faster.
          requireNoSession(folder);
          return manifest;
        },
        store -> {
          setup.rig().ifPresent(text -> store.addFile("rig", text));
          setup.profile().ifPresent(text -> store.addFile("profile", text));
          writing(
              folder,
              () -> {
                store.writeManifest(store.manifest);
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
    SessionLock lock = lockOfSession(folder);
    return opened(
        folder,
        disk,
        lock,
        () -> {
          SessionManifest stored = ManifestFile.read(CaptureSession.manifestOf(folder));
          return CaptureSession.withRecovered(stored, SessionContents.beside(stored, folder));
        },
        store -> store.use(versions));
  }

  /** Makes a manifest anew where there is none or a damaged one, which is kept. */
  static SessionStore recover(Path folder, Disk disk) {
    SessionLock lock = lockOfSession(folder);
    return opened(
        folder,
        disk,
        lock,
        () -> {
          SessionManifest stored = readOrRebuild(folder, disk);
          return CaptureSession.withRecovered(stored, SessionContents.beside(stored, folder));
        },
        store -> store.use(Map.of("recovered", "from the files of the session")));
  }

  private static SessionManifest readOrRebuild(Path folder, Disk disk) {
    Path file = folder.resolve(SessionManifest.FILE);
    try {
      return ManifestFile.read(CaptureSession.manifestOf(folder));
    } catch (SkinSpectraException damage) {
      FrameIdentity frame =
          SessionContents.sessionOf(folder)
              .orElseThrow(
                  () ->
                      new SkinSpectraIOException(
                          "Nothing can be recovered from %s: it holds no frame of a session. %s"
                              .formatted(folder, damage.getMessage()),
                          damage));
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        writing(
            folder,
            () -> {
              int number = 1;
              while (Files.exists(folder.resolve(SessionContents.DAMAGED + number + ".json"))) {
                number++;
              }
              disk.rename(file, folder.resolve(SessionContents.DAMAGED + number + ".json"));
              return null;
            });
      }
      return new SessionManifest(
          frame.session(),
          frame.created(),
          List.of(),
          Map.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of());
    }
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
      Path folder, Disk disk, SessionLock lock, Opening opening, Beginning beginning) {
    try {
      SessionStore store = new SessionStore(folder, disk, lock, opening.manifest());
      beginning.begin(store);
      return store;
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  private void use(Map<String, String> versions) {
    writing(
        folder,
        () -> {
          disk.makeFolder(folder.resolve(SessionManifest.FRAMES));
          writeManifest(
              manifest.withUse(
                  new SessionUse(OffsetDateTime.now(), SessionSetup.software(versions))));
          return null;
        });
  }

  // -- Frames --

  /** Frames that are written, but under names that say that they are unfinished. */
  record Prepared(List<StoredFrame> frames, List<Path> unfinished) {}

  /**
   * Writes frames that belong together under unfinished names, while others are being published.
   * One thread at a time.
   */
  Prepared prepare(List<Entry> entries) {
    List<StoredFrame> frames = new ArrayList<>();
    List<Path> unfinished = new ArrayList<>();
    return writing(
        folder,
        () -> {
          try {
            for (Entry entry : entries) {
              frames.add(write(entry, unfinished));
            }
            return new Prepared(frames, unfinished);
          } catch (IOException | RuntimeException | Error e) {
            removeQuietly(unfinished);
            throw e;
          }
        });
  }

  /** Removes what will not be published. */
  void discard(Prepared prepared) {
    removeQuietly(prepared.unfinished());
  }

  /**
   * Gives frames their names. On return they are on the medium and in the manifest; after an error
   * those that are whole are found when the session is opened again.
   */
  synchronized void publish(Prepared prepared) {
    List<StoredFrame> frames = prepared.frames();
    writing(
        folder,
        () -> {
          try {
            for (Path file : prepared.unfinished()) {
              disk.force(file);
            }
            for (int i = 0; i < frames.size(); i++) {
              disk.rename(
                  prepared.unfinished().get(i), folder.resolve(frames.get(i).file().path()));
            }
            disk.forceFolder(folder.resolve(SessionManifest.FRAMES));
          } catch (IOException | RuntimeException | Error e) {
            discard(prepared);
            throw e;
          }
          int known = frameLines.length();
          try {
            addLines(frames);
            writeManifest(manifest.withFrames(frames));
          } catch (IOException | RuntimeException | Error e) {
            frameLines.setLength(known);
            throw e;
          }
          return null;
        });
  }

  private StoredFrame write(Entry entry, List<Path> unfinished) throws IOException {
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
    Path temporary = unfinishedIn(folder.resolve(SessionManifest.FRAMES));
    unfinished.add(temporary);
    disk.write(temporary, content);
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

  private void addLines(List<StoredFrame> frames) {
    for (StoredFrame frame : frames) {
      if (!frameLines.isEmpty()) {
        frameLines.append(",\n");
      }
      frameLines.append(ManifestText.line(frame));
    }
  }

  /** Also of files that are not frames of this session, so that none is ever overwritten. */
  private int highestNumber() {
    int highest = 0;
    for (StoredFrame frame : manifest.frames()) {
      highest = Math.max(highest, frame.number());
    }
    return Math.max(highest, highestNumberIn(folder.resolve(SessionManifest.FRAMES)));
  }

  private static int highestNumberIn(Path folder) {
    int highest = 0;
    for (Path file : SessionContents.entries(folder)) {
      String digits = file.getFileName().toString().replaceFirst("-.*", "");
      if (digits.matches("\\d{1,8}")) {
        highest = Math.max(highest, Integer.parseInt(digits));
      }
    }
    return highest;
  }

  // -- Documents, checks and results --

  /** Stores a text, unless the last of this name is the same. */
  synchronized SessionDocument addDocument(String name, String text) {
    if (!SessionManifest.DOCUMENT_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A document's name is of lower-case letters and does not begin with manifest: " + name);
    }
    Optional<SessionDocument> last =
        manifest.documents().stream()
            .filter(document -> document.name().equals(name))
            .reduce((first, second) -> second);
    String sha256 = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    if (last.isPresent() && last.get().file().sha256().equals(sha256)) {
      return last.get();
    }
    SessionDocument document = addFile(name, text);
    writing(
        folder,
        () -> {
          writeManifest(manifest);
          return null;
        });
    return document;
  }

  /** Stores a text that the next manifest names. */
  private SessionDocument addFile(String name, String text) {
    return writing(
        folder,
        () -> {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          String path = name + ".json";
          for (int i = 2; Files.exists(folder.resolve(path), LinkOption.NOFOLLOW_LINKS); i++) {
            path = name + "-" + i + ".json";
          }
          replace(path, bytes);
          SessionDocument document =
              new SessionDocument(
                  name, OffsetDateTime.now(), new StoredFile(path, bytes.length, Sha256.of(bytes)));
          manifest = manifest.withDocuments(List.of(document));
          return document;
        });
  }

  synchronized void addChecks(List<SessionCheck> checks) {
    writing(
        folder,
        () -> {
          writeManifest(manifest.withChecks(checks));
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
    return writing(
        folder,
        () -> {
          Path all = folder.resolve(SessionManifest.DERIVED);
          disk.makeFolder(all);
          Path temporary = unfinishedIn(all);
          disk.makeFolder(temporary);
          content.writeTo(temporary);
          OffsetDateTime now = OffsetDateTime.now();
          byte[] provenance = provenance(now, inputs, parsed, filesOf(temporary, "."));
          disk.write(temporary.resolve(SessionManifest.PROVENANCE), ByteBuffer.wrap(provenance));
          for (Path file : SessionContents.entries(temporary)) {
            disk.force(file);
          }
          disk.forceFolder(temporary);
          String path =
              String.format(
                  Locale.ROOT,
                  "%s/%03d-%s",
                  SessionManifest.DERIVED,
                  1 + highestNumberIn(all),
                  name);
          List<StoredFile> files = filesOf(temporary, path);
          disk.rename(temporary, folder.resolve(path));
          disk.forceFolder(all);
          DerivedResult result = new DerivedResult(path, now, files);
          writeManifest(manifest.withDerived(List.of(result)));
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

  private byte[] provenance(
      OffsetDateTime made,
      List<StoredFrame> inputs,
      JsonObject parameters,
      List<StoredFile> files) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("session", manifest.id().toString());
    all.put("made", made.toString());
    all.put("software", SessionSetup.software(Map.of()));
    all.put("inputs", inputs.stream().map(frame -> fields(frame.file())).toList());
    all.put("documents", manifest.documents().stream().map(d -> fields(d.file())).toList());
    all.put("parameters", parameters);
    all.put(
        "files",
        files.stream()
            .map(
                file ->
                    fields(new StoredFile(file.path().substring(2), file.length(), file.sha256())))
            .toList());
    return (GSON.toJson(all) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static JsonObject fields(StoredFile file) {
    JsonObject json = new JsonObject();
    json.addProperty("file", file.path());
    json.addProperty("length", file.length());
    json.addProperty("sha256", file.sha256());
    return json;
  }

  /** All files in a folder, which holds no folders; the provenance first. */
  static List<StoredFile> filesOf(Path inner, String path) throws IOException {
    List<StoredFile> files = new ArrayList<>();
    for (Path file : SessionContents.entries(inner)) {
      String name = file.getFileName().toString();
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || !name.matches(SessionManifest.NAME)) {
        throw new IOException("a result holds plain files with plain names, not " + name);
      }
      StoredFile stored = new StoredFile(path + "/" + name, Files.size(file), Sha256.of(file));
      files.add(name.equals(SessionManifest.PROVENANCE) ? 0 : files.size(), stored);
    }
    return files;
  }

  // -- Writing --

  private void writeManifest(SessionManifest next) throws IOException {
    replace(SessionManifest.FILE, ManifestText.bytes(next, frameLines));
    manifest = next;
  }

  private void replace(String path, byte[] bytes) throws IOException {
    Path temporary = unfinishedIn(folder);
    try {
      disk.write(temporary, ByteBuffer.wrap(bytes));
      disk.force(temporary);
      disk.rename(temporary, folder.resolve(path));
      disk.forceFolder(folder);
    } catch (IOException | RuntimeException | Error e) {
      removeQuietly(List.of(temporary));
      throw e;
    }
  }

  private static Path unfinishedIn(Path folder) {
    return folder.resolve(SessionContents.UNFINISHED + UUID.randomUUID() + ".tmp");
  }

  private void removeQuietly(List<Path> unfinished) {
    for (Path file : unfinished) {
      try {
        disk.delete(file);
      } catch (IOException e) {
        // Its name says that it is unfinished.
        continue;
      }
    }
  }

  private interface Writing<T> {
    T write() throws IOException;
  }

  private static <T> T writing(Path folder, Writing<T> writing) {
    try {
      return writing.write();
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot write to the session %s: %s. What was stored before is whole; make room or mend the disk, and continue the session."
              .formatted(folder, FileErrors.reason(e)),
          e);
    }
  }

  Path folder() {
    return folder;
  }

  synchronized SessionManifest manifest() {
    return manifest;
  }

  @Override
  public void close() {
    lock.close();
  }
}

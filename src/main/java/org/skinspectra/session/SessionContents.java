package org.skinspectra.session;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import org.skinspectra.Sha256;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.format.FileErrors;

/**
 * What is in a session's folder, beside what its manifest knows.
 *
 * @param frames whole frames of this session that the manifest does not know, by number
 * @param documents that it does not know
 * @param derived results that it does not know
 * @param unfinished files and folders that a writer was killed in
 * @param unknown all else: files that belong to no session, or to another
 */
record SessionContents(
    List<StoredFrame> frames,
    List<SessionDocument> documents,
    List<DerivedResult> derived,
    List<String> unfinished,
    List<String> unknown) {

  /** Beginning of the names of what is not finished. */
  static final String UNFINISHED = ".writing-";

  /** A manifest that was damaged, kept when the session was recovered. */
  static final String DAMAGED = "manifest-damaged-";

  /** Looks for what the manifest does not know. */
  static SessionContents beside(SessionManifest manifest, Path folder) {
    return new Search(folder, manifest).run();
  }

  /**
   * Which session most of the frames in a folder belong to, and when it began.
   *
   * @return a frame of it
   */
  static Optional<FrameIdentity> sessionOf(Path folder) {
    Map<UUID, Integer> votes = new HashMap<>();
    Map<UUID, FrameIdentity> frames = new HashMap<>();
    for (Path file : entries(folder.resolve(SessionManifest.FRAMES))) {
      metadata(folder, file, FrameFile::readContent)
          .ifPresent(
              metadata -> {
                FrameIdentity identity = metadata.identity();
                votes.merge(identity.session(), 1, Integer::sum);
                frames.putIfAbsent(identity.session(), identity);
              });
    }
    return votes.entrySet().stream()
        .max(Map.Entry.<UUID, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(entry -> frames.get(entry.getKey()));
  }

  /** What a frame's file says; empty if it is none. */
  private static Optional<FrameMetadata> metadata(
      Path folder, Path file, Function<Path, FrameMetadata> reading) {
    String path = SessionManifest.FRAMES + "/" + file.getFileName();
    if (!SessionManifest.FRAME_PATH.matcher(path).matches() || !isPlainFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(reading.apply(CaptureSession.inside(folder, path)));
    } catch (SkinSpectraException e) {
      // It is listed as a file that is not known.
      return Optional.empty();
    }
  }

  private static boolean isPlainFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** What lies in a folder, by name; nothing where there is no folder. */
  static List<Path> entries(Path folder) {
    List<Path> entries = new ArrayList<>();
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
        stream.forEach(entries::add);
      } catch (IOException e) {
        throw new SkinSpectraIOException(
            "Cannot list the folder %s: %s.".formatted(folder, FileErrors.reason(e)), e);
      }
    }
    entries.sort(Comparator.naturalOrder());
    return entries;
  }

  private static final class Search {

    private final Path folder;
    private final SessionManifest manifest;
    private final Set<String> known = new HashSet<>();
    private final Set<Integer> numbers = new HashSet<>();
    private final List<StoredFrame> frames = new ArrayList<>();
    private final List<SessionDocument> documents = new ArrayList<>();
    private final List<DerivedResult> derived = new ArrayList<>();
    private final List<String> unfinished = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    Search(Path folder, SessionManifest manifest) {
      this.folder = folder;
      this.manifest = manifest;
      known.add(SessionManifest.FILE);
      known.add(SessionLock.FILE);
      manifest.documents().forEach(document -> known.add(document.file().path()));
      manifest.derived().forEach(result -> known.add(result.folder()));
      for (StoredFrame frame : manifest.frames()) {
        known.add(frame.file().path());
        numbers.add(frame.number());
      }
    }

    SessionContents run() {
      for (Path entry : entries(folder)) {
        String name = entry.getFileName().toString();
        switch (name) {
          case SessionManifest.FRAMES -> eachIn(entry, this::frame);
          case SessionManifest.DERIVED -> eachIn(entry, this::derived);
          default -> sort(name, () -> document(entry, name));
        }
      }
      frames.sort(Comparator.comparingInt(StoredFrame::number));
      return new SessionContents(frames, documents, derived, unfinished, unknown);
    }

    private interface Sorting {
      boolean isOurs(Path entry, String path) throws IOException;
    }

    private void eachIn(Path inner, Sorting sorting) {
      if (!Files.isDirectory(inner, LinkOption.NOFOLLOW_LINKS)) {
        unknown.add(inner.getFileName().toString());
      }
      for (Path entry : entries(inner)) {
        String path = inner.getFileName() + "/" + entry.getFileName();
        sort(path, () -> sorting.isOurs(entry, path));
      }
    }

    private interface Attempt {
      boolean succeeds() throws IOException;
    }

    private void sort(String path, Attempt recovering) {
      String name = path.substring(path.lastIndexOf('/') + 1);
      if (known.contains(path) || path.startsWith(DAMAGED)) {
        return;
      }
      if (name.startsWith(UNFINISHED)) {
        unfinished.add(path);
        return;
      }
      try {
        if (!recovering.succeeds()) {
          unknown.add(path);
        }
      } catch (IOException e) {
        unknown.add(path);
      }
    }

    private boolean frame(Path file, String path) throws IOException {
      Optional<FrameMetadata> metadata =
          metadata(folder, file, whole -> FrameFile.read(whole).content());
      if (metadata.isEmpty()
          || !metadata.get().identity().session().equals(manifest.id())
          || !numbers.add(metadata.get().identity().number())) {
        return false;
      }
      frames.add(metadata.get().in(new StoredFile(path, Files.size(file), Sha256.of(file))));
      return true;
    }

    private boolean document(Path file, String name) throws IOException {
      Matcher matcher = SessionManifest.DOCUMENT_PATH.matcher(name);
      if (!matcher.matches() || !isPlainFile(file)) {
        return false;
      }
      documents.add(
          new SessionDocument(
              matcher.group("name"),
              modified(file),
              new StoredFile(name, Files.size(file), Sha256.of(file))));
      return true;
    }

    private boolean derived(Path inner, String path) throws IOException {
      Path provenance = inner.resolve(SessionManifest.PROVENANCE);
      if (!SessionManifest.DERIVED_FOLDER.matcher(path).matches()
          || !Files.isDirectory(inner, LinkOption.NOFOLLOW_LINKS)
          || !isPlainFile(provenance)) {
        return false;
      }
      List<StoredFile> files = ResultFolder.filesOf(inner, path);
      derived.add(new DerivedResult(path, modified(provenance), files));
      return true;
    }

    private static OffsetDateTime modified(Path file) throws IOException {
      return Files.getLastModifiedTime(file)
          .toInstant()
          .atZone(ZoneId.systemDefault())
          .toOffsetDateTime();
    }
  }
}

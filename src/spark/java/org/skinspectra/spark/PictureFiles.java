package org.skinspectra.spark;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.batch.BatchJob;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.session.CaptureSession;
import org.skinspectra.session.FrameKind;
import org.skinspectra.session.SessionDocument;
import org.skinspectra.session.SessionImages;
import org.skinspectra.session.StoredFile;
import org.skinspectra.session.StoredFrame;

/** Brings what one picture needs to this computer, and no more: of a session its own frames. */
final class PictureFiles {

  /** Of the free space, for one picture; several may be here at a time. */
  private static final double SHARE_OF_DISK = 0.5;

  private final HadoopFiles files;
  private final Path scratch;

  /**
   * @param scratch folder for copies
   */
  PictureFiles(HadoopFiles files, Path scratch) {
    this.files = files;
    this.scratch = scratch;
  }

  /**
   * Fetches a picture.
   *
   * @return the session's folder or the image's file on this computer
   * @throws SkinSpectraIOException if it is too large for the disk, or a session is damaged
   */
  Path fetch(BatchJob job) throws IOException {
    URI location = job.location();
    Path target = scratch.resolve("in").resolve(HadoopFiles.name(location));
    if (job.timePoint() != BatchJob.IMAGE) {
      fetchSession(location, target, job.timePoint());
    } else if (files.isFolder(location)) {
      fetchFolder(location, target);
    } else {
      fetch(location, target);
      for (String companion : CubeFiles.companions(HadoopFiles.name(location))) {
        URI beside = HadoopFiles.beside(location, companion);
        if (files.exists(beside) && !files.isFolder(beside)) {
          fetch(beside, target.resolveSibling(companion));
        }
      }
    }
    return target;
  }

  private void fetch(URI file, Path target) throws IOException {
    requireSpace(file, files.length(file));
    files.fetch(file, target);
  }

  private void requireSpace(URI what, long bytes) throws IOException {
    Files.createDirectories(scratch);
    long free = Files.getFileStore(scratch).getUsableSpace();
    if (bytes > SHARE_OF_DISK * free) {
      throw new SkinSpectraIOException(
          "%s has %d MiB, but only %d MiB are free in %s of the executor. Give it another folder by spark.local.dir."
              .formatted(what, bytes >> 20, free >> 20, scratch));
    }
  }

  private void fetchFolder(URI folder, Path target) throws IOException {
    List<FileStatus> all = files.allIn(folder);
    requireSpace(folder, all.stream().mapToLong(FileStatus::getLen).sum());
    String base = new org.apache.hadoop.fs.Path(folder).toUri().getPath();
    for (FileStatus file : all) {
      String path = file.getPath().toUri().getPath();
      Path copy = target.resolve(path.substring(base.length() + 1)).normalize();
      if (!path.startsWith(base + "/") || !copy.startsWith(target)) {
        throw new SkinSpectraIOException("%s does not lie in %s.".formatted(path, base));
      }
      files.fetch(file.getPath().toUri(), copy);
    }
  }

  private void fetchSession(URI folder, Path target, int timePoint) throws IOException {
    URI manifest =
        HadoopFiles.below(folder, String.valueOf(CaptureSession.manifestIn(target).getFileName()));
    if (!files.exists(manifest)) {
      throw new SkinSpectraIOException(
          "%s holds no session any more: there is no manifest in it.".formatted(folder));
    }
    fetch(manifest, CaptureSession.manifestIn(target));
    CaptureSession session = CaptureSession.open(target);
    if (session.frames().stream().noneMatch(frame -> isOf(frame, timePoint))) {
      // Stored whole by a writer that was killed before it could say so.
      deleteAll(target);
      fetchFolder(folder, target);
      return;
    }
    List<StoredFile> small = new ArrayList<>();
    session.documents().stream().map(SessionDocument::file).forEach(small::add);
    session.derived().forEach(result -> small.add(result.files().get(0)));
    fetch(folder, small, target);
    Optional<StoredFile> image = SessionImages.of(session).stored(timePoint);
    List<StoredFile> pixels =
        image.isPresent()
            ? List.of(image.get())
            : session.frames().stream()
                .filter(frame -> frame.kind() != FrameKind.IMAGE || isOf(frame, timePoint))
                .map(StoredFrame::file)
                .toList();
    fetch(folder, pixels, target);
  }

  /** What is missing is left missing: the session says what that means. */
  private void fetch(URI folder, List<StoredFile> all, Path target) throws IOException {
    requireSpace(folder, all.stream().mapToLong(StoredFile::length).sum());
    for (StoredFile file : all) {
      URI from = HadoopFiles.below(folder, file.path());
      if (files.exists(from)) {
        files.fetch(from, target.resolve(file.path()));
      }
    }
  }

  private static boolean isOf(StoredFrame frame, int timePoint) {
    return frame.kind() == FrameKind.IMAGE && frame.timePoint() == timePoint;
  }

  /** Removes a folder and all in it, as far as that goes. */
  static void deleteAll(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      // What is left is removed with the executor's folder.
      return;
    }
  }
}

package org.skinspectra.session;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.format.FileErrors;

/** Sessions that lie in a folder. */
final class SessionFolders {

  /** Below the folder given: patient, visit, session and more. */
  private static final int DEPTH = 8;

  private static final int MOST_FOLDERS = 100_000;

  private SessionFolders() {}

  /**
   * Every session in a folder, sound or not, by name; the folder itself where it is one. Links to
   * other folders are not followed.
   *
   * @throws SkinSpectraIOException if it is no folder, cannot be read, or holds too many folders
   */
  static List<Path> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new SkinSpectraIOException(
          "There is no folder %s. Give the folder that the sessions lie in.".formatted(folder));
    }
    Search search = new Search(folder);
    try {
      Files.walkFileTree(folder, Set.of(), DEPTH, search);
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "The folder %s cannot be read: %s.".formatted(folder, FileErrors.reason(e)), e);
    }
    Collections.sort(search.sessions);
    return List.copyOf(search.sessions);
  }

  private static final class Search extends SimpleFileVisitor<Path> {

    private final Path top;
    private final List<Path> sessions = new ArrayList<>();
    private int folders;

    Search(Path top) {
      this.top = top;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (++folders > MOST_FOLDERS) {
        throw new SkinSpectraIOException(
            "%s holds more than %d folders. Give one that is nearer to the sessions."
                .formatted(top, MOST_FOLDERS));
      }
      // A session whose manifest was lost still has its frames, and belongs into the list.
      if (CaptureSession.isIn(folder)
          || Files.isDirectory(folder.resolve(SessionManifest.FRAMES), LinkOption.NOFOLLOW_LINKS)) {
        sessions.add(folder);
        return FileVisitResult.SKIP_SUBTREE;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path entry, IOException e) throws IOException {
      if (entry.equals(top)) {
        throw e;
      }
      // A folder that may not be read may be a session; opening it will say why not.
      sessions.add(entry);
      return FileVisitResult.CONTINUE;
    }
  }
}

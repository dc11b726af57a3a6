package org.skinspectra.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;

/**
 * Finds out from the frames of a session what its manifest said, where that is lost or damaged. The
 * damaged one is kept beside it.
 */
final class ManifestRecovery {

  private final SessionFolder folder;

  ManifestRecovery(SessionFolder folder) {
    this.folder = folder;
  }

  /**
   * The manifest, or where it cannot be read one of the same session that knows no frame yet.
   *
   * @throws SkinSpectraIOException if there is neither a manifest nor a frame
   */
  SessionManifest readOrRebuild() {
    try {
      return ManifestFile.read(CaptureSession.manifestOf(folder.path()));
    } catch (SkinSpectraException damage) {
      FrameIdentity frame =
          SessionContents.sessionOf(folder.path())
              .orElseThrow(
                  () ->
                      new SkinSpectraIOException(
                          "Nothing can be recovered from %s: it holds no frame of a session. %s"
                              .formatted(folder.path(), damage.getMessage()),
                          damage));
      folder.writing(this::keepDamaged);
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

  private Void keepDamaged() throws IOException {
    Path file = folder.inner(SessionManifest.FILE);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      int number = 1;
      while (Files.exists(damaged(number))) {
        number++;
      }
      folder.disk().rename(file, damaged(number));
    }
    return null;
  }

  private Path damaged(int number) {
    return folder.inner(SessionContents.DAMAGED + number + ".json");
  }
}

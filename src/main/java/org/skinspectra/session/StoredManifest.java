package org.skinspectra.session;

import java.io.IOException;
import java.util.List;

/**
 * The manifest of a session that is written to: its newest version, and its file, which always is a
 * whole version. Versions only grow. One thread at a time writes; any may read.
 */
final class StoredManifest {

  private final SessionFolder folder;

  /** Frames are many and do not change, so that their lines are not made anew every time. */
  private final StringBuilder frameLines = new StringBuilder();

  private int lines;
  private volatile SessionManifest newest;

  /** Nothing is written yet. */
  StoredManifest(SessionFolder folder, SessionManifest first) {
    this.folder = folder;
    this.newest = first;
  }

  SessionManifest newest() {
    return newest;
  }

  /** Takes a version that the next one to be written contains. */
  void note(SessionManifest next) {
    newest = next;
  }

  /** Brings a version to the medium; after an error the one before is in force. */
  void write(SessionManifest next) throws IOException {
    int length = frameLines.length();
    int count = lines;
    try {
      addLines(next.frames().subList(lines, next.frames().size()));
      folder.replace(SessionManifest.FILE, ManifestText.bytes(next, frameLines));
      newest = next;
    } catch (IOException | RuntimeException | Error e) {
      frameLines.setLength(length);
      lines = count;
      throw e;
    }
  }

  private void addLines(List<StoredFrame> frames) {
    for (StoredFrame frame : frames) {
      if (!frameLines.isEmpty()) {
        frameLines.append(",\n");
      }
      frameLines.append(ManifestText.line(frame));
      lines++;
    }
  }
}

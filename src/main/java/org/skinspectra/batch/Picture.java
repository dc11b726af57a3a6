package org.skinspectra.batch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.Sha256;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.Msi;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.format.FileErrors;
import org.skinspectra.format.ImageSize;
import org.skinspectra.session.CaptureSession;
import org.skinspectra.session.FrameKind;
import org.skinspectra.session.SessionImages;

/** What is reconstructed: its identity before it is read, and then its pixels. */
interface Picture {

  /** Words that tell it apart from every other picture, wherever it lies. */
  String source();

  /** Number of its pixels, or somewhat more. */
  long pixels();

  /**
   * Reads it, and calibrates it where it is not.
   *
   * @throws SkinSpectraException if it cannot be read, or is not what {@link #source} says any more
   */
  Msi read(ProgressMonitor progress);

  /**
   * An image's file, known by its content.
   *
   * @throws SkinSpectraException if it cannot be read
   */
  static Picture ofFile(Path file) {
    ImageSize size = CubeFiles.size(file);
    List<Path> files = CubeFiles.files(file);
    if (files.isEmpty()) {
      throw new SkinSpectraIOException(file + " is an empty folder and no image.");
    }
    List<String> stamps = stamps(files);
    String source = "%s, SHA-256 %s".formatted(file.getFileName(), sha256(file, files));
    return new Picture() {
      @Override
      public String source() {
        return source;
      }

      @Override
      public long pixels() {
        return (long) size.width() * size.height();
      }

      @Override
      public Msi read(ProgressMonitor progress) {
        progress.checkCanceled("Reading the image");
        progress.report("Reading", 0, 1);
        Msi msi = CubeFiles.readMsi(file);
        if (!stamps(files).equals(stamps)) {
          throw new SkinSpectraIOException(
              "%s was changed while it was read; run the batch again when it is complete."
                  .formatted(file));
        }
        return msi;
      }
    };
  }

  /** Of one file; of several, as {@code sha256sum} lists them, of that list. */
  private static String sha256(Path image, List<Path> files) {
    if (files.size() == 1) {
      return FileErrors.reading(files.get(0), "image", () -> Sha256.of(files.get(0)));
    }
    Path folder = image.toAbsolutePath().getParent();
    SortedMap<String, String> list = new TreeMap<>();
    for (Path file : files) {
      String name = folder.relativize(file.toAbsolutePath()).toString().replace('\\', '/');
      list.put(name, FileErrors.reading(file, "image", () -> Sha256.of(file)));
    }
    StringBuilder text = new StringBuilder();
    list.forEach((name, sha256) -> text.append(sha256 + "  " + name + "\n"));
    return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> stamps(List<Path> files) {
    return FileErrors.reading(
        files.get(0),
        "image",
        () -> {
          List<String> stamps = new ArrayList<>();
          for (Path file : files) {
            stamps.add(stamp(file));
          }
          return stamps;
        });
  }

  /** Changes whenever the file does, as far as its folder tells. */
  static String stamp(Path file) throws IOException {
    return Files.size(file) + " " + Files.getLastModifiedTime(file);
  }

  /**
   * A picture of a session.
   *
   * @throws SkinSpectraException if there is none of this time point
   */
  static Picture ofSession(CaptureSession session, SessionImages images, int timePoint) {
    long pixels =
        session.frames().stream()
            .filter(frame -> frame.kind() == FrameKind.IMAGE && frame.timePoint() == timePoint)
            .mapToLong(frame -> (long) frame.width() * frame.height())
            .max()
            .orElseThrow(
                () ->
                    new SkinSpectraException(
                        "The session %s has no picture of time point %d any more."
                            .formatted(session.folder(), timePoint)));
    return new Picture() {
      @Override
      public String source() {
        return images.origin(timePoint);
      }

      @Override
      public long pixels() {
        return pixels;
      }

      @Override
      public Msi read(ProgressMonitor progress) {
        return images.msi(timePoint, progress);
      }
    };
  }
}

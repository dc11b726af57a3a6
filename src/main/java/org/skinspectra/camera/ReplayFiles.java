package org.skinspectra.camera;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.session.CaptureSession;
import org.skinspectra.session.FrameKind;
import org.skinspectra.session.ImageFrames;
import org.skinspectra.session.StoredFrame;

/** The pictures of a session or of a folder of images, in the order in which they are replayed. */
final class ReplayFiles {

  /** A channel's name, then a number set off from it. */
  private static final Pattern NAME =
      Pattern.compile("(?<channel>.+?)(?:[-_. ]+\\d+)?\\.[A-Za-z]+");

  private static final Pattern DIGITS = Pattern.compile("\\d+");

  private ReplayFiles() {}

  /** All frames of a session in the order in which they were taken. */
  static List<ReplayPicture> of(CaptureSession session) {
    return session.frames().stream()
        .sorted(Comparator.comparing(StoredFrame::taken).thenComparing(StoredFrame::number))
        .map(frame -> picture(session, frame))
        .toList();
  }

  private static ReplayPicture picture(CaptureSession session, StoredFrame frame) {
    return new ReplayPicture(
        frame.channel(),
        frame.camera(),
        frame.kind(),
        Optional.of(frame.exposureMs()),
        Optional.of(frame.gain()),
        frame.taken(),
        step -> session.read(frame));
  }

  /**
   * The images of a folder by the channel that their name begins with, or that their folder is
   * named after, in the order of the numbers in their names.
   *
   * @throws SkinSpectraException if there is none
   */
  static List<ReplayPicture> ofImages(Path folder) {
    List<ReplayPicture> pictures = new ArrayList<>();
    for (Path entry : entries(folder)) {
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        for (Path file : entries(entry)) {
          if (isImage(file)) {
            pictures.add(picture(file, entry.getFileName().toString(), pictures.size()));
          }
        }
      } else if (isImage(entry)) {
        Matcher name = NAME.matcher(entry.getFileName().toString());
        String channel = name.matches() ? name.group("channel") : "";
        pictures.add(picture(entry, channel, pictures.size()));
      }
    }
    if (pictures.isEmpty()) {
      throw new SkinSpectraIOException(
          "There is no TIFF or PNG image in %s or in its folders; name them by channel and number, such as RGB_0001.tif and N960_0001.tif."
              .formatted(folder));
    }
    return List.copyOf(pictures);
  }

  private static boolean isImage(Path file) {
    return Files.isRegularFile(file) && ImageFrames.isOne(file);
  }

  private static ReplayPicture picture(Path file, String channel, int number) {
    return new ReplayPicture(
        channel,
        channel,
        FrameKind.IMAGE,
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH.plusMillis(number),
        step -> read(file, step));
  }

  private static Frame read(Path file, RigStep step) {
    try {
      FrameTags tags =
          new FrameTags(
              step.channel(),
              step.camera(),
              step.exposureMs(),
              step.gain(),
              Files.getLastModifiedTime(file).toInstant(),
              Map.of(
                  "File",
                  file.getFileName().toString(),
                  "Exposure",
                  "as the rig says; the file does not"));
      return ImageFrames.read(file, tags);
    } catch (IOException e) {
      throw new SkinSpectraIOException("Cannot read the image " + file + ".", e);
    }
  }

  private static List<Path> entries(Path folder) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot list the folder %s; give the folder of a session or of images.".formatted(folder),
          e);
    }
    entries.sort(Comparator.comparing(file -> sortKey(file.getFileName().toString())));
    return entries;
  }

  /** A name with its numbers brought to the same length, so that 10 comes after 9. */
  private static String sortKey(String name) {
    return DIGITS
        .matcher(name)
        .replaceAll(
            number -> "0".repeat(Math.max(0, 20 - number.group().length())) + number.group());
  }
}

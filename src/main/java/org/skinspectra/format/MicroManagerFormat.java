package org.skinspectra.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.scijava.Priority;
import org.scijava.plugin.Plugin;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;

/**
 * What Micro-Manager 1.4 and 2.0 write: stacks ({@code …MMStack….ome.tif}), alone or a folder of
 * them, and folders of files of single frames with a {@code metadata.txt}, which may be one for
 * each position. Values are the counts of the camera. Only the frames of the image that is asked
 * for are opened. NDTiff is a format of its own.
 */
@Plugin(type = CubeFormat.class, priority = Priority.VERY_HIGH)
public final class MicroManagerFormat implements CubeFormat {

  private static final String METADATA = "metadata.txt";
  private static final int MOST_FILES = 100_000;
  private static final int MOST_OTHERS = 200;
  private static final List<String> AXES = List.of("position", "time", "slice");

  /** A frame in a file: at a directory, or in the first where that is 0. */
  private record Place(Path file, long directory) {}

  @Override
  public String name() {
    return "Micro-Manager";
  }

  @Override
  public List<String> endings() {
    return List.of("MMStack.ome.tif", METADATA);
  }

  @Override
  public boolean isFolder() {
    return true;
  }

  @Override
  public boolean recognizes(Path file, byte[] head) {
    return MicroManagerStack.startsOne(head) || isMetadata(file, head);
  }

  @Override
  public boolean recognizesFolder(Path folder) throws IOException {
    return !metadata(folder).isEmpty() || !stacks(folder).isEmpty();
  }

  @Override
  public CubeSource open(Path file, ReadOptions options) throws IOException {
    if (Files.isDirectory(file)) {
      List<Path> stacks = stacks(file);
      return stacks.isEmpty()
          ? openSeries(file, metadata(file), options)
          : openStacks(file, stacks, options);
    }
    if (MicroManagerStack.startsOne(head(file))) {
      return openStacks(file, List.of(file), options);
    }
    String name = file.getFileName().toString();
    Path stack = file.resolveSibling(name.replaceFirst("_?metadata\\.txt$", ".ome.tif"));
    return Files.isRegularFile(stack) && MicroManagerStack.startsOne(head(stack))
        ? openStacks(file, List.of(stack), options)
        : openSeries(file, List.of(file), options);
  }

  // -- Finding --

  private static boolean isMetadata(Path file, byte[] head) {
    return MicroManagerMetadata.startsOne(file, new String(head, StandardCharsets.UTF_8));
  }

  private static byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(CubeFormats.HEAD_BYTES);
    }
  }

  private static List<Path> stacks(Path folder) throws IOException {
    return files(folder, ".tif", file -> starts(file, MicroManagerStack::startsOne));
  }

  private static List<Path> metadata(Path folder) throws IOException {
    return files(folder, METADATA, file -> starts(file, head -> isMetadata(file, head)));
  }

  private static boolean starts(Path file, Predicate<byte[]> wanted) {
    try {
      return wanted.test(head(file));
    } catch (IOException e) {
      return false;
    }
  }

  /** Such files in a folder, or else in the folders in it. */
  private static List<Path> files(Path folder, String ending, Predicate<Path> wanted)
      throws IOException {
    List<Path> entries = entries(folder);
    List<Path> found = matching(entries, ending, wanted);
    if (!found.isEmpty()) {
      return found;
    }
    List<Path> inside = new ArrayList<>();
    for (Path entry : entries) {
      if (Files.isDirectory(entry) && Files.isReadable(entry) && inside.size() < MOST_FILES) {
        inside.addAll(entries(entry));
      }
    }
    return matching(inside, ending, wanted);
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.limit(MOST_FILES).sorted(Comparator.comparing(Path::toString)).toList();
    }
  }

  /** Gives up where many files of the ending are something else: a folder of single images. */
  private static List<Path> matching(List<Path> files, String ending, Predicate<Path> wanted) {
    List<Path> found = new ArrayList<>();
    int others = 0;
    for (Path file : files) {
      if (!file.toString().toLowerCase(Locale.ROOT).endsWith(ending)
          || !Files.isRegularFile(file)) {
        continue;
      }
      if (wanted.test(file)) {
        found.add(file);
      } else if (found.isEmpty() && ++others > MOST_OTHERS) {
        return List.of();
      }
    }
    return found;
  }

  // -- Stacks --

  private static CubeSource openStacks(Path file, List<Path> stacks, ReadOptions options)
      throws IOException {
    AcquiredFrames<Place> frames = new AcquiredFrames<>(AXES);
    Map<String, String> provenance = new LinkedHashMap<>();
    for (Path path : stacks) {
      MicroManagerStack stack = MicroManagerStack.read(path);
      stack.version().ifPresent(v -> provenance.put("acquired by", "Micro-Manager " + v));
      stack.frames().stream()
          .sorted(
              Comparator.comparingLong(MicroManagerStack.Frame::position)
                  .thenComparingLong(MicroManagerStack.Frame::time)
                  .thenComparingLong(MicroManagerStack.Frame::slice)
                  .thenComparingLong(MicroManagerStack.Frame::channel))
          .forEach(frame -> add(frames, file, path, stack, frame));
    }
    return CameraFrames.source(file, located(frames.choose(file, options)), provenance, options);
  }

  private static void add(
      AcquiredFrames<Place> frames,
      Path file,
      Path path,
      MicroManagerStack stack,
      MicroManagerStack.Frame frame) {
    List<String> at =
        List.of(
            stack.position(frame.position()),
            Long.toString(frame.time() + 1),
            Long.toString(frame.slice() + 1));
    String channel = stack.channel(frame.channel());
    Place before = frames.add(at, channel, new Place(path, frame.directory()));
    if (before != null && !before.file().equals(path)) {
      throw new SkinSpectraIOException(
          "%s holds several acquisitions: both %s and %s have a frame of channel %s at the same place. Give one of the files."
              .formatted(
                  file,
                  before.file().getFileName(),
                  path.getFileName(),
                  JsonText.printable(channel)));
    }
  }

  private static Map<String, CameraFrames.Located> located(Map<String, Place> places)
      throws IOException {
    Map<String, CameraFrames.Located> located = new LinkedHashMap<>();
    for (Map.Entry<String, Place> entry : places.entrySet()) {
      Place place = entry.getValue();
      try (TiffFile tiff = TiffFile.open(place.file())) {
        TiffImage image = place.directory() == 0 ? tiff.first() : tiff.imageAt(place.directory());
        located.put(entry.getKey(), new CameraFrames.Located(place.file(), image));
      }
    }
    return located;
  }

  // -- Files of single frames --

  private static CubeSource openSeries(Path file, List<Path> metadata, ReadOptions options)
      throws IOException {
    AcquiredFrames<String[]> frames = new AcquiredFrames<>(AXES);
    Map<String, Path> folders = new HashMap<>();
    for (Path path : metadata) {
      MicroManagerMetadata read = MicroManagerMetadata.read(path);
      String folder = path.toAbsolutePath().getParent().toString();
      folders.put(folder, path.toAbsolutePath().getParent());
      String position =
          metadata.size() > 1 ? path.toAbsolutePath().getParent().getFileName() + " " : "";
      read.frames().stream()
          .sorted(
              Comparator.comparingInt(MicroManagerMetadata.Frame::position)
                  .thenComparingInt(MicroManagerMetadata.Frame::time)
                  .thenComparingInt(MicroManagerMetadata.Frame::slice)
                  .thenComparingInt(MicroManagerMetadata.Frame::channel))
          .forEach(
              frame ->
                  frames.add(
                      List.of(
                          position.isEmpty() ? String.valueOf(frame.position()) : position.strip(),
                          Integer.toString(frame.time() + 1),
                          Integer.toString(frame.slice() + 1)),
                      read.channel(frame),
                      new String[] {folder, frame.file()}));
    }
    Map<String, Place> chosen = new LinkedHashMap<>();
    for (Map.Entry<String, String[]> frame : frames.choose(file, options).entrySet()) {
      Path folder = folders.get(frame.getValue()[0]);
      chosen.put(frame.getKey(), new Place(frameFile(file, folder, frame.getValue()[1]), 0));
    }
    return CameraFrames.source(
        file, located(chosen), Map.of("acquired by", "Micro-Manager"), options);
  }

  /** The file of a frame: as it is named in the folder, or without the folders before its name. */
  private static Path frameFile(Path file, Path folder, String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    for (String candidate : List.of(name, last)) {
      Path path = FolderEntry.within(folder, candidate).orElse(null);
      if (path != null && Files.isRegularFile(path)) {
        return path;
      }
    }
    boolean outside = FolderEntry.within(folder, name).isEmpty();
    throw new SkinSpectraIOException(
        outside
            ? "%s names '%s' as the file of a frame, which is no name of a file in its folder."
                .formatted(file, JsonText.printable(name))
            : "%s has no file %s, which its metadata name."
                .formatted(folder, JsonText.printable(name)));
  }
}

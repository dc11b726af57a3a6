package org.skinspectra.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.scijava.Priority;
import org.scijava.plugin.Plugin;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;

/**
 * NDTiff 2 and 3, which Micro-Manager and Pycro-Manager write: a folder of TIFFs and an index of
 * all frames. Of a pyramid the full resolution is read. Channels are bands, every place on the
 * other axes is an image; values are the counts of the camera.
 *
 * <p>The index is read here and not by the library NDTiffStorage, of which every method speaks
 * {@code mmcorej}: that comes with the user's Micro-Manager only, and only {@code camera} sees it.
 * For the same reason NDTiff is not written.
 */
@Plugin(type = CubeFormat.class, priority = Priority.VERY_HIGH)
public final class NdTiffFormat implements CubeFormat {

  private static final String FULL_RESOLUTION = "Full resolution";
  private static final String CHANNEL = "channel";
  private static final int MAGIC = 483729;
  private static final int LONGEST_METADATA = 1 << 20;

  @Override
  public String name() {
    return "NDTiff";
  }

  @Override
  public List<String> endings() {
    return List.of(NdTiffIndex.NAME);
  }

  @Override
  public boolean isFolder() {
    return true;
  }

  @Override
  public boolean recognizes(Path file, byte[] head) {
    if (String.valueOf(file.getFileName()).equals(NdTiffIndex.NAME)) {
      return true;
    }
    if (head.length < 12 || !TiffBounds.startsOne(head)) {
      return false;
    }
    ByteOrder order = head[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    return ByteBuffer.wrap(head).order(order).getInt(8) == MAGIC
        && Files.isRegularFile(file.resolveSibling(NdTiffIndex.NAME));
  }

  @Override
  public boolean recognizesFolder(Path folder) {
    return index(folder).isPresent();
  }

  private static Optional<Path> index(Path folder) {
    return List.of(folder, folder.resolve(FULL_RESOLUTION)).stream()
        .map(place -> place.resolve(NdTiffIndex.NAME))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  @Override
  public CubeSource open(Path file, ReadOptions options) throws IOException {
    Path index =
        Files.isDirectory(file) ? index(file).orElseThrow() : file.resolveSibling(NdTiffIndex.NAME);
    List<NdTiffIndex.Frame> frames = NdTiffIndex.read(index);
    if (frames.isEmpty()) {
      throw new SkinSpectraIOException(file + " holds no image.");
    }
    Set<String> axes = new TreeSet<>();
    frames.forEach(frame -> axes.addAll(frame.axes().keySet()));
    axes.remove(CHANNEL);
    AcquiredFrames<NdTiffIndex.Frame> acquired = new AcquiredFrames<>(List.copyOf(axes));
    for (NdTiffIndex.Frame frame : frames) {
      acquired.add(
          axes.stream().map(axis -> frame.axes().getOrDefault(axis, "0")).toList(),
          frame.axes().getOrDefault(CHANNEL, "0"),
          frame);
    }
    Map<String, NdTiffIndex.Frame> chosen = acquired.choose(file, options);
    return CameraFrames.source(
        file, located(index.resolveSibling(""), chosen), Map.of("acquired by", "NDTiff"), options);
  }

  private static Map<String, CameraFrames.Located> located(
      Path folder, Map<String, NdTiffIndex.Frame> frames) throws IOException {
    Map<String, CameraFrames.Located> located = new LinkedHashMap<>();
    Map<String, String> names = names(folder, frames);
    for (Map.Entry<String, NdTiffIndex.Frame> entry : frames.entrySet()) {
      NdTiffIndex.Frame frame = entry.getValue();
      Path path = file(folder, frame);
      try (TiffFile tiff = TiffFile.open(path)) {
        located.put(
            names.get(entry.getKey()), new CameraFrames.Located(path, frame.image(tiff.order())));
      }
    }
    return located;
  }

  private static Path file(Path folder, NdTiffIndex.Frame frame) {
    if (!FolderEntry.isPlain(frame.file())) {
      throw new SkinSpectraIOException(
          "%s names '%s' as the file of a frame, which is no name of a file beside it."
              .formatted(folder.resolve(NdTiffIndex.NAME), JsonText.printable(frame.file())));
    }
    Path path = folder.resolve(frame.file());
    if (!Files.isRegularFile(path)) {
      throw new SkinSpectraIOException(
          "%s has no file %s, which its index names."
              .formatted(folder, JsonText.printable(frame.file())));
    }
    return path;
  }

  // -- Names of channels --

  /** The name of each channel: where the index has numbers, as the frames themselves name it. */
  private static Map<String, String> names(Path folder, Map<String, NdTiffIndex.Frame> frames)
      throws IOException {
    Map<String, String> names = new LinkedHashMap<>();
    boolean numbered = frames.keySet().stream().allMatch(channel -> channel.matches("\\d+"));
    for (Map.Entry<String, NdTiffIndex.Frame> entry : frames.entrySet()) {
      String channel = entry.getKey();
      names.put(channel, numbered ? named(folder, entry.getValue()).orElse("") : channel);
    }
    boolean tell =
        names.values().stream().noneMatch(String::isBlank)
            && new HashSet<>(names.values()).size() == names.size();
    return tell
        ? names
        : frames.keySet().stream()
            .collect(
                Collectors.toMap(
                    channel -> channel,
                    channel -> "channel " + channel,
                    (a, b) -> a,
                    LinkedHashMap::new));
  }

  private static Optional<String> named(Path folder, NdTiffIndex.Frame frame) throws IOException {
    if (frame.metadataLength() < 2 || frame.metadataLength() > LONGEST_METADATA) {
      return Optional.empty();
    }
    Path path = file(folder, frame);
    try (TiffFile tiff = TiffFile.open(path)) {
      byte[] text = tiff.bytes(frame.metadataPosition(), (int) frame.metadataLength()).array();
      JsonObject metadata =
          JsonText.parse(
              new String(text, StandardCharsets.UTF_8).replaceAll("\u0000+$", ""),
              path.toString(),
              "metadata of Micro-Manager");
      JsonElement channel = metadata.get("Channel");
      return channel != null && channel.isJsonPrimitive()
          ? Optional.of(channel.getAsString())
          : Optional.empty();
    }
  }
}

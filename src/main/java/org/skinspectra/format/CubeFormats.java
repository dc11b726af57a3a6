package org.skinspectra.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.scijava.annotations.Index;
import org.scijava.annotations.IndexItem;
import org.scijava.plugin.Plugin;
import org.skinspectra.SkinSpectraIOException;

/** The formats there are: every {@link CubeFormat} on the class path, highest priority first. */
public final class CubeFormats {

  /** How much of a file's start a format may look at to recognize it. */
  public static final int HEAD_BYTES = 4096;

  private final List<CubeFormat> formats;

  private CubeFormats(List<CubeFormat> formats) {
    this.formats = List.copyOf(formats);
  }

  /** Finds the formats by SciJava's annotation index, which needs no SciJava context. */
  public static CubeFormats discover() {
    record Found(CubeFormat format, double priority) {}
    ClassLoader loader = CubeFormat.class.getClassLoader();
    List<Found> found = new ArrayList<>();
    for (IndexItem<Plugin> item : Index.load(Plugin.class, loader)) {
      try {
        if (item.annotation().type() == CubeFormat.class) {
          Class<?> type = Class.forName(item.className(), true, loader);
          found.add(
              new Found(
                  (CubeFormat) type.getDeclaredConstructor().newInstance(),
                  item.annotation().priority()));
        }
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        // A plugin of others that cannot be loaded is not ours to report; its format is missing.
      }
    }
    found.sort(
        Comparator.comparingDouble(Found::priority)
            .reversed()
            .thenComparing(entry -> entry.format().name()));
    return new CubeFormats(found.stream().map(Found::format).toList());
  }

  /**
   * The format of an existing file, by its content.
   *
   * @throws SkinSpectraIOException if none recognizes it
   */
  CubeFormat of(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD_BYTES);
    }
    if (head.length == 0) {
      throw new SkinSpectraIOException("File " + file + " is empty.");
    }
    for (CubeFormat format : formats) {
      if (format.recognizes(file, head)) {
        return format;
      }
    }
    throw new SkinSpectraIOException(
        "File " + file + " is of no known format. Cubes can be read from " + names(formats) + ".");
  }

  /**
   * The format to write a file in, by its ending.
   *
   * @throws SkinSpectraIOException if the ending belongs to none that can be written
   */
  CubeFormat forWriting(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    List<CubeFormat> writable = formats.stream().filter(CubeFormat::canWrite).toList();
    return writable.stream()
        .filter(format -> format.endings().stream().anyMatch(name::endsWith))
        .findFirst()
        .orElseThrow(
            () ->
                new SkinSpectraIOException(
                    "Cannot tell the format to write "
                        + file
                        + " in. Give it one of these endings: "
                        + names(writable)
                        + "."));
  }

  private static String names(List<CubeFormat> formats) {
    return formats.stream()
        .map(format -> format.name() + " (" + String.join(", ", format.endings()) + ")")
        .collect(Collectors.joining(", "));
  }
}
